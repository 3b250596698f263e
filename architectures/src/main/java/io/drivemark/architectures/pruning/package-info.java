/**
 * Removing parts of networks. Which channels belong together ({@link
 * io.drivemark.architectures.pruning.ChannelGroups}), which of them stay ({@link
 * io.drivemark.architectures.pruning.ChannelMasks}), the same network with the others held at zero
 * ({@link io.drivemark.architectures.pruning.MaskedNetwork}) and without them ({@link
 * io.drivemark.architectures.pruning.Materialise}); the last two compute the same. Every pass takes
 * a network and gives another one; none changes anything. Depends on graph alone.
 */
package io.drivemark.architectures.pruning;
