package io.drivemark.datasets.verify;

import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.catalog.DatasetFormat;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.catalog.FolderScan;
import io.drivemark.datasets.catalog.FrameFiles;
import io.drivemark.datasets.verify.Finding.Kind;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds frames that a split shares with another: same id and the same bytes, or neighbours in one
 * recording. Ids alone may repeat, because some datasets number each split from zero. Stateless.
 */
final class SplitOverlap {
  /** Takes all frames by definition. */
  private static final String ALL = "all";

  private static final String TRAIN = "train";

  private SplitOverlap() {}

  static List<Finding> find(DatasetFormat format, DatasetRequest request, FolderScan scan) {
    List<Finding> out = new ArrayList<>();
    for (String other : format.splits()) {
      if (other.equals(request.split()) || other.equals(ALL) || request.split().equals(ALL)) {
        continue;
      }
      List<FrameFiles> others = frames(format, request, other);
      if (!isTraining(request.split()) || isTraining(other)) {
        Neighbours.find(ids(scan.frames()), request.split(), ids(others), other)
            .ifPresent(out::add);
      }
      Map<String, FrameFiles> there =
          others.stream().collect(Collectors.toMap(FrameFiles::id, Function.identity()));
      for (FrameFiles frame : scan.frames()) {
        Optional<Path> twin = Optional.ofNullable(there.get(frame.id())).flatMap(FrameFiles::image);
        if (twin.isPresent() && frame.image().isPresent()) {
          compare(frame, twin.get(), other).ifPresent(out::add);
        }
      }
    }
    return out;
  }

  /** Nobody is scored on these frames, so it does no harm that others stand next to them. */
  private static boolean isTraining(String split) {
    return split.startsWith(TRAIN);
  }

  private static List<String> ids(List<FrameFiles> frames) {
    return frames.stream().map(FrameFiles::id).toList();
  }

  private static List<FrameFiles> frames(
      DatasetFormat format, DatasetRequest request, String split) {
    try {
      DatasetRequest there =
          new DatasetRequest(
              request.name(),
              request.root(),
              split,
              request.limit(),
              request.options(),
              request.labelsOnly());
      return Datasets.scan(format, there).frames();
    } catch (BadInputException e) {
      return List.of(); // That split is not there: nothing to share.
    }
  }

  private static Optional<Finding> compare(FrameFiles frame, Path twin, String split) {
    Path image = frame.image().orElseThrow();
    try {
      return Files.mismatch(image, twin) >= 0
          ? Optional.empty()
          : Optional.of(
              new Finding(
                  Kind.SPLIT_OVERLAP,
                  frame.id(),
                  image
                      + ": the same photograph is in split "
                      + split
                      + " as "
                      + twin
                      + "; a score on one that was trained on the other means nothing"));
    } catch (IOException e) {
      return Optional.empty(); // The check of this frame says that it cannot be read.
    }
  }
}
