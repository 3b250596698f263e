package io.drivemark.datasets.synth;

/**
 * One object of a drive: where it stands along the road, and how it shows itself.
 *
 * @param s metres along the road; NaN for objects that move and decide themselves what is in view
 * @param reach metres ahead of the camera at which it is still worth drawing
 */
record Item(double s, double reach, Emitter emitter) {
  boolean moves() {
    return Double.isNaN(s);
  }

  /** Adds an object's surfaces to a scene. */
  @FunctionalInterface
  interface Emitter {
    /**
     * @param scene where to
     * @param seconds since the drive's start
     */
    void emit(Scene scene, double seconds);
  }
}
