package io.drivemark.datasets;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the raw values of a dataset's label files mean: raw value → class index, or void. A raw
 * value is a grey or palette index (8 or 16 bit) or a colour 0xRRGGBB, by {@link #kind()}. A value
 * that is in neither map is unknown: an error, unless the dataset says {@code unknown: void}.
 * Immutable.
 */
public final class LabelCoding {
  /** What a raw value is. */
  public enum Kind {
    /** 8- or 16-bit one-channel files, or palettised files read as indices. */
    INDEX,
    /** 24-bit colour files. */
    COLOR
  }

  private final Kind kind;
  private final LabelSpace space;
  private final Map<Integer, Integer> rawToIndex;
  private final SortedSet<Integer> voidValues;
  private final boolean unknownIsVoid;

  /**
   * @param kind how label files hold their values
   * @param space the classes the indices stand for
   * @param rawToIndex raw value → class index
   * @param voidValues raw values that mean void; the first one is written for void
   * @param unknownIsVoid whether any other value counts as void instead of being an error
   */
  public LabelCoding(
      Kind kind,
      LabelSpace space,
      Map<Integer, Integer> rawToIndex,
      SortedSet<Integer> voidValues,
      boolean unknownIsVoid) {
    this.kind = Objects.requireNonNull(kind, "kind");
    this.space = Objects.requireNonNull(space, "space");
    this.rawToIndex = Collections.unmodifiableMap(new LinkedHashMap<>(new TreeMap<>(rawToIndex)));
    this.voidValues = Collections.unmodifiableSortedSet(new TreeSet<>(voidValues));
    this.unknownIsVoid = unknownIsVoid;
    rawToIndex.forEach(
        (raw, index) -> {
          if (index < 0 || index >= space.size()) {
            throw new IllegalArgumentException(
                "coding of " + space.name() + ": raw value " + raw + " maps to no class: " + index);
          }
          if (voidValues.contains(raw)) {
            throw new IllegalArgumentException(
                "coding of " + space.name() + ": raw value " + raw + " is a class and void");
          }
        });
  }

  public Kind kind() {
    return kind;
  }

  public LabelSpace space() {
    return space;
  }

  /** Raw value → class index, sorted by raw value. */
  public Map<Integer, Integer> rawToIndex() {
    return rawToIndex;
  }

  /** Raw values that mean void, sorted. */
  public SortedSet<Integer> voidValues() {
    return voidValues;
  }

  public boolean unknownIsVoid() {
    return unknownIsVoid;
  }
}
