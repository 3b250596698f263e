package io.drivemark.datasets.truth;

import io.drivemark.datasets.PixelArrays;
import io.drivemark.datasets.image.ColorChannel;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.datasets.image.ImageInfo;
import io.drivemark.datasets.image.RawLabels;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Labels in PNG files: the whole pixel is the value, or one channel of a colour image (CARLA's red
 * one, SYNTHIA's red one of 16 bits). Immutable.
 *
 * @param channel which channel; empty for the whole pixel
 */
public record PngTruth(Optional<ColorChannel> channel) implements TruthReader {
  @Override
  public RawLabels read(Path file, PixelArrays arrays) {
    return ImageCodec.readRaw(file, channel, arrays);
  }

  @Override
  public ImageInfo info(Path file) {
    return ImageCodec.info(file);
  }
}
