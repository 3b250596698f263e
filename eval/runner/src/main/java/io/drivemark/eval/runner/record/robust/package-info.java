/**
 * What a record says of corrupted frames: start with {@link
 * io.drivemark.eval.runner.record.robust.Robustness}. Values alone; made by {@code derive}.
 */
package io.drivemark.eval.runner.record.robust;
