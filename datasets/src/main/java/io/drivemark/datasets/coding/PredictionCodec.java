package io.drivemark.datasets.coding;

import io.drivemark.datasets.LabelCoding;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.PixelArrays;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.datasets.image.RawLabels;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes and reads prediction PNGs in one encoding of one dataset. A value that stands for no class
 * and not for void is foreign: it becomes void, which a protocol judges, and is counted. Immutable
 * and thread-safe.
 */
public final class PredictionCodec {
  static final int FOREIGN = 256;
  private static final int BLACK = 0;
  private static final int WHITE = 0xFFFFFF;
  private static final int NONE = -1;

  private final LabelCoding coding;
  private final PredictionEncoding encoding;
  private final int[] stored;
  private final int storedVoid;
  private final ValueTable table;
  private final boolean keepsIndices;

  /**
   * @throws BadInputException if the dataset's values cannot be written so: colours as label ids,
   *     values over 255, a class without one, two classes of one colour
   */
  public PredictionCodec(PredictionEncoding encoding, LabelCoding coding) {
    this.coding = coding;
    this.encoding = encoding;
    this.stored = new int[coding.space().size()];
    this.storedVoid =
        switch (encoding) {
          case TRAIN_IDS -> LabelSpace.VOID;
          case LABEL_IDS -> ownVoid(LabelSpace.VOID, LabelSpace.VOID);
          case COLOR -> coding.kind() == LabelCoding.Kind.COLOR ? ownVoid(BLACK, WHITE) : BLACK;
        };
    for (int i = 0; i < stored.length; i++) {
      stored[i] = storedValue(i);
    }
    this.table = new ValueTable(readable(), FOREIGN);
    this.keepsIndices = table.keepsIndices(coding.space().size());
  }

  /**
   * A prediction that was read.
   *
   * @param map the labels; foreign values are void in it
   * @param foreignPixels pixels whose value has no meaning, counted apart from void
   */
  public record Prediction(LabelMap map, long foreignPixels) {}

  public PredictionEncoding encoding() {
    return encoding;
  }

  /**
   * Writes one prediction; missing folders are created. A file that is there is replaced only if it
   * was written by this method.
   *
   * @throws BadInputException if another file is there
   */
  public void write(Path file, LabelMap prediction) {
    PredictionFiles.requireReplaceable(file);
    byte[] pixels = prediction.pixels();
    if (encoding == PredictionEncoding.COLOR) {
      int[] colors = new int[pixels.length];
      for (int i = 0; i < pixels.length; i++) {
        colors[i] = stored(file, pixels[i] & 0xFF);
      }
      ImageCodec.writeMarkedColor(file, prediction.height(), prediction.width(), colors);
    } else {
      byte[] values = new byte[pixels.length];
      for (int i = 0; i < pixels.length; i++) {
        values[i] = (byte) stored(file, pixels[i] & 0xFF);
      }
      ImageCodec.writeMarkedGray8(file, prediction.height(), prediction.width(), values);
    }
  }

  /**
   * Reads one prediction. A file of 16 bits is read by its values like one of 8.
   *
   * @param height the truth's height
   * @param width the truth's width
   * @throws BadInputException if the file is missing, damaged, of another size, or of another kind
   *     than the encoding (colours instead of one channel)
   */
  public Prediction read(Path file, int height, int width) {
    return read(file, height, width, new PixelArrays());
  }

  /**
   * As {@link #read(Path, int, int)}, for many files after each other.
   *
   * @param arrays where the labels go; they are gone with the next frame
   */
  public Prediction read(Path file, int height, int width, PixelArrays arrays) {
    return decode(file, ImageCodec.readRaw(file, arrays), height, width, arrays);
  }

  /**
   * What the values of a prediction mean that has been unpacked. Errors as {@link #read(Path, int,
   * int)}.
   *
   * @param file what to call it in messages
   * @param arrays where the labels go; they are gone with the next frame
   */
  public Prediction decode(Path file, RawLabels stored, int height, int width, PixelArrays arrays) {
    String read = " (encoding " + encoding.word() + "); read it with encoding ";
    RawLabels raw =
        encoding == PredictionEncoding.COLOR
            ? StoredKind.colors(
                file, stored, "a colour image" + read + "train-ids or label-ids", arrays)
            : StoredKind.numbers(
                file,
                stored,
                "one channel of 8 or 16 bits, or three equal ones" + read + "color",
                arrays);
    if (raw.height() != height || raw.width() != width) {
      throw new BadInputException(
          file
              + ": the prediction is "
              + raw.height()
              + "x"
              + raw.width()
              + ", expected "
              + height
              + "x"
              + width
              + " (height x width), the size of its truth");
    }
    if (keepsIndices && raw.bytesPerPixel() == 1) {
      Optional<LabelMap> map = LabelMap.ofIndices(coding.space(), height, width, raw.bytes());
      if (map.isPresent()) {
        return new Prediction(map.get(), 0);
      }
    }
    PixelTally foreign = new PixelTally();
    LabelMap map = table.map(coding.space(), raw, arrays.take(height * width), foreign);
    return new Prediction(map, foreign.count());
  }

  private int stored(Path file, int index) {
    if (index == LabelSpace.VOID && storedVoid == NONE) {
      throw new BadInputException(
          file
              + ": void cannot be written: every value of 8 bits is a class of "
              + coding.space().name()
              + "; take train-ids");
    }
    return index == LabelSpace.VOID ? storedVoid : stored[index];
  }

  /**
   * The dataset's first void value that can be written; where it has none, the usual one or, if
   * that is a class, the highest that is none. No value of a class may turn into void.
   */
  private int ownVoid(int usual, int highest) {
    for (int value : coding.voidValues()) {
      if (value <= highest) {
        return value;
      }
    }
    Set<Integer> classes = coding.rawToIndex().keySet();
    if (!classes.contains(usual)) {
      return usual;
    }
    int value = highest;
    while (classes.contains(value)) {
      value--;
    }
    return value; // NONE if all are classes
  }

  private int storedValue(int index) {
    return switch (encoding) {
      case TRAIN_IDS -> index;
      case LABEL_IDS -> labelId(index);
      case COLOR -> color(index);
    };
  }

  private int labelId(int index) {
    if (coding.kind() == LabelCoding.Kind.COLOR) {
      throw new BadInputException(
          "the label files of this dataset hold colours, so predictions cannot be encoded as"
              + " label-ids; take color or train-ids");
    }
    int value = lowest(index);
    if (value > 255) {
      throw new BadInputException(
          "class "
              + coding.space().classes().get(index).name()
              + " is stored as "
              + value
              + ", which does not fit into 8 bits; take train-ids");
    }
    return value;
  }

  /** The class's display colour; where the dataset does not know that, its own for the class. */
  private int color(int index) {
    int display = coding.space().classes().get(index).color();
    if (coding.kind() == LabelCoding.Kind.COLOR
        && !Integer.valueOf(index).equals(coding.rawToIndex().get(display))) {
      return lowest(index);
    }
    return display;
  }

  private int lowest(int index) {
    return coding.rawToIndex().entrySet().stream()
        .filter(e -> e.getValue() == index)
        .mapToInt(Map.Entry::getKey)
        .min()
        .orElseThrow(
            () ->
                new BadInputException(
                    "class "
                        + coding.space().classes().get(index).name()
                        + " has no stored value in this dataset; declare one in its coding, or"
                        + " take train-ids"));
  }

  /**
   * Every stored value with a meaning; what is written is read back as the same. The dataset's own
   * void does not hide a class index.
   */
  Map<Integer, Integer> readable() {
    Map<Integer, Integer> out = new TreeMap<>();
    boolean ownValues =
        encoding == PredictionEncoding.LABEL_IDS
            || encoding == PredictionEncoding.COLOR && coding.kind() == LabelCoding.Kind.COLOR;
    if (ownValues) {
      out.putAll(coding.rawToIndex());
    }
    if (ownValues || encoding == PredictionEncoding.TRAIN_IDS && storesIndices()) {
      coding.voidValues().stream()
          .filter(value -> ownValues || value >= stored.length)
          .forEach(value -> out.put(value, LabelSpace.VOID));
    }
    if (storedVoid != NONE) {
      out.put(storedVoid, LabelSpace.VOID);
    }
    for (int i = 0; i < stored.length; i++) {
      Integer other = out.put(stored[i], i);
      if (other != null && other != i) {
        throw new BadInputException(
            "encoding "
                + encoding.word()
                + " cannot tell "
                + named(other)
                + " from "
                + named(i)
                + " in "
                + coding.space().name()
                + ": both are written as "
                + Colors.text(stored[i])
                + "; give every class a color of its own, or take train-ids");
      }
    }
    return out;
  }

  private String named(int index) {
    return index == LabelSpace.VOID
        ? "void"
        : "class " + coding.space().classes().get(index).name();
  }

  /** Whether the dataset's own files hold class indices, so that its own void fits among them. */
  private boolean storesIndices() {
    return coding.kind() == LabelCoding.Kind.INDEX
        && coding.rawToIndex().entrySet().stream().allMatch(e -> e.getKey().equals(e.getValue()));
  }
}
