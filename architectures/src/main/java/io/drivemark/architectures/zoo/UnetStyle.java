package io.drivemark.architectures.zoo;

/** What one step of the U-Net decoder consists of. */
public enum UnetStyle {
  /**
   * 1×1 to the encoder map's width, transposed convolution 4×4/2, add, 1×1; the last step has no
   * map to add, and a dropout of 0.5 before the classes.
   */
  POINTWISE,
  /** Transposed convolution 4×4/2, add, two 3×3 convolutions. */
  PLAIN,
  /**
   * LinkNet's block (arXiv 1707.03718): 1×1 to a quarter, transposed 3×3/2, 1×1, add; the tail is a
   * transposed 3×3/2, a 3×3 and a transposed 2×2/2 convolution.
   */
  LINK
}
