/**
 * The commands of the jar, for people and pipelines: {@code validate}, {@code plan} and {@code explain} on files, by
 * the same code that reconciles, and without a way to write. May use the controller's translations, the engines, and
 * the edges they read by.
 */
@NullMarked
package dev.salesforcesync.command;

import org.jspecify.annotations.NullMarked;
