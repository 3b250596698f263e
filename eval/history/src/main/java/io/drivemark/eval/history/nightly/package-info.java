/**
 * Runs a night from looking at the machine to telling people, and goes on where it was killed.
 * Start with {@link io.drivemark.eval.history.nightly.Nightly}. What it needs of the world stands
 * in {@link io.drivemark.eval.history.nightly.Parts}, so that tests run sixty nights in seconds.
 */
package io.drivemark.eval.history.nightly;
