package io.drivemark.datasets;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * One label space onto another: which class of {@link #to()} each class of {@link #from()} becomes,
 * or void. This is how a network trained on one dataset is judged on another. An index beyond the
 * classes of {@code from} (a network's background output, for example) is void. Immutable and
 * thread-safe.
 */
public final class LabelMapping {
  private static final int VALUES = 256;

  private final String name;
  private final LabelSpace from;
  private final LabelSpace to;
  private final byte[] table;

  private LabelMapping(String name, LabelSpace from, LabelSpace to, byte[] table) {
    this.name = name;
    this.from = from;
    this.to = to;
    this.table = table;
  }

  /**
   * Makes a mapping.
   *
   * @param name for example {@code cityscapes-19-to-camvid-11}
   * @param classes for every class name of {@code from} a class name of {@code to}, or {@code void}
   * @throws IllegalArgumentException if a class of {@code from} is missing, or a name is unknown
   */
  public static LabelMapping of(
      String name, LabelSpace from, LabelSpace to, Map<String, String> classes) {
    byte[] table = new byte[VALUES];
    Arrays.fill(table, (byte) LabelSpace.VOID);
    for (int i = 0; i < from.size(); i++) {
      String source = from.classes().get(i).name();
      String target = classes.get(source);
      if (target == null) {
        throw new IllegalArgumentException(
            "mapping " + name + ": class " + source + " of " + from.name() + " is not mapped");
      }
      OptionalInt index = to.indexOf(target);
      if (index.isPresent()) {
        table[i] = (byte) index.getAsInt();
      } else if (!target.equals("void")) {
        throw new IllegalArgumentException(
            "mapping " + name + ": " + target + " is no class of " + to.name());
      }
    }
    for (String source : classes.keySet()) {
      if (from.indexOf(source).isEmpty()) {
        throw new IllegalArgumentException(
            "mapping " + name + ": " + source + " is no class of " + from.name());
      }
    }
    return new LabelMapping(
        Objects.requireNonNull(name, "name"), from, Objects.requireNonNull(to, "to"), table);
  }

  /** A space onto itself; named {@code identity}. */
  public static LabelMapping identity(LabelSpace space) {
    byte[] table = new byte[VALUES];
    for (int i = 0; i < VALUES; i++) {
      table[i] = (byte) (i < space.size() ? i : LabelSpace.VOID);
    }
    return new LabelMapping("identity", space, space, table);
  }

  public String name() {
    return name;
  }

  public LabelSpace from() {
    return from;
  }

  public LabelSpace to() {
    return to;
  }

  /** Whether every class stays what it is. */
  public boolean isIdentity() {
    return Arrays.equals(table, identity(to).table);
  }

  /** What index 0 to 255 becomes: an index of {@link #to()}, or 255 for void. */
  public int of(int index) {
    return table[index] & 0xFF;
  }

  /** The whole mapping as 256 unsigned bytes: a copy, for loops over many pixels. */
  public byte[] table() {
    return table.clone();
  }

  /**
   * Maps every pixel.
   *
   * @throws IllegalArgumentException if the labels are of another space than {@link #from()}
   */
  public LabelMap apply(LabelMap labels) {
    if (!labels.space().classNames().equals(from.classNames())) {
      throw new IllegalArgumentException(
          "mapping "
              + name
              + " is from "
              + from.name()
              + ", the labels are of "
              + labels.space().name());
    }
    byte[] in = labels.pixels();
    byte[] out = new byte[in.length];
    for (int i = 0; i < in.length; i++) {
      out[i] = table[in[i] & 0xFF];
    }
    return LabelMap.of(to, labels.height(), labels.width(), out);
  }

  @Override
  public String toString() {
    return "LabelMapping[" + name + ", " + from.name() + " to " + to.name() + "]";
  }
}
