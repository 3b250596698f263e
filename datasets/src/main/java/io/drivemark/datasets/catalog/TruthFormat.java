package io.drivemark.datasets.catalog;

import io.drivemark.datasets.image.ColorChannel;
import io.drivemark.datasets.truth.PanopticTruth;
import io.drivemark.datasets.truth.PngTruth;
import io.drivemark.datasets.truth.PolygonTruth;
import io.drivemark.datasets.truth.TruthReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Of what kind a dataset's label files are. Immutable.
 *
 * @param kind which kind
 * @param channel the channel of a PNG that holds the class; empty for the whole pixel
 * @param segments the JSON file of panoptic segments below the root; {@code {split}} stands for the
 *     split
 * @param labels the stored values that stand for labels of polygons
 * @param unknown the stored value of other labels of polygons; empty if those are an error
 */
record TruthFormat(
    Kind kind,
    Optional<ColorChannel> channel,
    Optional<String> segments,
    Map<String, Integer> labels,
    OptionalInt unknown) {
  /** The stored value where no polygon is. */
  static final int UNCOVERED = 255;

  /** Kinds of label files. */
  enum Kind {
    PNG,
    POLYGONS,
    PANOPTIC
  }

  TruthFormat {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(unknown, "unknown");
    labels = new TreeMap<>(labels);
    if ((kind == Kind.PANOPTIC) != segments.isPresent()) {
      throw new IllegalArgumentException("panoptic labels have a file of segments, no others do");
    }
  }

  /** PNG files, the whole pixel or one channel. */
  static TruthFormat png(Optional<ColorChannel> channel) {
    return new TruthFormat(Kind.PNG, channel, Optional.empty(), Map.of(), OptionalInt.empty());
  }

  /** Whether values of 8 bits may be stored in 16: where it is said which 16 bits are meant. */
  boolean anyDepth() {
    return channel.isPresent() || kind == Kind.PANOPTIC;
  }

  /** The file of segments of a split, where there is one. */
  Optional<Path> segmentsFile(Path root, String folder) {
    return segments.map(name -> root.resolve(name.replace("{split}", folder)));
  }

  /** What unpacks the files of one split. */
  TruthReader reader(Path root, String folder) {
    return switch (kind) {
      case PNG -> new PngTruth(channel);
      case POLYGONS -> new PolygonTruth(labels, UNCOVERED, unknown);
      case PANOPTIC -> new PanopticTruth(segmentsFile(root, folder).orElseThrow());
    };
  }

  /** All of it as one line, for digests; empty for whole pixels of PNG files. */
  String canonical() {
    return equals(png(Optional.empty()))
        ? ""
        : kind.name()
            + " channel "
            + channel.map(ColorChannel::word).orElse("-")
            + " labels "
            + labels
            + " unknown "
            + (unknown.isPresent() ? unknown.getAsInt() : "-");
  }
}
