/**
 * The reconcilers: translate resources into rules, hand them to the engines, write status and events. Imports
 * JOSDK and the Fabric8 client. No decision about people, licences or LDAP is taken here.
 */
@NullMarked
package dev.salesforcesync.controller;

import org.jspecify.annotations.NullMarked;
