package io.drivemark.datasets;

import java.util.Objects;

/**
 * What a second camera saw at the moment of a photograph: the same lens and the same directions,
 * moved to the right along the photograph's rows, so that a point is in the same row of both (a
 * rectified pair). Immutable.
 *
 * <p>A point {@code z} metres ahead that is at column x of the photograph is at column x − {@link
 * #disparity disparity(z)} of this image, if nothing stands before it there.
 *
 * @param image of the photograph's size
 * @param baselineMetres how far the cameras are apart
 * @param focalPixels their focal length in pixels of this image
 */
public record RightView(RgbImage image, double baselineMetres, double focalPixels) {
  public RightView {
    Objects.requireNonNull(image, "image");
    if (!(baselineMetres > 0 && focalPixels > 0)
        || !Double.isFinite(baselineMetres)
        || !Double.isFinite(focalPixels)) {
      throw new IllegalArgumentException(
          "right view: cameras "
              + baselineMetres
              + " m apart, focal length "
              + focalPixels
              + " pixels; expected finite numbers above 0");
    }
  }

  /** By how many pixels a point moves to the left from the photograph to this image. */
  public double disparity(double metres) {
    return focalPixels * baselineMetres / metres;
  }
}
