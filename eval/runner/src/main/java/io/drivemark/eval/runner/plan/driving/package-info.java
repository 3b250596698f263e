/**
 * Which frames of a dataset a camera took one after the other, so that late answers can be judged.
 * Start with {@link io.drivemark.eval.runner.plan.driving.Clips}.
 */
package io.drivemark.eval.runner.plan.driving;
