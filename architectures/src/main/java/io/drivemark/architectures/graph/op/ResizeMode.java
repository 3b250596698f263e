package io.drivemark.architectures.graph.op;

/** How a resized pixel is computed from its neighbours. */
public enum ResizeMode {
  /** The nearest pixel, source = floor(destination·scale). */
  NEAREST,
  /** Bilinear; pixel centres at half-integers (PyTorch align_corners=false). */
  BILINEAR,
  /** Bilinear; corner pixels coincide (PyTorch align_corners=true). */
  BILINEAR_ALIGN_CORNERS
}
