package io.drivemark.datasets;

/**
 * Two cameras of one lens side by side that look the same way: what turns how far a point moves
 * between their pictures into how far it is away. Immutable.
 *
 * <pre>{@code
 * new CameraPair(450, 0.54).metres(24.3)  // 10.0
 * }</pre>
 *
 * @param focalPixels their focal length in pixels of the photograph, along its rows
 * @param baselineMetres how far they are apart
 */
public record CameraPair(double focalPixels, double baselineMetres) {
  public CameraPair {
    if (!(focalPixels > 0 && baselineMetres > 0)
        || !Double.isFinite(focalPixels)
        || !Double.isFinite(baselineMetres)) {
      throw new IllegalArgumentException(
          "cameras "
              + baselineMetres
              + " m apart, focal length "
              + focalPixels
              + " pixels; expected finite numbers above 0");
    }
  }

  /** By how many pixels of the photograph a point at this distance along the axis moves. */
  public double disparity(double metres) {
    return focalPixels * baselineMetres / metres;
  }

  /** How far along the axis a point is that moves by so many pixels; infinite for 0. */
  public double metres(double disparity) {
    return focalPixels * baselineMetres / disparity;
  }
}
