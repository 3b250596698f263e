package io.drivemark.eval.metrics.driving;

/**
 * How a car brakes that first goes on for a while: what a late answer costs in metres, and how fast
 * a car may go that sees so far. Immutable.
 *
 * @param reactionSeconds from the moment something appears until the brakes act: the age of the
 *     answer and the time that the brakes need
 * @param deceleration of the brakes, in metres a second squared
 */
public record Braking(double reactionSeconds, double deceleration) {
  private static final double KMH_PER_METRE_A_SECOND = 3.6;

  public Braking {
    if (!(reactionSeconds >= 0 && deceleration > 0)
        || !Double.isFinite(reactionSeconds)
        || !Double.isFinite(deceleration)) {
      throw new IllegalArgumentException(
          "braking: reaction of "
              + reactionSeconds
              + " s, "
              + deceleration
              + " m/s2; expected finite numbers, the reaction at least 0 and the deceleration above"
              + " 0");
    }
  }

  /** Metres until a car stands that drives so many metres a second: {@code v·ρ + v²/(2b)}. */
  public double stoppingMetres(double metresPerSecond) {
    return metresPerSecond * reactionSeconds
        + metresPerSecond * metresPerSecond / (2 * deceleration);
  }

  /**
   * The speed in metres a second from which a car comes to stand within so many metres: {@code -bρ
   * + √(b²ρ² + 2bd)}.
   */
  public double speed(double metres) {
    double lost = deceleration * reactionSeconds;
    return Math.sqrt(lost * lost + 2 * deceleration * metres) - lost;
  }

  /** Kilometres an hour as metres a second. */
  public static double metresPerSecond(double kilometresPerHour) {
    return kilometresPerHour / KMH_PER_METRE_A_SECOND;
  }

  /** Metres a second as kilometres an hour. */
  public static double kilometresPerHour(double metresPerSecond) {
    return metresPerSecond * KMH_PER_METRE_A_SECOND;
  }
}
