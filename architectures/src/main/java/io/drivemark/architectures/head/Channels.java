package io.drivemark.architectures.head;

import io.drivemark.datasets.LabelSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What each channel of a network's scores means. The channel with the largest score wins a pixel.
 * With a level (independent sigmoids) a pixel whose largest score lies below it belongs to no
 * channel: it is the background class where the label space has one that no channel is for, else
 * void. Immutable.
 *
 * @param classes the class of each channel; {@link #BEYOND} for channels beyond the label space's
 * @param level the score from which on a class is there, in the units of the scores
 * @param threshold the same as a probability
 * @param below the class of pixels below the level; empty: void
 */
public record Channels(
    List<Integer> classes, OptionalDouble level, OptionalDouble threshold, OptionalInt below) {
  /** No class of the label space. */
  public static final int BEYOND = -1;

  /** The probability from which on the one class of one channel is there, if nothing is said. */
  public static final double USUAL_THRESHOLD = 0.5;

  private static final Set<String> BACKGROUND =
      Set.of("background", "_background_", "__background__", "bg");

  public Channels {
    classes = List.copyOf(classes);
  }

  /**
   * What the channels of scores mean.
   *
   * @param form what the scores are
   * @param given probability from which on a class of independent sigmoids is there
   * @param space the classes
   * @param count how many channels there are
   * @return empty if that many cannot be scores of the label space: fewer than classes, and not one
   *     sigmoid for each class but the background
   */
  public static Optional<Channels> of(
      LabelsHead.Form form, OptionalDouble given, LabelSpace space, int count) {
    boolean single = count == 1 && space.size() <= 2;
    OptionalInt background = background(space);
    boolean withoutBackground =
        count == space.size() - 1 && background.isPresent() && (given.isPresent() || single);
    if (count < space.size() && !withoutBackground) {
      return Optional.empty();
    }
    List<Integer> classes = new ArrayList<>();
    if (withoutBackground) {
      IntStream.range(0, space.size())
          .filter(c -> c != background.getAsInt())
          .forEach(classes::add);
    } else {
      IntStream.range(0, count).forEach(c -> classes.add(c < space.size() ? c : BEYOND));
    }
    if (given.isEmpty() && !single) {
      return Optional.of(
          new Channels(
              classes, OptionalDouble.empty(), OptionalDouble.empty(), OptionalInt.empty()));
    }
    double p = given.orElse(USUAL_THRESHOLD);
    double level = form == LabelsHead.Form.LOGITS ? Math.log(p / (1 - p)) : p;
    return Optional.of(
        new Channels(
            classes,
            OptionalDouble.of(level),
            OptionalDouble.of(p),
            withoutBackground ? background : OptionalInt.empty()));
  }

  /** Indices of the channels beyond the classes of the label space. */
  public List<Integer> beyond() {
    return IntStream.range(0, classes.size())
        .filter(c -> classes.get(c) == BEYOND)
        .boxed()
        .toList();
  }

  private static OptionalInt background(LabelSpace space) {
    return IntStream.range(0, space.size())
        .filter(c -> BACKGROUND.contains(space.classNames().get(c).toLowerCase(Locale.ROOT)))
        .findFirst();
  }
}
