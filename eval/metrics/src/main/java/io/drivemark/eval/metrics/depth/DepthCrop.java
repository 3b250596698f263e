package io.drivemark.eval.metrics.depth;

/** The parts of a KITTI image that papers judge, in shares of its height and width. */
public enum DepthCrop {
  /** All of it. */
  NONE(0, 1, 0, 1),
  /** Garg et al., the usual one. */
  GARG(0.40810811, 0.99189189, 0.03594771, 0.96405229),
  /** Eigen et al. */
  EIGEN(0.3324324, 0.91351351, 0.0359477, 0.96405229);

  private final double top;
  private final double bottom;
  private final double left;
  private final double right;

  DepthCrop(double top, double bottom, double left, double right) {
    this.top = top;
    this.bottom = bottom;
    this.left = left;
    this.right = right;
  }

  int firstRow(int height) {
    return (int) (top * height);
  }

  int endRow(int height) {
    return (int) (bottom * height);
  }

  int firstColumn(int width) {
    return (int) (left * width);
  }

  int endColumn(int width) {
    return (int) (right * width);
  }
}
