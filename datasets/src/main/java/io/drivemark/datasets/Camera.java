package io.drivemark.datasets;

/**
 * A pinhole camera above a flat road, as it took one photograph. Rows and columns are measured from
 * the photograph's upper left corner, so the centre of the first pixel is at (0.5, 0.5). Immutable.
 *
 * <p>A point {@code z} metres ahead, {@code x} to the right and {@code y} above the camera, along
 * the camera's own axes, is seen at row {@code principalRow - focalPixelsDown · y / z} and column
 * {@code principalColumn + focalPixels · x / z}. Axes are those of ISO 8855 as Cityscapes uses
 * them: a positive pitch looks down.
 *
 * @see RoadPlane which point of the road a pixel sees
 * @param focalPixels the focal length in pixels of this photograph, along its rows
 * @param focalPixelsDown the same along its columns; differs where pixels are not square
 * @param principalRow where the camera's axis meets the photograph
 * @param principalColumn where the camera's axis meets the photograph
 * @param metresAboveRoad how high the camera is
 * @param pitchRadians how far its axis points down from the horizontal; negative = up
 * @param rollRadians how far it is turned clockwise around its axis, seen from behind
 */
public record Camera(
    double focalPixels,
    double focalPixelsDown,
    double principalRow,
    double principalColumn,
    double metresAboveRoad,
    double pitchRadians,
    double rollRadians) {
  public Camera {
    if (!(focalPixels > 0 && focalPixelsDown > 0 && metresAboveRoad > 0)
        || !Double.isFinite(focalPixels)
        || !Double.isFinite(focalPixelsDown)
        || !Double.isFinite(metresAboveRoad)
        || !Double.isFinite(principalRow)
        || !Double.isFinite(principalColumn)
        || !Double.isFinite(pitchRadians)
        || !Double.isFinite(rollRadians)) {
      throw new IllegalArgumentException(
          "camera: focal length "
              + focalPixels
              + (focalPixels == focalPixelsDown ? "" : " and down " + focalPixelsDown)
              + " pixels, axis at ("
              + principalRow
              + ", "
              + principalColumn
              + "), "
              + metresAboveRoad
              + " m above the road, pitch "
              + pitchRadians
              + ", roll "
              + rollRadians
              + "; expected finite numbers, focal length and height above 0");
    }
  }

  /** A camera with square pixels. */
  public Camera(
      double focalPixels,
      double principalRow,
      double principalColumn,
      double metresAboveRoad,
      double pitchRadians,
      double rollRadians) {
    this(
        focalPixels,
        focalPixels,
        principalRow,
        principalColumn,
        metresAboveRoad,
        pitchRadians,
        rollRadians);
  }

  /**
   * The same camera in pixels of a grid of another size over the whole photograph.
   *
   * @param down how many rows of the grid one row of the photograph is
   * @param across how many columns of the grid one column of the photograph is
   */
  public Camera scaled(double down, double across) {
    return new Camera(
        focalPixels * across,
        focalPixelsDown * down,
        principalRow * down,
        principalColumn * across,
        metresAboveRoad,
        pitchRadians,
        rollRadians);
  }
}
