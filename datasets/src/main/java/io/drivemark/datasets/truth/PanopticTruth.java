package io.drivemark.datasets.truth;

import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.PixelArrays;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.datasets.image.ImageInfo;
import io.drivemark.datasets.image.RawLabels;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Labels in COCO's panoptic format: a colour PNG whose pixels are segments, R + 256·G + 65536·B,
 * and one JSON file that says which category each segment of each PNG has. The stored value is the
 * category; segment 0 is void. The JSON is read with the first file that is asked for.
 */
public final class PanopticTruth implements TruthReader {
  /** The stored value of segment 0, which no category may have. */
  public static final int NO_SEGMENT = 65535;

  private static final int MOST_IN_MESSAGE = 5;

  private final Path json;
  private Map<String, Segments> segments; // by the PNG's name, once they are read

  /**
   * @param json the file that describes the segments of all PNG files
   */
  public PanopticTruth(Path json) {
    this.json = json;
  }

  private synchronized Segments segments(Path png) {
    if (segments == null) {
      segments = PanopticJson.read(json);
    }
    Segments found = segments.get(png.getFileName().toString());
    if (found == null) {
      throw new BadInputException(
          png
              + ": "
              + json
              + " describes no segments of a file of this name; it has "
              + segments.size()
              + (segments.size() == 1 ? " file" : " files")
              + segments.keySet().stream()
                  .sorted()
                  .limit(MOST_IN_MESSAGE)
                  .reduce((a, b) -> a + ", " + b)
                  .map(names -> ", for example " + names)
                  .orElse(""));
    }
    return found;
  }

  @Override
  public RawLabels read(Path file, PixelArrays arrays) {
    RawLabels png = png(file, arrays);
    Segments listed = segments(file);
    int pixels = png.height() * png.width();
    byte[] out = arrays.take(Math.multiplyExact(2, pixels));
    int last = 0;
    int category = NO_SEGMENT;
    for (int i = 0; i < pixels; i++) {
      int id = id(png.value(i));
      if (id != last) {
        last = id;
        category = id == 0 ? NO_SEGMENT : category(file, png, listed, i, id);
      }
      out[2 * i] = (byte) (category >> 8);
      out[2 * i + 1] = (byte) category;
    }
    return RawLabels.of(png.height(), png.width(), 2, out);
  }

  private int category(Path file, RawLabels png, Segments listed, int pixel, int id) {
    return listed
        .find(id)
        .orElseThrow(
            () ->
                new BadInputException(
                    file
                        + ": the pixel at row "
                        + pixel / png.width()
                        + ", column "
                        + pixel % png.width()
                        + " is of segment "
                        + id
                        + ", which "
                        + json
                        + " does not describe; the two do not belong together, or one is damaged"))
        .category();
  }

  @Override
  public ImageInfo info(Path file) {
    segments(file);
    return ImageCodec.info(file);
  }

  /** An object's number is its segment's; crowds are no single objects. */
  @Override
  public Optional<int[]> objects(Path file, LabelMap truth, PixelArrays arrays) {
    RawLabels png = png(file, arrays);
    Segments listed = segments(file);
    int[] out = arrays.takeInts(truth.pixels().length);
    for (int i = 0; i < out.length; i++) {
      int id = id(png.value(i));
      out[i] = listed.find(id).map(Segments.Segment::crowd).orElse(true) ? 0 : id;
    }
    SingleObjects.keep(out, truth);
    return Optional.of(out);
  }

  @Override
  public boolean hasObjects() {
    return true;
  }

  private static RawLabels png(Path file, PixelArrays arrays) {
    RawLabels png = ImageCodec.readRaw(file, arrays);
    if (png.bytesPerPixel() != 3) {
      throw new BadInputException(
          file
              + ": found "
              + png.kind()
              + ", expected a colour image whose pixels are segments, R + 256 G + 65536 B");
    }
    return png;
  }

  /** R + 256·G + 65536·B of 0xRRGGBB. */
  private static int id(int color) {
    return color >> 16 | color & 0xFF00 | (color & 0xFF) << 16;
  }
}
