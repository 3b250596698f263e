/**
 * The criteria that come with Drivemark, one small class each; {@link
 * io.drivemark.architectures.pruning.Criteria} finds them by name. They know the layer they are
 * shown and nothing else.
 */
package io.drivemark.architectures.pruning.criterion;
