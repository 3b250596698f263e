package io.drivemark.datasets.catalog;

import io.drivemark.datasets.Instances;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.PixelArrays;
import io.drivemark.datasets.coding.LabelDecoder;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.datasets.image.RawLabels;
import io.drivemark.datasets.truth.TruthReader;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the files of a split's frames are read: what all its frames share. Immutable and thread-safe.
 */
final class FrameReader {
  /** Objects are kept as runs where these have at least so many pixels in the mean. */
  private static final int PIXELS_OF_A_RUN = 8;

  private final DatasetFormat format;
  private final LabelDecoder decoder;
  private final TruthReader truth;
  private final ObjectDecoder objects;
  private final FileAttributes attributes;

  FrameReader(DatasetFormat format, TruthReader truth, FileAttributes attributes) {
    this.format = format;
    this.decoder = format.decoder();
    this.truth = truth;
    this.objects = new ObjectDecoder(format.objects().numbers(), format.labels());
    this.attributes = attributes;
  }

  DatasetFormat format() {
    return format;
  }

  FileAttributes attributes() {
    return attributes;
  }

  LabelDecoder.Decoded truth(Path file, PixelArrays arrays) {
    return decoder.decode(file, truth.read(file, arrays), arrays);
  }

  /** Whether any file tells the objects of this frame apart. */
  boolean hasObjects(FrameFiles files) {
    return files.instances().isPresent() || truth.hasObjects();
  }

  /** From a file of their own; else from the labels, if those tell objects apart. */
  Optional<Instances> objects(FrameFiles files, LabelMap labels, PixelArrays arrays) {
    if (files.instances().isEmpty()) {
      return truth
          .objects(files.truth(), labels, arrays)
          .map(ids -> Instances.of(labels.height(), labels.width(), ids));
    }
    Path file = files.instances().get();
    RawLabels raw = ImageCodec.readRaw(file, format.objects().channel(), arrays);
    if (raw.bytesPerPixel() == 3) {
      throw new BadInputException(
          file + ": found " + raw.kind() + ", expected object numbers in one channel of 16 bits");
    }
    requireSize(file, "object numbers", raw, files, labels);
    return Optional.of(objects(raw, labels, arrays));
  }

  private Instances objects(RawLabels raw, LabelMap labels, PixelArrays arrays) {
    byte[] pixels = labels.pixels();
    int most = pixels.length / PIXELS_OF_A_RUN + 1;
    int[] starts = arrays.takeInts(most);
    int[] numbers = arrays.takeInts(most);
    int runs = objects.runs(raw, pixels, starts, numbers);
    if (runs != ObjectDecoder.TOO_MANY) {
      return Instances.ofRuns(
          labels.height(), labels.width(), starts, numbers, runs, arrays::takeInts);
    }
    int[] ids = arrays.takeInts(pixels.length);
    objects.decode(raw, pixels, ids);
    return Instances.of(labels.height(), labels.width(), ids);
  }

  /** Of a frame whose dataset has them. */
  char[] confidence(Path file, FrameFiles files, LabelMap labels) {
    RawLabels raw = ImageCodec.readRaw(file);
    if (raw.bytesPerPixel() != 2) {
      throw new BadInputException(
          file + ": found " + raw.kind() + ", expected confidences in one channel of 16 bits");
    }
    requireSize(file, "confidences", raw, files, labels);
    char[] out = new char[raw.height() * raw.width()];
    for (int i = 0; i < out.length; i++) {
      out[i] = (char) raw.value(i);
    }
    return out;
  }

  private static void requireSize(
      Path file, String what, RawLabels raw, FrameFiles files, LabelMap labels) {
    if (raw.height() != labels.height() || raw.width() != labels.width()) {
      throw new BadInputException(
          file
              + ": "
              + what
              + " are "
              + size(raw.height(), raw.width())
              + ", but the labels "
              + files.truth()
              + " are "
              + size(labels.height(), labels.width())
              + " (height x width); they must be equal");
    }
  }

  static String size(int height, int width) {
    return height + "x" + width;
  }
}
