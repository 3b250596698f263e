package io.drivemark.datasets.verify;

import io.drivemark.datasets.catalog.FrameFiles;
import io.drivemark.datasets.verify.Finding.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Looks whether the files that go with labels are there for all frames or for none: what needs them
 * is left out or refused where one is missing. Stateless.
 */
final class Companions {
  private Companions() {}

  static List<Finding> find(List<FrameFiles> frames) {
    List<Finding> out = new ArrayList<>();
    find(frames, FrameFiles::instances, "object numbers: iIoU").ifPresent(out::add);
    find(frames, FrameFiles::depth, "distances: a score of distances").ifPresent(out::add);
    find(frames, FrameFiles::right, "the right camera: a training on pairs").ifPresent(out::add);
    find(frames, FrameFiles::confidence, "confidences: a score weighed by them")
        .ifPresent(out::add);
    return out;
  }

  private static Optional<Finding> find(
      List<FrameFiles> frames, Function<FrameFiles, Optional<Path>> file, String what) {
    List<String> without =
        frames.stream().filter(f -> file.apply(f).isEmpty()).map(FrameFiles::id).toList();
    if (without.isEmpty() || without.size() == frames.size()) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            Kind.MISSING_COMPANION,
            "",
            without.size()
                + " of "
                + frames.size()
                + (without.size() == 1 ? " frames has" : " frames have")
                + " no file of "
                + what
                + " is not to be had; the first is "
                + without.get(0)));
  }
}
