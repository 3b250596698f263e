package io.drivemark.eval.runner.record.detail;

/**
 * What an accuracy pass took.
 *
 * @param wallMs from the first frame asked for to the last one counted
 * @param engineMs the sum of the engine's own times in it
 */
public record PassTime(double wallMs, double engineMs) {
  /** Wall time over the engine's own time; 1 is perfect overlap. */
  public double ratio() {
    return wallMs / engineMs;
  }
}
