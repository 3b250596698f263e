package io.drivemark.datasets.corruption;

import io.drivemark.problem.BadInputException;

/**
 * Which frames of a sequence a camera loses: pictures stay as they are, but some do not come. Lost
 * is 1, 2, 5, 10 or 20 % of the frames at severities 1 to 5, each by itself and the same ones each
 * time. Immutable and thread-safe.
 *
 * @param kind what happens instead
 * @param severity {@value Corruption#LEAST} to {@value Corruption#MOST}
 */
public record FrameLoss(Kind kind, int severity) {
  private static final double[] SHARES = {0.01, 0.02, 0.05, 0.10, 0.20};

  /** What happens to a frame that is lost. */
  public enum Kind {
    /** It never arrives: the newest picture is the one before. */
    DROPPED("dropped-frames"),
    /** The picture before it arrives again in its place, and passes for new. */
    FROZEN("frozen");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** As studies and lists call it. */
    public String word() {
      return word;
    }
  }

  /**
   * @throws BadInputException if there is no such severity
   */
  public FrameLoss {
    if (severity < Corruption.LEAST || severity > Corruption.MOST) {
      throw new BadInputException(kind.word() + ": severity is " + severity + ", expected 1 to 5");
    }
  }

  /** How many of all frames are lost, as a share. */
  public double share() {
    return SHARES[severity - 1];
  }

  /**
   * Whether a frame is lost. The first picture of a sequence is never frozen: none comes before it.
   *
   * @param sequence the drive's name
   * @param number the frame's place in the drive, from 0
   */
  public boolean lost(String sequence, int number) {
    if (number < 0) {
      throw new IllegalArgumentException("frame " + number + " of " + sequence);
    }
    return !(kind == Kind.FROZEN && number == 0)
        && Draws.of(kind.word() + "/" + severity + "/" + sequence).unit(number) < share();
  }

  /**
   * Whose picture arrives in place of a frame.
   *
   * @return {@code number} itself unless it is lost; of one that is frozen that of the last frame
   *     before it that is not; -1 of one that is dropped
   */
  public int picture(String sequence, int number) {
    if (!lost(sequence, number)) {
      return number;
    }
    if (kind == Kind.DROPPED) {
      return -1;
    }
    int before = number - 1;
    while (lost(sequence, before)) {
      before--;
    }
    return before;
  }
}
