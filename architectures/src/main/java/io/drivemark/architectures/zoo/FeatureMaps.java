package io.drivemark.architectures.zoo;

/**
 * Names of the maps an encoder offers to a decoder. Immutable.
 *
 * @param stem the first convolution's map; its width is that of U-Net's last step
 * @param half a map at 1/2 of the image's extents, rounded up
 * @param quarter at 1/4
 * @param eighth at 1/8
 * @param sixteenth at 1/16, or at the output stride if that is less
 * @param deepest the last map, at the output stride
 */
public record FeatureMaps(
    String stem, String half, String quarter, String eighth, String sixteenth, String deepest) {}
