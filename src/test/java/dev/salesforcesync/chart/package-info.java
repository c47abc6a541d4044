/** Tests of the Helm chart in {@code helm/}: linted and rendered by Helm itself, looked at as Kubernetes objects. */
@NullMarked
package dev.salesforcesync.chart;

import org.jspecify.annotations.NullMarked;
