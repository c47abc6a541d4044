/**
 * A Salesforce org that refuses what Salesforce refuses: OAuth, SOAP partner API and REST over a small
 * in-memory store. Usable alone by other programs; {@link
 * dev.salesforcesync.sandbox.salesforce.SalesforceOrgServer} is the door. The rooms behind it: {@code org}
 * (what is stored and what is allowed), {@code soql} (the query language as a value), {@code protocol} (how
 * it is spoken over HTTP).
 */
@NullMarked
package dev.salesforcesync.sandbox.salesforce;

import org.jspecify.annotations.NullMarked;
