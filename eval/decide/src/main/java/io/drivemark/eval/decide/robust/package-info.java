/**
 * Decides what corruptions cost networks that are held side by side: {@link
 * io.drivemark.eval.decide.robust.RobustStanding}. Values alone; pages word them.
 */
package io.drivemark.eval.decide.robust;
