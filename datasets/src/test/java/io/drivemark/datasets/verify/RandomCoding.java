package io.drivemark.datasets.verify;

import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelCoding;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.coding.PredictionEncoding;
import io.drivemark.datasets.image.RawLabels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A random coding, random maps for it, and what those mean, worked out pixel by pixel from the
 * rules as they are documented, with none of the program's tables.
 */
final class RandomCoding {
  private static final int BLACK = 0;

  private final Random random;
  private final boolean color;
  private final LabelCoding coding;
  private final List<Integer> pool = new ArrayList<>();
  private final int bytes;

  RandomCoding(Random random) {
    this.random = random;
    this.color = random.nextInt(4) == 0;
    boolean wide = !color && random.nextInt(5) == 0;
    this.bytes = color ? 3 : wide ? 2 : 1;
    int classes = random.nextInt(20) == 0 ? 1 + random.nextInt(255) : 1 + random.nextInt(6);
    List<LabelClass> all = new ArrayList<>();
    for (int i = 0; i < classes; i++) {
      int shown = random.nextInt(40) == 0 ? BLACK : 0x010101 + 977 * i;
      all.add(new LabelClass("c" + i, shown, "all", false, false));
    }
    LabelSpace space = new LabelSpace("random", all);
    Map<Integer, Integer> values = new TreeMap<>();
    boolean indices = random.nextInt(2) == 0;
    for (int i = 0; i < classes; i++) {
      if (random.nextInt(6) > 0) {
        int own = color ? all.get(i).color() : i;
        values.put(indices || random.nextBoolean() ? own : anyValue(), i);
      }
      if (random.nextInt(20) == 0) {
        values.put(anyValue(), i);
      }
    }
    TreeSet<Integer> voids = new TreeSet<>();
    if (random.nextBoolean()) {
      voids.add(color ? BLACK : LabelSpace.VOID);
    }
    while (random.nextInt(4) == 0) {
      voids.add(random.nextBoolean() ? anyValue() : random.nextInt(classes + 2));
    }
    voids.removeAll(values.keySet());
    this.coding =
        new LabelCoding(
            color ? LabelCoding.Kind.COLOR : LabelCoding.Kind.INDEX,
            space,
            values,
            voids,
            random.nextBoolean());
    pool.addAll(values.keySet());
    pool.addAll(voids);
    if (pool.isEmpty() || random.nextInt(3) == 0) {
      pool.add(anyValue());
    }
    for (int i = 0; i < classes && random.nextInt(3) > 0; i++) {
      pool.add(i); // often an index that is no declared value
    }
    if (random.nextInt(4) == 0) {
      pool.add(LabelSpace.VOID);
    }
  }

  private int anyValue() {
    return random.nextInt(bytes == 3 ? 1 << 24 : bytes == 2 ? 1 << 16 : 1 << 8);
  }

  LabelCoding coding() {
    return coding;
  }

  /** A map of the values that matter, in runs; seldom of another kind than the coding's. */
  RawLabels map() {
    int perPixel = random.nextInt(12) == 0 ? 1 + random.nextInt(3) : bytes;
    int height = 1 + random.nextInt(7);
    int width = 1 + random.nextInt(12);
    byte[] out = new byte[height * width * perPixel];
    int value = 0;
    for (int i = 0, left = 0; i < height * width; i++, left--) {
      if (left == 0) {
        value = pool.get(random.nextInt(pool.size()));
        left = 1 + random.nextInt(20);
      }
      for (int b = 0; b < perPixel; b++) {
        boolean equal = perPixel > bytes; // a colour image where numbers are declared
        out[perPixel * i + b] = (byte) (value >> (equal ? 0 : 8 * (perPixel - 1 - b)));
      }
    }
    RawLabels raw = RawLabels.of(height, width, perPixel, out);
    return perPixel == 1 && random.nextInt(3) == 0 ? raw.withPalette(palette()) : raw;
  }

  /** Colours that matter, for palettes. */
  private int[] palette() {
    int[] colors = new int[256];
    for (int i = 0; i < colors.length; i++) {
      int shown = coding.space().classes().get(i % coding.space().size()).color();
      colors[i] = random.nextInt(200) == 0 ? random.nextInt(1 << 24) : shown;
    }
    return colors;
  }

  /** What a map means: indices and void, and how many pixels nobody declared. */
  record Plain(int classes, byte[] pixels, long unknown) {}

  /** Whether a map holds the index of a class for which that is no declared value. */
  boolean hasUndeclaredIndex(RawLabels raw) {
    for (int i = 0; i < raw.height() * raw.width(); i++) {
      int value = raw.value(i);
      if (!color
          && value < coding.space().size()
          && !coding.rawToIndex().containsKey(value)
          && !coding.voidValues().contains(value)) {
        return true;
      }
    }
    return false;
  }

  /** A dataset's own labels; empty if they are refused. */
  Optional<Plain> truth(RawLabels raw) {
    int highest = 0;
    for (int value : coding.rawToIndex().keySet()) {
      highest = Math.max(highest, value);
    }
    for (int value : coding.voidValues()) {
      highest = Math.max(highest, value);
    }
    if (isOtherKind(raw, color) || raw.bytesPerPixel() == 2 && highest <= 255) {
      return Optional.empty();
    }
    Map<Integer, Integer> meaning = new TreeMap<>(coding.rawToIndex());
    coding.voidValues().forEach(value -> meaning.put(value, LabelSpace.VOID));
    Plain plain = plain(raw, meaning, color);
    return plain.unknown() > 0 && !coding.unknownIsVoid() ? Optional.empty() : Optional.of(plain);
  }

  /** A prediction; empty if it or its encoding is refused. */
  Optional<Plain> prediction(RawLabels raw, PredictionEncoding encoding) {
    if (isOtherKind(raw, encoding == PredictionEncoding.COLOR)) {
      return Optional.empty();
    }
    return switch (encoding) {
      case TRAIN_IDS -> Optional.of(plain(raw, trainIds(), false));
      case LABEL_IDS -> labelIds().map(meaning -> plain(raw, meaning, false));
      case COLOR -> colors().map(meaning -> plain(raw, meaning, true));
    };
  }

  /** Whether one is expected, colours or numbers, and the file is the other beyond doubt. */
  private static boolean isOtherKind(RawLabels raw, boolean colors) {
    if (colors) {
      return raw.bytesPerPixel() < 3 && !raw.isPalette();
    }
    for (int i = 0; raw.bytesPerPixel() == 3 && i < raw.height() * raw.width(); i++) {
      int value = raw.value(i);
      if (value != (value & 255) * 0x010101) {
        return true;
      }
    }
    return false;
  }

  private static int value(RawLabels raw, int pixel, boolean colors) {
    int value = raw.value(pixel);
    if (colors && raw.isPalette()) {
      return raw.paletteColor(value).orElseThrow();
    }
    return !colors && raw.bytesPerPixel() == 3 ? value & 255 : value;
  }

  private Plain plain(RawLabels raw, Map<Integer, Integer> meaning, boolean colors) {
    byte[] out = new byte[raw.height() * raw.width()];
    long unknown = 0;
    for (int i = 0; i < out.length; i++) {
      Integer index = meaning.get(value(raw, i, colors));
      unknown += index == null ? 1 : 0;
      out[i] = (byte) (index == null ? LabelSpace.VOID : index);
    }
    return new Plain(coding.space().size(), out, unknown);
  }

  private Map<Integer, Integer> trainIds() {
    Map<Integer, Integer> meaning = new TreeMap<>();
    boolean indices = !color;
    for (Map.Entry<Integer, Integer> e : coding.rawToIndex().entrySet()) {
      indices &= e.getKey().equals(e.getValue());
    }
    if (indices) {
      coding.voidValues().forEach(value -> meaning.put(value, LabelSpace.VOID));
    }
    meaning.put(LabelSpace.VOID, LabelSpace.VOID);
    for (int i = 0; i < coding.space().size(); i++) {
      meaning.put(i, i);
    }
    return meaning;
  }

  private Optional<Map<Integer, Integer>> labelIds() {
    if (color) {
      return Optional.empty();
    }
    Map<Integer, Integer> meaning = new TreeMap<>(coding.rawToIndex());
    for (int i = 0; i < coding.space().size(); i++) {
      int lowest = lowest(i);
      if (lowest < 0 || lowest > 255) {
        return Optional.empty();
      }
    }
    return Optional.of(withVoid(meaning, LabelSpace.VOID, LabelSpace.VOID));
  }

  private Optional<Map<Integer, Integer>> colors() {
    Map<Integer, Integer> meaning = new TreeMap<>();
    if (color) {
      for (int i = 0; i < coding.space().size(); i++) {
        if (lowest(i) < 0) {
          return Optional.empty();
        }
      }
      meaning.putAll(coding.rawToIndex());
      return Optional.of(withVoid(meaning, BLACK, 0xFFFFFF));
    }
    meaning.put(BLACK, LabelSpace.VOID);
    for (int i = 0; i < coding.space().size(); i++) {
      if (meaning.put(coding.space().classes().get(i).color(), i) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(meaning);
  }

  /** Adds the declared void values, or the usual one, or the highest that is no class. */
  private Map<Integer, Integer> withVoid(Map<Integer, Integer> meaning, int usual, int highest) {
    coding.voidValues().forEach(value -> meaning.put(value, LabelSpace.VOID));
    if (coding.voidValues().stream().noneMatch(value -> value <= highest)) {
      int free = usual;
      for (int value = highest; meaning.containsKey(free); value--) {
        free = value;
      }
      meaning.put(free, LabelSpace.VOID);
    }
    return meaning;
  }

  private int lowest(int index) {
    return coding.rawToIndex().entrySet().stream()
        .filter(e -> e.getValue() == index)
        .mapToInt(Map.Entry::getKey)
        .min()
        .orElse(-1);
  }

  @Override
  public String toString() {
    return coding.kind()
        + " "
        + coding.rawToIndex()
        + ", void "
        + coding.voidValues()
        + (coding.unknownIsVoid() ? ", unknown: void" : "")
        + ", "
        + coding.space().size()
        + " classes";
  }
}
