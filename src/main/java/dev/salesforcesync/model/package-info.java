/**
 * What both worlds talk about: people, accounts, groups, Salesforce users, profiles, seats, identifiers, links
 * and holds. Imports the JDK only: no client, no logger, no clock.
 */
@NullMarked
package dev.salesforcesync.model;

import org.jspecify.annotations.NullMarked;
