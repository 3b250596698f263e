package io.drivemark.datasets.verify;

import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.PixelArrays;
import io.drivemark.datasets.Sample;
import io.drivemark.datasets.catalog.FrameFiles;
import io.drivemark.datasets.coding.LabelDecoder;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.datasets.image.ImageInfo;
import io.drivemark.datasets.image.RawLabels;
import io.drivemark.datasets.truth.TruthReader;
import io.drivemark.datasets.verify.Finding.Kind;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Counted;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private int highestUnknown = -1;
  private int orientation = 1;
  private boolean decoded;
  private String size = "";
  private Optional<String> palette = Optional.empty();

  private FrameCheck(String id, int classes) {
    this.id = id;
    this.pixels = new long[classes];
  }

  /** How closely a frame is looked at. */
  enum Depth {
    /** Photograph and labels are decoded. */
    ALL,
    /** The photograph is checked for being whole, the labels are decoded. */
    LABELS,
    /** Both are checked for being whole. */
    HEADERS
  }

  /** Checks the files of one frame; never throws for what is in them. */
  static FrameCheck of(FrameFiles frame, TruthReader reader, LabelDecoder decoder, Depth depth) {
    FrameCheck check = new FrameCheck(frame.id(), decoder.coding().space().size());
    Optional<ImageInfo> image = frame.image().flatMap(file -> check.image(file, depth));
    try {
      if (depth == Depth.HEADERS) {
        ImageInfo truth = reader.info(frame.truth());
        check.size = truth.height() + "x" + truth.width();
        check.compareSizes(frame, image, truth.height(), truth.width());
      } else {
        RawLabels raw =
            decoder.ofKind(
                frame.truth(), reader.read(frame.truth(), new PixelArrays()), new PixelArrays());
        check.compareSizes(frame, image, raw.height(), raw.width());
        check.values(frame.truth(), raw, decoder);
      }
    } catch (BadInputException e) {
      check.add(Kind.UNREADABLE, e.getMessage());
    }
    return check;
  }

  private Optional<ImageInfo> image(Path file, Depth depth) {
    try {
      byte[] bytes = ImageCodec.bytes(file);
      ImageInfo info = ImageInfo.of(file, bytes);
      if (depth == Depth.ALL) {
        ImageCodec.decodeImage(file, bytes);
      }
      orientation = info.orientation();
      return Optional.of(info);
    } catch (BadInputException e) {
      add(Kind.UNREADABLE, e.getMessage());
      return Optional.empty();
    }
  }

  /** Checks labels alone, once their file is unpacked; never throws for what is in them. */
  static FrameCheck of(String id, Path file, RawLabels raw, LabelDecoder decoder) {
    FrameCheck check = new FrameCheck(id, decoder.coding().space().size());
    try {
      check.values(file, decoder.ofKind(file, raw, new PixelArrays()), decoder);
    } catch (BadInputException e) {
      check.add(Kind.UNREADABLE, e.getMessage());
    }
    return check;
  }

  /** Counts a generated sample. */
  static FrameCheck of(Sample sample) {
    FrameCheck check = new FrameCheck(sample.id(), sample.truth().space().size());
    check.count(sample.truth());
    check.decoded = true;
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

  /** The highest stored value that the coding does not know; -1 if there is none. */
  int highestUnknown() {
    return highestUnknown;
  }

  /** The photograph's EXIF orientation; 1 = none. */
  int orientation() {
    return orientation;
  }

  /** Whether the label values were read. */
  boolean decoded() {
    return decoded;
  }

  /** How its palette contradicts the declared values, if it does. */
  Optional<String> palette() {
    return palette;
  }

  String size() {
    return size;
  }

  private void compareSizes(FrameFiles frame, Optional<ImageInfo> image, int height, int width) {
    image.ifPresent(i -> comparePhotograph(frame, i, height, width));
    frame
        .instances()
        .ifPresent(file -> companion(file, "object numbers", Byte.SIZE, height, width));
    frame.depth().ifPresent(file -> companion(file, "distances", Short.SIZE, height, width));
    frame.confidence().ifPresent(file -> companion(file, "confidences", Short.SIZE, height, width));
  }

  /** A file that goes with the labels: it must be whole, of their size, and deep enough. */
  private void companion(Path file, String what, int bits, int height, int width) {
    try {
      ImageInfo info = ImageCodec.info(file);
      if (info.height() != height || info.width() != width) {
        add(
            Kind.WRONG_SIZE,
            file
                + ": "
                + what
                + " are "
                + info.height()
                + "x"
                + info.width()
                + ", but the labels are "
                + height
                + "x"
                + width
                + " (height x width)");
      }
      if (info.bits() < bits) {
        add(
            Kind.UNREADABLE,
            file + ": found " + info.bits() + " bits, expected " + what + " in " + bits + " bits");
      }
    } catch (BadInputException e) {
      add(Kind.UNREADABLE, e.getMessage());
    }
  }

  private void comparePhotograph(FrameFiles frame, ImageInfo image, int height, int width) {
    if (image.height() == height && image.width() == width) {
      return;
    }
    boolean turned = image.sideways() && image.height() == width && image.width() == height;
    add(
        Kind.WRONG_SIZE,
        frame.truth()
            + ": labels are "
            + height
            + "x"
            + width
            + ", but the photograph "
            + frame.image().orElseThrow()
            + " is "
            + image.height()
            + "x"
            + image.width()
            + " (height x width)"
            + (turned
                ? "; its EXIF orientation "
                    + image.orientation()
                    + " was applied when the labels were made, but photographs are read as they are"
                    + " stored: turn the labels back"
                : ""));
  }

  private void values(Path file, RawLabels raw, LabelDecoder decoder) {
    palette = PaletteCheck.contradiction(decoder.coding(), raw).map(text -> file + ": " + text);
    Map<Integer, Unknown> unknown = new TreeMap<>();
    int count = raw.height() * raw.width();
    for (int i = 0; i < count; i++) {
      int value = raw.value(i);
      if (decoder.knows(value)) {
        highestKnown = Math.max(highestKnown, value);
      } else {
        highestUnknown = Math.max(highestUnknown, value);
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
          file + ": and " + Counted.of(unknown.size() - VALUES, "more unknown value"));
    }
    if (unknown.isEmpty() || allowed) {
      LabelDecoder.Decoded labels = decoder.decode(file, raw);
      unknownPixels = labels.unknownPixels();
      count(labels.map());
    }
    decoded = true;
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
