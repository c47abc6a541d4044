/**
 * Looks for secrets where none may be: in logs, events, statuses, metrics and every other artefact of a run. The
 * search is proven by leaks that are planted for it.
 *
 * <p>Secrets of new test fixtures begin with {@link dev.salesforcesync.leak.FileSearch#MARKER}, so that
 * {@code .ci/leak-search} finds them in the reports of a whole build.
 */
@NullMarked
package dev.salesforcesync.leak;

import org.jspecify.annotations.NullMarked;
