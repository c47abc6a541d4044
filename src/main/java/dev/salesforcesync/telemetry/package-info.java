/**
 * Metric names, the metrics registry and the probes. The only room that knows Micrometer.
 */
@NullMarked
package dev.salesforcesync.telemetry;

import org.jspecify.annotations.NullMarked;
