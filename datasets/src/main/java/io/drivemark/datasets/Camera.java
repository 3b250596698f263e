package io.drivemark.datasets;

/**
 * A pinhole camera above a flat road, as it took one photograph. Rows and columns are measured from
 * the photograph's upper left corner, so the centre of the first pixel is at (0.5, 0.5). Immutable.
 *
 * <p>A point {@code z} metres ahead, {@code x} to the right and {@code y} above the camera, along
 * the camera's own axes, is seen at row {@code principalRow - focalPixels · y / z} and column
 * {@code principalColumn + focalPixels · x / z}.
 *
 * @param focalPixels the focal length in pixels of this photograph
 * @param principalRow where the camera's axis meets the photograph
 * @param principalColumn where the camera's axis meets the photograph
 * @param metresAboveRoad how high the camera is
 * @param pitchRadians how far its axis points down from the horizontal; negative = up
 * @param rollRadians how far it is turned clockwise around its axis, seen from behind
 */
public record Camera(
    double focalPixels,
    double principalRow,
    double principalColumn,
    double metresAboveRoad,
    double pitchRadians,
    double rollRadians) {
  public Camera {
    if (!(focalPixels > 0 && metresAboveRoad > 0)
        || !Double.isFinite(focalPixels)
        || !Double.isFinite(metresAboveRoad)
        || !Double.isFinite(principalRow)
        || !Double.isFinite(principalColumn)
        || !Double.isFinite(pitchRadians)
        || !Double.isFinite(rollRadians)) {
      throw new IllegalArgumentException(
          "camera: focal length "
              + focalPixels
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
}
