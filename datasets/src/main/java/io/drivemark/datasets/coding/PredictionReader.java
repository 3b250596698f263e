package io.drivemark.datasets.coding;

import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelCoding;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelMapping;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.PixelArrays;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.datasets.image.NpyFile;
import io.drivemark.datasets.image.RawLabels;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads prediction files, PNG or .npy, as a {@link PredictionReading} describes them. A value that
 * stands for no class and not for void is foreign: it becomes void and is counted. Immutable and
 * thread-safe.
 */
public final class PredictionReader {
  /** What {@link #meaning} says of a value without one. */
  public static final int FOREIGN = PredictionCodec.FOREIGN;

  /** Different foreign values that are told apart in one file; a photograph has more. */
  private static final int MOST_VALUES = 256;

  private final PredictionReading reading;
  private final LabelSpace space;
  private final PredictionCodec plain;
  private final Map<Integer, Integer> known;
  private final ValueTable table;

  /**
   * @throws BadInputException if the encoding does not fit the dataset, or the predictions' classes
   *     have no known values in it
   */
  public PredictionReader(PredictionReading reading, LabelCoding coding) {
    this.reading = reading;
    this.space = coding.space();
    this.plain = reading.isPlain() ? new PredictionCodec(reading.encoding(), coding) : null;
    this.known =
        Collections.unmodifiableMap(
            plain == null ? described(reading, space) : new TreeMap<>(plain.readable()));
    this.table = new ValueTable(known, FOREIGN);
  }

  /**
   * A prediction that was read.
   *
   * @param map the labels in the dataset's classes; foreign values are void in it
   * @param foreignPixels pixels whose value has no meaning
   * @param foreign how many by value; of files with hundreds of them not all
   * @param raw what is stored, at the truth's size; gone with the next frame
   * @param height the file's own height
   * @param width the file's own width
   */
  public record Read(
      LabelMap map,
      long foreignPixels,
      Map<Integer, Long> foreign,
      RawLabels raw,
      int height,
      int width) {
    /** Whether the file had another size than its truth. */
    public boolean isResized() {
      return height != map.height() || width != map.width();
    }
  }

  public PredictionReading reading() {
    return reading;
  }

  /** The class index or {@link LabelSpace#VOID} of each stored value with a meaning, ascending. */
  public Map<Integer, Integer> known() {
    return known;
  }

  /** The class index of a stored value, {@link LabelSpace#VOID} or {@link #FOREIGN}. */
  public int meaning(int value) {
    return table.lookUp(value);
  }

  /**
   * Reads one prediction.
   *
   * @param height the truth's height
   * @param width the truth's width
   * @param arrays where the labels go; they are gone with the next frame
   * @throws BadInputException if the file is missing, damaged, of another kind, or of another size
   *     and not to be resized
   */
  public Read read(Path file, int height, int width, PixelArrays arrays) {
    boolean array = file.toString().toLowerCase(Locale.ROOT).endsWith(".npy");
    RawLabels stored = array ? NpyFile.read(file) : ImageCodec.readRaw(file, arrays);
    RawLabels raw = atSize(file, ofKind(file, stored, arrays), height, width, arrays);
    LabelMap map;
    long foreign;
    if (plain != null) {
      PredictionCodec.Prediction prediction = plain.decode(file, raw, height, width, arrays);
      map = prediction.map();
      foreign = prediction.foreignPixels();
    } else {
      PixelTally tally = new PixelTally();
      map = table.map(space, raw, arrays.take(height * width), tally);
      foreign = tally.count();
    }
    return new Read(
        map, foreign, foreign == 0 ? Map.of() : foreign(raw), raw, stored.height(), stored.width());
  }

  private Map<Integer, Long> foreign(RawLabels raw) {
    Map<Integer, Long> out = new TreeMap<>();
    int pixels = raw.height() * raw.width();
    for (int i = 0; i < pixels; i++) {
      int value = raw.value(i);
      if (table.lookUp(value) == FOREIGN && (out.size() < MOST_VALUES || out.containsKey(value))) {
        out.merge(value, 1L, Long::sum);
      }
    }
    return out;
  }

  /** Colours where these are expected, else numbers, whatever kind of PNG holds them. */
  private RawLabels ofKind(Path file, RawLabels stored, PixelArrays arrays) {
    String read = " (" + reading.words() + ")";
    String other = "; read it with encoding ";
    return reading.isColor()
        ? StoredKind.colors(
            file,
            stored,
            "a colour image" + read + (plain == null ? "" : other + "train-ids or label-ids"),
            arrays)
        : StoredKind.numbers(
            file,
            stored,
            "one channel of 8 or 16 bits, or three equal ones"
                + read
                + (plain == null ? "" : other + "color"),
            arrays);
  }

  private RawLabels atSize(Path file, RawLabels raw, int height, int width, PixelArrays arrays) {
    if (raw.height() == height && raw.width() == width) {
      return raw;
    }
    if (!reading.resize()) {
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
              + " (height x width), the size of its truth; to score it all the same, each pixel"
              + " taking the nearest label, say --resize nearest");
    }
    int bytes = raw.bytesPerPixel();
    byte[] out = arrays.take(Math.multiplyExact(bytes, Math.multiplyExact(height, width)));
    int[] columns = nearest(raw.width(), width);
    int[] rows = nearest(raw.height(), height);
    byte[] in = raw.bytes();
    int at = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int from = (rows[y] * raw.width() + columns[x]) * bytes;
        for (int b = 0; b < bytes; b++) {
          out[at++] = in[from + b];
        }
      }
    }
    return RawLabels.of(height, width, bytes, out);
  }

  /** By pixel centres: the pixel of {@code from} in which each of {@code to} has its centre. */
  private static int[] nearest(int from, int to) {
    int[] out = new int[to];
    for (int i = 0; i < to; i++) {
      out[i] = (int) ((2L * i + 1) * from / (2L * to));
    }
    return out;
  }

  private static Map<Integer, Integer> described(PredictionReading reading, LabelSpace dataset) {
    LabelSpace own = reading.space(dataset);
    Map<Integer, Integer> out = new TreeMap<>();
    if (!reading.values().isEmpty()) {
      reading
          .values()
          .forEach((value, name) -> out.put(value, own.indexOf(name).orElse(LabelSpace.VOID)));
    } else if (reading.encoding() == PredictionEncoding.TRAIN_IDS) {
      for (int i = 0; i < own.size(); i++) {
        out.put(i, i);
      }
      out.put(LabelSpace.VOID, LabelSpace.VOID);
    } else if (reading.encoding() == PredictionEncoding.COLOR) {
      colors(own, reading.mapping().orElseThrow(), out);
    } else {
      throw new BadInputException(
          "--encoding label-ids: the stored values of "
              + own.name()
              + " are not known here; say what they mean: --values '"
              + "0:"
              + own.classNames().get(0)
              + ",…'");
    }
    reading.mapping().ifPresent(m -> out.replaceAll((value, index) -> m.of(index)));
    return out;
  }

  private static void colors(LabelSpace own, LabelMapping mapping, Map<Integer, Integer> out) {
    out.put(0, LabelSpace.VOID);
    for (int i = 0; i < own.size(); i++) {
      LabelClass c = own.classes().get(i);
      Integer other = out.put(c.color(), i);
      if (other != null && other != LabelSpace.VOID && mapping.of(other) != mapping.of(i)) {
        throw new BadInputException(
            "encoding color cannot tell "
                + own.classNames().get(other)
                + " from "
                + c.name()
                + " in "
                + own.name()
                + ": both are "
                + Colors.text(c.color()));
      }
    }
  }
}
