/**
 * Speaks to a Salesforce org: sessions, queries, batched writes, the API budget, and one classifier for every
 * error. The only room that knows WSC and Salesforce's REST API. Imports {@code model}, {@code failure} and
 * {@code telemetry}.
 */
@NullMarked
package dev.salesforcesync.salesforce;

import org.jspecify.annotations.NullMarked;
