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
import java.util.TreeMap;

/**
 * Writes and reads prediction PNGs in one encoding of one dataset. A value that stands for no class
 * and not for void is foreign: it becomes void, which a protocol judges, and is counted. Immutable
 * and thread-safe.
 */
public final class PredictionCodec {
  private static final int FOREIGN = 256;
  private static final int BLACK = 0;

  private final LabelCoding coding;
  private final PredictionEncoding encoding;
  private final int[] stored;
  private final int storedVoid;
  private final ValueTable table;
  private final boolean keepsIndices;

  /**
   * @throws BadInputException if the dataset's values cannot be written so: colours as label ids,
   *     values over 255, two classes of one colour
   */
  public PredictionCodec(PredictionEncoding encoding, LabelCoding coding) {
    this.coding = coding;
    this.encoding = encoding;
    this.stored = new int[coding.space().size()];
    this.storedVoid =
        switch (encoding) {
          case TRAIN_IDS -> LabelSpace.VOID;
          case LABEL_IDS -> coding.voidValues().stream().findFirst().orElse(LabelSpace.VOID);
          case COLOR ->
              coding.kind() == LabelCoding.Kind.COLOR
                  ? coding.voidValues().stream().findFirst().orElse(BLACK)
                  : BLACK;
        };
    for (int i = 0; i < stored.length; i++) {
      stored[i] = storedValue(i);
    }
    this.table = new ValueTable(readable(), FOREIGN);
    this.keepsIndices = table.keepsIndices();
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

  /** Writes one prediction; missing folders are created. */
  public void write(Path file, LabelMap prediction) {
    byte[] pixels = prediction.pixels();
    if (encoding == PredictionEncoding.COLOR) {
      int[] colors = new int[pixels.length];
      for (int i = 0; i < pixels.length; i++) {
        colors[i] = stored(pixels[i] & 0xFF);
      }
      ImageCodec.writeColor(file, prediction.height(), prediction.width(), colors);
    } else {
      byte[] values = new byte[pixels.length];
      for (int i = 0; i < pixels.length; i++) {
        values[i] = (byte) stored(pixels[i] & 0xFF);
      }
      ImageCodec.writeGray8(file, prediction.height(), prediction.width(), values);
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
    RawLabels raw = ImageCodec.readRaw(file, arrays);
    boolean color = encoding == PredictionEncoding.COLOR;
    if (color != (raw.bytesPerPixel() == 3)) {
      throw new BadInputException(
          file
              + ": found "
              + raw.kind()
              + ", expected "
              + (color ? "a colour image" : "one channel of 8 or 16 bits")
              + " (encoding "
              + encoding.word()
              + "); read it with encoding "
              + (color ? "train-ids or label-ids" : "color"));
    }
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
    byte[] out = table.lookUp(raw, arrays.take(height * width), foreign);
    return new Prediction(LabelMap.of(coding.space(), height, width, out), foreign.count());
  }

  private int stored(int index) {
    return index == LabelSpace.VOID ? storedVoid : stored[index];
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
                        + " has no stored value in this dataset; take train-ids"));
  }

  /** Every stored value with a meaning; what is written is read back as the same. */
  private Map<Integer, Integer> readable() {
    Map<Integer, Integer> out = new TreeMap<>();
    boolean ownValues =
        encoding == PredictionEncoding.LABEL_IDS
            || encoding == PredictionEncoding.COLOR && coding.kind() == LabelCoding.Kind.COLOR;
    if (ownValues) {
      out.putAll(coding.rawToIndex());
    }
    if (ownValues || encoding == PredictionEncoding.TRAIN_IDS && storesIndices()) {
      coding.voidValues().forEach(value -> out.put(value, LabelSpace.VOID));
    }
    out.put(storedVoid, LabelSpace.VOID);
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
                + (encoding == PredictionEncoding.COLOR ? Colors.text(stored[i]) : stored[i])
                + "; take train-ids");
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
