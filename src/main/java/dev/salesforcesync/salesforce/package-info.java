/**
 * Speaks to a Salesforce org: sessions, queries, batched writes, the API budget, and one classifier for every
 * error. The only room that knows WSC and Salesforce's REST API. Imports {@code model}, {@code failure} and
 * {@code telemetry}.
 *
 * <p>From the outside in: {@link dev.salesforcesync.salesforce.SalesforceGateway} is the port's real side; it reads
 * through {@code OrgReader} and {@code UserReader} (REST) and writes through {@code RowWriter} (SOAP). Both take their
 * session from the {@code SessionKeeper} and go through the {@code ApiGate} (budget, concurrency) to the {@code Wire}
 * (java.net.http), which tells apart what was answered, what was lost and what never left. {@code ErrorTable} says
 * what Salesforce's codes mean, {@code SignInErrors} does so for OAuth, {@code NetworkErrors} for the network.
 *
 * <p>A further way to sign in is a further {@code SignIn}.
 */
@NullMarked
package dev.salesforcesync.salesforce;

import org.jspecify.annotations.NullMarked;
