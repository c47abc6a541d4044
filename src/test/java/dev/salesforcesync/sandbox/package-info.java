/**
 * The sandbox program: a Salesforce org, a directory and an API server in one JVM, then the operator itself,
 * steered by the samples. Test code: no line of it ships in the operator's image.
 */
@NullMarked
package dev.salesforcesync.sandbox;

import org.jspecify.annotations.NullMarked;
