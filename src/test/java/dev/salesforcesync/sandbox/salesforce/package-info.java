/**
 * A Salesforce org that refuses what Salesforce refuses: OAuth, SOAP partner API and REST over a small
 * in-memory store. Usable alone by other programs.
 */
@NullMarked
package dev.salesforcesync.sandbox.salesforce;

import org.jspecify.annotations.NullMarked;
