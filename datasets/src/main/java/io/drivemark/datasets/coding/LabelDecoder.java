package io.drivemark.datasets.coding;

import io.drivemark.datasets.LabelCoding;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.PixelArrays;
import io.drivemark.datasets.image.RawLabels;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Turns stored label values into class indices by a {@link LabelCoding}. Immutable and thread-safe;
 * make one and use it for every file.
 */
public final class LabelDecoder {
  /** In {@link #table}: a value that the coding does not know. */
  private static final int UNKNOWN = 256;

  private static final int MOST_BYTE = 255;

  private final LabelCoding coding;
  private final boolean anyDepth;
  private final ValueTable table;
  private final boolean keepsIndices;
  private final int highestKnown;

  public LabelDecoder(LabelCoding coding) {
    this(coding, false);
  }

  /**
   * @param anyDepth whether values may be stored in 16 bits though none needs more than 8
   */
  public LabelDecoder(LabelCoding coding, boolean anyDepth) {
    this.coding = coding;
    this.anyDepth = anyDepth;
    TreeMap<Integer, Integer> all = new TreeMap<>(coding.rawToIndex());
    coding.voidValues().forEach(value -> all.put(value, LabelSpace.VOID));
    this.table = new ValueTable(all, UNKNOWN);
    this.keepsIndices = table.keepsIndices(coding.space().size());
    this.highestKnown = all.isEmpty() ? 0 : all.lastKey();
  }

  public LabelCoding coding() {
    return coding;
  }

  /**
   * Decoded labels and how many pixels held a value that the coding does not know; those are void.
   *
   * @param map the labels
   * @param unknownPixels how many pixels became void for want of a meaning
   */
  public record Decoded(LabelMap map, long unknownPixels) {}

  /**
   * Decodes a dataset's label file. Where the file stores indices and every index and 255 are
   * declared, the map has its bytes.
   *
   * @param file what to call it in messages
   * @throws BadInputException if the file is of another kind than the coding (colours instead of
   *     indices), or it holds an unknown value and the coding does not count those as void; the
   *     message names the first such pixel, how many there are, and the known values
   */
  public Decoded decode(Path file, RawLabels raw) {
    return decode(file, raw, new PixelArrays());
  }

  /**
   * As {@link #decode(Path, RawLabels)}, for many files after each other.
   *
   * @param arrays where the indices go if the file does not store them; they are gone with the next
   *     frame
   */
  public Decoded decode(Path file, RawLabels stored, PixelArrays arrays) {
    RawLabels raw = ofKind(file, stored, arrays);
    if (keepsIndices && raw.bytesPerPixel() == 1) {
      Optional<LabelMap> map =
          LabelMap.ofIndices(coding.space(), raw.height(), raw.width(), raw.bytes());
      if (map.isPresent()) {
        return new Decoded(map.get(), 0);
      }
    }
    PixelTally unknown = new PixelTally();
    LabelMap map = table.map(coding.space(), raw, arrays.take(raw.height() * raw.width()), unknown);
    if (unknown.count() > 0 && !coding.unknownIsVoid()) {
      throw unknown(file, raw, unknown.first(), unknown.count());
    }
    return new Decoded(map, unknown.count());
  }

  /** Whether the coding knows this stored value as a class or as void. */
  public boolean knows(int value) {
    return table.lookUp(value) != UNKNOWN;
  }

  /**
   * The file's values in the coding's kind: colours, if it is palettised and colours are declared;
   * one channel, if it is a colour image of three equal channels and numbers are declared. Else the
   * file as it is.
   *
   * @param arrays where the values go if they change
   * @throws BadInputException if it holds colours where indices are expected or the other way
   *     round, or 16 bits where no value needs more than 8
   */
  public RawLabels ofKind(Path file, RawLabels stored, PixelArrays arrays) {
    if (coding.kind() == LabelCoding.Kind.COLOR) {
      return StoredKind.colors(
          file,
          stored,
          "a colour image whose colours are classes. If its values are classes, declare 'kind:"
              + " index' and the values under 'coding'",
          arrays);
    }
    RawLabels raw =
        StoredKind.numbers(
            file,
            stored,
            "one channel of class values, or three equal ones. If its colours are classes, declare"
                + " 'kind: color' under 'coding'; if one channel holds the class, which, for"
                + " example 'channel: red'",
            arrays);
    if (raw.bytesPerPixel() == 2 && !anyDepth && highestKnown <= MOST_BYTE) {
      throw new BadInputException(
          file
              + ": found one channel of 16 bits, expected one of 8: no value of "
              + coding.space().name()
              + " is above "
              + highestKnown
              + ". Files of 16 bits mostly hold object numbers or distances; is this the label"
              + " file? If it is, declare a value that needs 16 bits, for example 'void: [65535]'");
    }
    return raw;
  }

  private BadInputException unknown(Path file, RawLabels raw, int pixel, long count) {
    return new BadInputException(
        file
            + ": unknown label value "
            + text(raw.value(pixel))
            + " at row "
            + pixel / raw.width()
            + ", column "
            + pixel % raw.width()
            + (count == 1 ? "" : " (the first of " + count + " such pixels)")
            + "; known values of "
            + coding.space().name()
            + ": "
            + knownValues()
            + ". Declare it in the dataset's coding"
            + byIndex(raw.value(pixel))
            + ", or set 'unknown: void' to count it as void");
  }

  /** What to declare where the value is the index of a class that has no stored value. */
  private String byIndex(int value) {
    if (coding.kind() != LabelCoding.Kind.INDEX
        || value >= coding.space().size()
        || coding.rawToIndex().containsValue(value)) {
      return "";
    }
    String name = coding.space().classes().get(value).name();
    return " (as '" + value + ": " + name + "' under 'values' if it is that class)";
  }

  /** A stored value as messages show it: a number, or {@code 64,128,64} for colours. */
  public String text(int value) {
    return coding.kind() == LabelCoding.Kind.COLOR ? Colors.text(value) : Integer.toString(value);
  }

  /** The known values as messages show them: {@code 0-10 (classes), 11 (void)}. */
  public String knownValues() {
    return ranges(coding.rawToIndex().keySet())
        + " (classes), "
        + (coding.voidValues().isEmpty() ? "none" : ranges(coding.voidValues()))
        + " (void)";
  }

  private String ranges(Iterable<Integer> sorted) {
    List<String> out = new ArrayList<>();
    Integer from = null;
    Integer to = null;
    for (Integer value : sorted) {
      if (to != null && coding.kind() == LabelCoding.Kind.INDEX && value == to + 1) {
        to = value;
        continue;
      }
      addRange(out, from, to);
      from = value;
      to = value;
    }
    addRange(out, from, to);
    return String.join(coding.kind() == LabelCoding.Kind.COLOR ? " " : ", ", out);
  }

  private void addRange(List<String> out, Integer from, Integer to) {
    if (from != null) {
      out.add(from.equals(to) ? text(from) : text(from) + "-" + text(to));
    }
  }
}
