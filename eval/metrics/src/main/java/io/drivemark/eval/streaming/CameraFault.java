package io.drivemark.eval.streaming;

import io.drivemark.datasets.corruption.Draws;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * A camera that fails on some of its pictures. Which ones follows from the kind, the sequence, the
 * repetition and the picture's number alone: the same on every machine, and a picture that fails at
 * one share fails at every larger one too. Repetitions fail on different pictures, so that few
 * pictures are enough for small shares. Immutable.
 *
 * <p>Example: at a share of 0.2 one picture in five never comes; the next one is taken in its place
 * and the answer before it is held against the truth for longer.
 *
 * @param kind what happens to such a picture
 * @param share how many of the pictures, above 0 and below 1
 */
public record CameraFault(Kind kind, double share) {

  /** What happens to a picture. */
  public enum Kind {
    /** It never comes. */
    DROPPED("dropped"),
    /** The one before comes once more in its place; the first picture of a sequence never does. */
    FROZEN("frozen");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** As study files and records write it. */
    public String word() {
      return word;
    }

    /** All words, in order. */
    public static List<String> words() {
      return Arrays.stream(values()).map(Kind::word).toList();
    }
  }

  public CameraFault {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "camera fault: a share of " + share + ", expected above 0 and below 1");
    }
  }

  /**
   * What the camera shows for each picture that it takes; see {@link Feed#of(CameraClock, int,
   * IntUnaryOperator)}.
   *
   * @param sequence its name
   * @param repetition from 0
   */
  public IntUnaryOperator shown(CameraClock clock, String sequence, int repetition) {
    Draws draws = Draws.of(kind.word() + "/" + sequence + "/" + repetition);
    return switch (kind) {
      case DROPPED -> picture -> fails(draws, picture) ? Feed.DROPPED : picture;
      case FROZEN ->
          picture -> {
            int content = picture;
            while (content > 0 && fails(draws, content)) {
              content -= clock.every();
            }
            return content;
          };
    };
  }

  private boolean fails(Draws draws, int picture) {
    return draws.unit(picture) < share;
  }
}
