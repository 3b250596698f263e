/**
 * The criteria that come with Drivemark, one small class each. Start with {@link
 * io.drivemark.architectures.pruning.Criterion}, which they implement, and {@link
 * io.drivemark.architectures.pruning.Criteria}, which finds them by name. A criterion sees one
 * layer at a time and depends on no planner and no engine.
 */
package io.drivemark.architectures.pruning.criterion;
