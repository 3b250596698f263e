package io.drivemark.eval.streaming;

/**
 * How far a car goes while it is blind, and until it stands. Speeds in metres a second, times in
 * seconds, distances in metres. Immutable.
 *
 * <p>Example: at 50 km/h, 0.35 s blind, 0.2 s until the brakes act and 6 m/s² it goes 4.86 m blind
 * and stands after 23.71 m.
 *
 * @param actuation from the answer until the brakes act, at least 0
 * @param deceleration of the braking car, m/s², more than 0
 */
public record Braking(double actuation, double deceleration) {
  private static final double KMH = 3.6;

  public Braking {
    if (!(actuation >= 0 && actuation < 100 && deceleration > 0 && deceleration < 1000)) {
      throw new IllegalArgumentException("braking: " + actuation + " s, " + deceleration + " m/s2");
    }
  }

  /** Kilometres an hour as metres a second. */
  public static double metresPerSecond(double kilometresPerHour) {
    return kilometresPerHour / KMH;
  }

  /** Metres a second as kilometres an hour. */
  public static double kilometresPerHour(double metresPerSecond) {
    return metresPerSecond * KMH;
  }

  /** How far it goes at a speed in a time. */
  public static double blind(double speed, double seconds) {
    return speed * seconds;
  }

  /** How far it goes until it stands, if it is blind for so long first. */
  public double stopping(double speed, double blindSeconds) {
    return rss(speed, blindSeconds, 0);
  }

  /**
   * The speed from which it stands within so many metres, if it is blind for so long first: {@code
   * -bρ + √(b²ρ² + 2bd)} with ρ the blind time and the actuation.
   */
  public double supported(double metres, double blindSeconds) {
    double lost = deceleration * (blindSeconds + actuation);
    return Math.sqrt(lost * lost + 2 * deceleration * metres) - lost;
  }

  /**
   * How far it goes until it stands, if it may accelerate until it brakes, as
   * responsibility-sensitive safety assumes it: see Shalev-Shwartz et al., arXiv:1708.06374. There
   * is no minimum distance and no limit of speed in it.
   *
   * @param acceleration m/s², at least 0
   */
  public double rss(double speed, double blindSeconds, double acceleration) {
    double response = blindSeconds + actuation;
    double then = speed + acceleration * response;
    return speed * response
        + acceleration * response * response / 2
        + then * then / (2 * deceleration);
  }
}
