package io.drivemark.datasets.verify;

import io.drivemark.datasets.LabelCoding;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.Sample;
import io.drivemark.datasets.catalog.FolderScan.Frame;
import io.drivemark.datasets.coding.LabelDecoder;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.datasets.image.RawLabels;
import io.drivemark.datasets.verify.Finding.Kind;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What one frame has to say: its findings and its counts. Thread-confined while it is filled. */
final class FrameCheck {
  private static final int POSITIONS = 5;
  private static final int VALUES = 20;

  private final String id;
  private final List<Finding> findings = new ArrayList<>();
  private final long[] pixels;
  private long voidPixels;
  private long unknownPixels;
  private int highestKnown = -1;
  private String size = "";

  private FrameCheck(String id, int classes) {
    this.id = id;
    this.pixels = new long[classes];
  }

  /** Checks the files of one frame; never throws for what is in them. */
  static FrameCheck of(Frame frame, LabelDecoder decoder) {
    FrameCheck check = new FrameCheck(frame.id(), decoder.coding().space().size());
    RgbImage image = null;
    try {
      if (frame.image().isPresent()) {
        image = ImageCodec.readImage(frame.image().get());
      }
    } catch (BadInputException e) {
      check.add(Kind.UNREADABLE, e.getMessage());
    }
    try {
      RawLabels raw = ImageCodec.readRaw(frame.truth());
      decoder.requireKind(frame.truth(), raw);
      check.compareSizes(frame, image, raw);
      check.values(frame.truth(), raw, decoder);
    } catch (BadInputException e) {
      check.add(Kind.UNREADABLE, e.getMessage());
    }
    return check;
  }

  /** Counts a generated sample. */
  static FrameCheck of(Sample sample) {
    FrameCheck check = new FrameCheck(sample.id(), sample.truth().space().size());
    check.count(sample.truth());
    return check;
  }

  /** A frame that could not be loaded. */
  static FrameCheck unreadable(String id, int classes, String message) {
    FrameCheck check = new FrameCheck(id, classes);
    check.add(Kind.UNREADABLE, message);
    return check;
  }

  String id() {
    return id;
  }

  List<Finding> findings() {
    return findings;
  }

  boolean good() {
    return findings.stream().noneMatch(f -> f.kind().severity() == Finding.Severity.ERROR);
  }

  long pixels(int index) {
    return pixels[index];
  }

  long voidPixels() {
    return voidPixels;
  }

  long unknownPixels() {
    return unknownPixels;
  }

  /** The highest stored value that the coding knows; -1 if there is none. */
  int highestKnown() {
    return highestKnown;
  }

  String size() {
    return size;
  }

  private void compareSizes(Frame frame, RgbImage image, RawLabels raw) {
    if (image != null && (image.height() != raw.height() || image.width() != raw.width())) {
      add(
          Kind.WRONG_SIZE,
          frame.truth()
              + ": labels are "
              + raw.height()
              + "x"
              + raw.width()
              + ", but the photograph "
              + frame.image().orElseThrow()
              + " is "
              + image.height()
              + "x"
              + image.width()
              + " (height x width)");
    }
  }

  private void values(Path file, RawLabels raw, LabelDecoder decoder) {
    Map<Integer, Unknown> unknown = new TreeMap<>();
    int count = raw.height() * raw.width();
    for (int i = 0; i < count; i++) {
      int value = raw.value(i);
      if (decoder.knows(value)) {
        highestKnown = Math.max(highestKnown, value);
      } else {
        unknown.computeIfAbsent(value, v -> new Unknown()).at(i, raw.width());
      }
    }
    boolean allowed = decoder.coding().unknownIsVoid();
    unknown.entrySet().stream()
        .limit(VALUES)
        .forEach(
            e ->
                add(
                    allowed ? Kind.UNKNOWN_AS_VOID : Kind.UNKNOWN_VALUE,
                    file + ": " + e.getValue().text(decoder.text(e.getKey()), allowed)));
    if (unknown.size() > VALUES) {
      add(
          allowed ? Kind.UNKNOWN_AS_VOID : Kind.UNKNOWN_VALUE,
          file + ": and " + (unknown.size() - VALUES) + " more unknown values");
    }
    if (unknown.isEmpty() || allowed) {
      LabelDecoder.Decoded decoded = decoder.decode(file, raw);
      unknownPixels = decoded.unknownPixels();
      count(decoded.map());
    }
  }

  private void count(LabelMap map) {
    size = map.height() + "x" + map.width();
    long[] all = new long[LabelSpace.VOID + 1];
    for (byte value : map.pixels()) {
      all[value & 0xFF]++;
    }
    System.arraycopy(all, 0, pixels, 0, pixels.length);
    voidPixels = all[LabelSpace.VOID];
  }

  private void add(Kind kind, String message) {
    findings.add(new Finding(kind, id, message));
  }

  /** Whether stored values of this coding can be told from class indices by their size. */
  static boolean storesLabelIds(LabelCoding coding) {
    return coding.kind() == LabelCoding.Kind.INDEX
        && coding.rawToIndex().keySet().stream().anyMatch(raw -> raw >= coding.space().size());
  }

  /** Where an unknown value was seen. */
  private static final class Unknown {
    private final List<String> positions = new ArrayList<>();
    private long count;

    void at(int pixel, int width) {
      if (count++ < POSITIONS) {
        positions.add("(" + pixel / width + ", " + pixel % width + ")");
      }
    }

    String text(String value, boolean allowed) {
      return "unknown label value "
          + value
          + (allowed ? ", counted as void," : "")
          + " in "
          + count
          + (count == 1 ? " pixel" : " pixels")
          + " at (row, column) "
          + positions.stream().collect(Collectors.joining(", "))
          + (count > POSITIONS ? ", …" : "");
    }
  }
}
