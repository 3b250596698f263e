package io.drivemark.architectures.training;

import java.util.Locale;
import java.util.OptionalDouble;

/** The number by which a training chooses among its epochs. */
public enum ValFigure {
  /** Mean IoU, pooled counts; the larger the better. */
  MIOU("mIoU", "miou", "val-miou", true),
  /** Mean over the frames of the mean of |truth − prediction| / truth; the smaller the better. */
  ABS_REL("AbsRel", "absRel", "val-abs-rel", false);

  private final String title;
  private final String key;
  private final String fact;
  private final boolean largerIsBetter;

  ValFigure(String title, String key, String fact, boolean largerIsBetter) {
    this.title = title;
    this.key = key;
    this.fact = fact;
    this.largerIsBetter = largerIsBetter;
  }

  /** As people write it. */
  public String title() {
    return title;
  }

  /** As the history of a training writes it. */
  public String key() {
    return key;
  }

  /** The key of a model's provenance. */
  public String fact() {
    return fact;
  }

  /** Whether one value is better than another; an undefined one is worse than any. */
  boolean isBetter(OptionalDouble value, OptionalDouble than) {
    return value.isPresent()
        && (than.isEmpty()
            || (largerIsBetter
                ? value.getAsDouble() > than.getAsDouble()
                : value.getAsDouble() < than.getAsDouble()));
  }

  /** A value with four digits; "undefined" where there is none. */
  public static String text(OptionalDouble value) {
    return value.isPresent()
        ? String.format(Locale.ROOT, "%.4f", value.getAsDouble())
        : "undefined";
  }
}
