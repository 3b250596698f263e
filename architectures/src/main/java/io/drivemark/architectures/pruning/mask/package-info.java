/**
 * Joint masks: one learned 0 or 1 a filter, the same for all frames, all learned together with the
 * weights. Start with {@link io.drivemark.architectures.pruning.mask.MaskSites}, which says where a
 * network can have masks, and {@link io.drivemark.architectures.pruning.mask.JointMasks}, the
 * network with masks. After Elkerdawy et al., Lightweight monocular depth estimation model by joint
 * end-to-end filter pruning, 2019, arXiv:1905.05212.
 */
package io.drivemark.architectures.pruning.mask;
