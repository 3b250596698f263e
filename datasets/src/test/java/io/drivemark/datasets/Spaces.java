package io.drivemark.datasets;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Small label spaces and codings for tests. */
public final class Spaces {
  /** Three classes: ground, wall, person. */
  public static final LabelSpace THREE =
      new LabelSpace(
          "three",
          List.of(
              new LabelClass("ground", 0x804080, "flat", false, false),
              new LabelClass("wall", 0x0000C0, "construction", false, false),
              new LabelClass("person", 0xDC143C, "human", true, true)));

  private Spaces() {}

  /** A coding of {@link #THREE}; arguments are raw value, index in turn. */
  public static LabelCoding coding(
      LabelCoding.Kind kind, List<Integer> voids, boolean unknownIsVoid, int... rawAndIndex) {
    Map<Integer, Integer> values = new TreeMap<>();
    for (int i = 0; i < rawAndIndex.length; i += 2) {
      values.put(rawAndIndex[i], rawAndIndex[i + 1]);
    }
    return new LabelCoding(kind, THREE, values, new TreeSet<>(voids), unknownIsVoid);
  }

  /** A label map of {@link #THREE}. */
  public static LabelMap map(int height, int width, int... values) {
    byte[] pixels = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      pixels[i] = (byte) values[i];
    }
    return LabelMap.of(THREE, height, width, pixels);
  }
}
