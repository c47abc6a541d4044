/**
 * Tests of the packaged product on real parts: the jar as a process of its own, the chart on a real API server, kubectl.
 * They run in the profile {@code real} ({@code mvn -Preal verify}, with {@code SALESFORCESYNC_REAL_KUBECONFIG} naming a
 * cluster-admin kubeconfig of an API server that is there for tests only) and are skipped everywhere else.
 */
@NullMarked
package dev.salesforcesync.real;

import org.jspecify.annotations.NullMarked;
