package io.drivemark.architectures.model;

import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.LabelsHead.Form;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.problem.BadInputException;

/**
 * Whether an output's extents can be scores or labels of an image, and where its channels lie then.
 * An order is possible if the channels are enough for the classes and the two other extents are in
 * proportion to the image. Immutable.
 */
final class OutputFit {
  private static final int RANK = 4;

  /** What extents say. */
  enum Verdict {
    FIRST,
    LAST,
    /** Possible; extents that are free today will tell. */
    OPEN,
    /** Possible in both orders. */
    AMBIGUOUS,
    IMPOSSIBLE
  }

  private final ModelSpec spec;
  private final LabelSpace space;
  private final int height;
  private final int width;

  OutputFit(ModelSpec spec, LabelSpace space, int height, int width) {
    this.spec = spec;
    this.space = space;
    this.height = height;
    this.width = width;
  }

  Verdict of(Shape shape) {
    if (!shape.hasRank()) {
      Axes given = spec.wiring().outputAxes();
      return given == Axes.BY_EXTENTS ? Verdict.OPEN : verdict(given);
    }
    return spec.output() == Form.LABELS ? labels(shape) : scores(shape);
  }

  /** Whether it has as many channels as there are classes. */
  boolean isExact(Shape shape) {
    Verdict verdict = of(shape);
    return verdict == Verdict.FIRST && isClasses(shape.extent(1))
        || verdict == Verdict.LAST && isClasses(shape.extent(3));
  }

  private Verdict labels(Shape shape) {
    if (shape.rank() == RANK - 1) {
      return Verdict.FIRST;
    }
    if (shape.rank() != RANK) {
      return Verdict.IMPOSSIBLE;
    }
    int first = shape.extent(1);
    int last = shape.extent(3);
    Axes given = spec.wiring().outputAxes();
    if (given != Axes.BY_EXTENTS) {
      int channels = given == Axes.CHANNELS_FIRST ? first : last;
      return isOther(channels, 1) ? Verdict.IMPOSSIBLE : verdict(given);
    }
    if (isOther(first, 1) && isOther(last, 1)) {
      return Verdict.IMPOSSIBLE;
    }
    if (first == 1 && last == 1) {
      boolean asFirst = isImage(shape.extent(2), last);
      boolean asLast = isImage(first, shape.extent(2));
      return asFirst == asLast ? Verdict.AMBIGUOUS : asFirst ? Verdict.FIRST : Verdict.LAST;
    }
    if (first == 1 || last == 1) {
      return first == 1 ? Verdict.FIRST : Verdict.LAST;
    }
    boolean sizeIsFree = height == Shape.UNKNOWN && width == Shape.UNKNOWN;
    boolean fixed = first != Shape.UNKNOWN || last != Shape.UNKNOWN;
    return fixed && sizeIsFree ? Verdict.IMPOSSIBLE : Verdict.OPEN;
  }

  private Verdict scores(Shape shape) {
    if (shape.rank() != RANK) {
      return Verdict.IMPOSSIBLE;
    }
    int a = shape.extent(1);
    int b = shape.extent(2);
    int c = shape.extent(3);
    Axes given = spec.wiring().outputAxes();
    if (given != Axes.BY_EXTENTS) {
      int channels = given == Axes.CHANNELS_FIRST ? a : c;
      return channels == Shape.UNKNOWN || isEnough(channels) ? verdict(given) : Verdict.IMPOSSIBLE;
    }
    if (a == Shape.UNKNOWN || c == Shape.UNKNOWN) {
      return partly(a, c);
    }
    if (times(space.size(), a, b, c) > 1) {
      return Verdict.AMBIGUOUS; // the classes equal the height or the width
    }
    if (b == Shape.UNKNOWN || height == Shape.UNKNOWN || width == Shape.UNKNOWN) {
      return byCount(a, c);
    }
    boolean first = isEnough(a) && isImage(b, c);
    boolean last = isEnough(c) && isImage(a, b);
    if (first && last) {
      return Verdict.AMBIGUOUS;
    }
    if (!first && !last) {
      boolean isImage = isImage(b, c) || isImage(a, b); // with too few channels
      return isImage ? Verdict.IMPOSSIBLE : byCount(a, c);
    }
    boolean otherIsExact = first ? c == space.size() : a == space.size();
    boolean isExact = first ? isClasses(a) : isClasses(c);
    return otherIsExact && !isExact ? Verdict.AMBIGUOUS : first ? Verdict.FIRST : Verdict.LAST;
  }

  /** One of the outer extents is free. */
  private Verdict partly(int a, int c) {
    boolean sizeIsFree = height == Shape.UNKNOWN && width == Shape.UNKNOWN;
    if (a == Shape.UNKNOWN && c == Shape.UNKNOWN || !sizeIsFree) {
      return Verdict.OPEN;
    }
    if (c == Shape.UNKNOWN) {
      return isEnough(a) ? Verdict.FIRST : Verdict.IMPOSSIBLE;
    }
    return isEnough(c) ? Verdict.LAST : Verdict.IMPOSSIBLE;
  }

  private Verdict byCount(int a, int c) {
    boolean first = isEnough(a);
    boolean last = isEnough(c);
    if (first && last) {
      boolean firstIsExact = isClasses(a);
      boolean lastIsExact = isClasses(c);
      return firstIsExact == lastIsExact
          ? Verdict.AMBIGUOUS
          : firstIsExact ? Verdict.FIRST : Verdict.LAST;
    }
    return first ? Verdict.FIRST : last ? Verdict.LAST : Verdict.IMPOSSIBLE;
  }

  private static Verdict verdict(Axes given) {
    return given == Axes.CHANNELS_FIRST ? Verdict.FIRST : Verdict.LAST;
  }

  private boolean isEnough(int channels) {
    return spec.channels(space, channels).isPresent();
  }

  private boolean isClasses(int channels) {
    return isEnough(channels) && channels <= space.size();
  }

  /** Whether a map of this size shows the whole image: both extents shrunk alike, but rounded. */
  private boolean isImage(int h, int w) {
    if (height == width) {
      return h == w;
    }
    return (h - 1L) * width < (w + 1L) * height && (w - 1L) * height < (h + 1L) * width;
  }

  private static int times(int value, int... extents) {
    int count = 0;
    for (int extent : extents) {
      count += extent == value ? 1 : 0;
    }
    return count;
  }

  private static boolean isOther(int extent, int expected) {
    return extent != Shape.UNKNOWN && extent != expected;
  }

  /**
   * Why an output cannot be used.
   *
   * @param output its name, empty if it is the only one
   */
  BadInputException refusal(String subject, Shape shape, String output) {
    String which = output.isEmpty() ? "" : ", output " + output + ",";
    if (spec.output() == Form.LABELS) {
      return new BadInputException(
          subject
              + which
              + " answers with "
              + shape
              + "; expected labels [1, height, width], or output: logits");
    }
    if (shape.rank() != RANK) {
      return new BadInputException(
          subject
              + which
              + " answers with "
              + shape
              + "; expected scores [1, classes, height, width], or output: labels");
    }
    boolean known = shape.isKnown() && height != Shape.UNKNOWN && width != Shape.UNKNOWN;
    boolean last =
        switch (spec.wiring().outputAxes()) {
          case CHANNELS_FIRST -> false;
          case CHANNELS_LAST -> true;
          case BY_EXTENTS ->
              known
                  && isImage(shape.extent(1), shape.extent(2))
                  && !isImage(shape.extent(2), shape.extent(3));
        };
    int channels = shape.extent(last ? 3 : 1);
    return new BadInputException(
        subject
            + which
            + " has "
            + channels
            + (channels == 1 ? " output" : " outputs")
            + ", label space "
            + space.name()
            + " has "
            + OutputChoice.classes(space)
            + "; name the label space it was trained with as 'labels'");
  }
}
