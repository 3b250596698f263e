package io.drivemark.datasets.catalog;

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
  Optional<int[]> objects(FrameFiles files, LabelMap labels, PixelArrays arrays) {
    if (files.instances().isEmpty()) {
      return truth.objects(files.truth(), labels, arrays);
    }
    Path file = files.instances().get();
    RawLabels raw = ImageCodec.readRaw(file, format.objects().channel(), arrays);
    if (raw.bytesPerPixel() == 3) {
      throw new BadInputException(
          file + ": found " + raw.kind() + ", expected object numbers in one channel of 16 bits");
    }
    requireSize(file, "object numbers", raw, files, labels);
    int[] out = arrays.takeInts(labels.pixels().length);
    objects.decode(raw, labels.pixels(), out);
    return Optional.of(out);
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
