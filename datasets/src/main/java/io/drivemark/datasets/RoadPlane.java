package io.drivemark.datasets;

/**
 * The flat road as a camera sees it: which point of it a place of the photograph shows, and back.
 * Metres are measured on the road from the point below the camera, ahead along the direction of
 * view and to the right of it. The road is taken for flat: at 30 m a pitch that is wrong by 0.2
 * degrees moves a point by more than two metres. Immutable.
 *
 * <p>With {@code d = (row - v0) / fy} and no roll a row shows the road at {@code X = h · (cos p - d
 * · sin p) / (sin p + d · cos p)}; the horizon is at {@code v0 - fy · tan p}.
 *
 * <pre>{@code
 * new RoadPlane(new Camera(450, 180, 240, 1.3, 0, 0)).ahead(210, 240)  // 19.5
 * }</pre>
 */
public final class RoadPlane {
  private final Camera camera;
  private final double pitchSin;
  private final double pitchCos;
  private final double rollSin;
  private final double rollCos;

  /** The road below a camera. */
  public RoadPlane(Camera camera) {
    this.camera = camera;
    this.pitchSin = StrictMath.sin(camera.pitchRadians());
    this.pitchCos = StrictMath.cos(camera.pitchRadians());
    this.rollSin = StrictMath.sin(camera.rollRadians());
    this.rollCos = StrictMath.cos(camera.rollRadians());
  }

  /** Whose road it is. */
  public Camera camera() {
    return camera;
  }

  /** The row of the horizon in the column of the camera's axis; roll tilts it beside that. */
  public double horizonRow() {
    return camera.principalRow() - camera.focalPixelsDown() * pitchSin / (pitchCos * rollCos);
  }

  /**
   * How far ahead the road is that a place of the photograph shows; infinite at and above the
   * horizon.
   */
  public double ahead(double row, double column) {
    double down = down(row, column);
    double sink = pitchSin + down * pitchCos;
    return sink > 0
        ? camera.metresAboveRoad() * (pitchCos - down * pitchSin) / sink
        : Double.POSITIVE_INFINITY;
  }

  /**
   * How far to the right of the camera that point is; negative = to the left. Of no meaning where
   * {@link #ahead} is infinite.
   */
  public double right(double row, double column) {
    double right = acrossOf(column) * rollCos - downOf(row) * rollSin;
    return camera.metresAboveRoad() * right / (pitchSin + down(row, column) * pitchCos);
  }

  /** The row at which a point of the road is seen; it must lie in front of the camera. */
  public double row(double ahead, double right) {
    double down = pointDown(ahead);
    double across = right / along(ahead);
    return camera.principalRow() + camera.focalPixelsDown() * (down * rollCos - across * rollSin);
  }

  /** The column at which a point of the road is seen; it must lie in front of the camera. */
  public double column(double ahead, double right) {
    double down = pointDown(ahead);
    double across = right / along(ahead);
    return camera.principalColumn() + camera.focalPixels() * (across * rollCos + down * rollSin);
  }

  /** How far below the level of the axis a ray points for each metre along it, roll undone. */
  private double down(double row, double column) {
    return acrossOf(column) * rollSin + downOf(row) * rollCos;
  }

  private double downOf(double row) {
    return (row - camera.principalRow()) / camera.focalPixelsDown();
  }

  private double acrossOf(double column) {
    return (column - camera.principalColumn()) / camera.focalPixels();
  }

  private double along(double ahead) {
    return ahead * pitchCos + camera.metresAboveRoad() * pitchSin;
  }

  private double pointDown(double ahead) {
    return (camera.metresAboveRoad() * pitchCos - ahead * pitchSin) / along(ahead);
  }
}
