package io.drivemark.eval.streaming;

import io.drivemark.config.Numbers;
import io.drivemark.problem.BadInputException;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * When a camera takes the pictures of a sequence. Picture {@code j} of the sequence is exposed at
 * {@code floor(j * 10^9 / rate)} ns. A camera that is slower than the sequence takes every so many
 * pictures of it; truth may be asked in between. Immutable.
 *
 * <p>Example: at 30 pictures a second picture 1 is exposed at 33 333 333 ns, picture 3 at 100 ms.
 *
 * @param rate pictures a second of the sequence, taken as the decimal it is written as
 * @param every the camera takes pictures 0, every, 2 every, ...; at least 1
 * @param captureNanos from exposure until the picture is in memory: read-out, transfer, decoding
 */
public record CameraClock(double rate, int every, long captureNanos) {
  private static final BigInteger SECOND = BigInteger.valueOf(1_000_000_000L);

  public CameraClock {
    if (!(rate > 0 && rate <= 1000) || every < 1 || captureNanos < 0) {
      throw new IllegalArgumentException(
          "camera clock: "
              + rate
              + " pictures a second, every "
              + every
              + ", capture "
              + captureNanos
              + " ns; a rate above 0 and at most 1000, at least 1 and at least 0 are needed");
    }
  }

  /** A camera that takes every picture and has it in memory at once. */
  public static CameraClock of(double rate) {
    return new CameraClock(rate, 1, 0);
  }

  /**
   * A camera of its own rate on a sequence.
   *
   * @param rate pictures a second of the sequence
   * @param camera pictures a second of the camera
   * @param captureNanos as {@link #captureNanos()}
   * @throws BadInputException if the sequence's rate is no multiple of the camera's
   */
  public static CameraClock of(double rate, double camera, long captureNanos) {
    BigDecimal[] parts = BigDecimal.valueOf(rate).divideAndRemainder(BigDecimal.valueOf(camera));
    if (parts[1].signum() != 0 || parts[0].signum() == 0) {
      throw new BadInputException(
          "camera rate "
              + Numbers.text(camera)
              + ": the sequence has "
              + Numbers.text(rate)
              + " pictures a second, which is no multiple of it; expected "
              + Numbers.text(rate)
              + ", or a half, a third, ... of it");
    }
    return new CameraClock(rate, parts[0].intValueExact(), captureNanos);
  }

  /** When a picture of the sequence is exposed. */
  public long exposure(int picture) {
    return time(picture, 1);
  }

  /** When a picture of the sequence is in memory, if the camera takes it. */
  public long arrival(int picture) {
    return exposure(picture) + captureNanos;
  }

  /**
   * The time {@code floor((step / between) * 10^9 / rate)}.
   *
   * @param step steps of which {@code between} make the time between two pictures of the sequence
   */
  public long time(long step, int between) {
    long whole = (long) rate;
    if (whole == rate && step >= 0 && step < Integer.MAX_VALUE && between < 1_000_000) {
      return step * 1_000_000_000L / (whole * between);
    }
    BigDecimal decimal = BigDecimal.valueOf(rate);
    BigInteger numerator = BigInteger.valueOf(step).multiply(SECOND);
    BigInteger denominator = decimal.unscaledValue().multiply(BigInteger.valueOf(between));
    if (decimal.scale() > 0) {
      numerator = numerator.multiply(BigInteger.TEN.pow(decimal.scale()));
    } else {
      denominator = denominator.multiply(BigInteger.TEN.pow(-decimal.scale()));
    }
    return numerator.divide(denominator).longValueExact();
  }

  /** Pictures a second of the camera. */
  public double cameraRate() {
    return rate / every;
  }

  /** From one picture of the camera to the next, rounded down. */
  public long periodNanos() {
    return exposure(every);
  }

  /**
   * How long before a time the camera's newest picture came into memory, whether or not the
   * sequence still has it.
   *
   * @param time at least {@link #captureNanos()}
   */
  long sinceArrival(long time) {
    long since = time - captureNanos;
    // an estimate by the rounded period is off by a few pictures at most; walk to the right one
    int frame = Math.toIntExact(since / Math.max(1, periodNanos())) * every;
    while (exposure(frame) > since) {
      frame -= every;
    }
    while (exposure(frame + every) <= since) {
      frame += every;
    }
    return since - exposure(frame);
  }
}
