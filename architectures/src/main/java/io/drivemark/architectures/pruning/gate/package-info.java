/**
 * Dynamic pruning: for each frame its own part of a network. Start with {@link
 * io.drivemark.architectures.pruning.gate.GateTarget}, which says from a layer's responses which of
 * its filters matter for a frame. After Elkerdawy et al., Fire Together Wire Together, 2022,
 * arXiv:2110.08232.
 */
package io.drivemark.architectures.pruning.gate;
