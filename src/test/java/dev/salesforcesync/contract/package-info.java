/**
 * What the product takes to be true of Salesforce, tried on the sandbox org with every build and on a real org when the
 * environment names one. Speaks to the org over the wire only, with WSC and java.net.http; may use the public types of
 * the sandbox org to start one.
 */
@NullMarked
package dev.salesforcesync.contract;

import org.jspecify.annotations.NullMarked;
