/**
 * What an org holds and what it allows: objects, rows, the rules of every write, queries, sessions, licences,
 * the journal of calls and the faults to come. Knows {@code soql}, but nothing of HTTP, XML or JSON.
 */
@NullMarked
package dev.salesforcesync.sandbox.salesforce.org;

import org.jspecify.annotations.NullMarked;
