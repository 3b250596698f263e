package io.drivemark.datasets.verify;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.catalog.DatasetFormat;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.catalog.FolderScan;
import io.drivemark.datasets.coding.LabelDecoder;
import io.drivemark.datasets.truth.TruthReader;
import io.drivemark.datasets.verify.Finding.Kind;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.util.Optional;

/**
 * Looks through one split of a dataset: frames without a partner, ids that occur twice, lists that
 * say something else, photographs that another split has as well, files that are truncated or
 * damaged, sizes that differ, stored values that nobody declared; and counts what every class has.
 * One bad frame never stops the rest. Uses all cores. Stateless.
 *
 * <pre>{@code
 * VerifyReport report =
 *     DatasetVerifier.verify(DatasetRequest.of("camvid", "val").withRoot(root), Progress.NONE);
 * }</pre>
 */
public final class DatasetVerifier {
  /** A fast look reads the label values of at most so many frames, spread evenly. */
  public static final int FAST_FRAMES = 200;

  private DatasetVerifier() {}

  /** As {@link #verify(DatasetRequest, boolean, Progress)}, everything decoded. */
  public static VerifyReport verify(DatasetRequest request, Progress progress) {
    return verify(request, false, progress);
  }

  /**
   * Looks through a split.
   *
   * @param fast whether photographs are only checked for being whole, and label values read in at
   *     most 200 frames, spread evenly
   * @throws BadInputException if there is nothing to look through: unknown dataset or split, no
   *     root, no folder
   */
  public static VerifyReport verify(DatasetRequest request, boolean fast, Progress progress) {
    if (!request.where().isEmpty()) {
      throw new BadInputException(
          "verify looks at whole splits, not at the frames with "
              + request.where()
              + " alone; leave --where out");
    }
    return Datasets.provider(request.name()).isPresent()
        ? generated(Datasets.open(request), progress)
        : files(request, fast, progress);
  }

  private static VerifyReport files(DatasetRequest request, boolean fast, Progress progress) {
    DatasetFormat format = Datasets.format(request.name());
    FolderScan scan = Datasets.scan(format, request);
    SplitTally all = new SplitTally(format.name(), request.split(), format.labels());
    for (FolderScan.Problem p : scan.problems()) {
      all.add(kind(p.kind()), p.id(), p.message());
    }
    nothingDrivable(format).ifPresent(all::add);
    LinkCheck.find(scan).forEach(all::add);
    Companions.find(scan.frames()).forEach(all::add);
    SplitOverlap.find(format, request, scan).forEach(all::add);
    LabelDecoder decoder = format.decoder();
    TruthReader truth = format.truthReader(scan.root(), request.split());
    int count = Math.min(scan.frames().size(), request.limit().orElse(Integer.MAX_VALUE));
    int step = fast ? (count + FAST_FRAMES - 1) / FAST_FRAMES : 1;
    all.checkAll(
        count,
        i ->
            FrameCheck.of(
                scan.frames().get(i),
                truth,
                decoder,
                !fast
                    ? FrameCheck.Depth.ALL
                    : i % step == 0 ? FrameCheck.Depth.LABELS : FrameCheck.Depth.HEADERS),
        progress);
    if (request.limit().isEmpty()) {
      all.compareSplit(Optional.ofNullable(format.frames().get(request.split())));
    }
    all.compareIdSpace(format.coding());
    return all.report();
  }

  /** What to say where classes could be taken for each other, but none is drivable ground. */
  private static Optional<Finding> nothingDrivable(DatasetFormat format) {
    if (!format.facts().drivableClasses().isEmpty() || format.labels().size() < 2) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            Kind.NOTHING_DRIVABLE,
            "",
            format.name()
                + " declares no drivable classes, so obstacles taken for drivable ground will not"
                + " be counted; name those of "
                + String.join(", ", format.labels().classNames())
                + " that can be driven on, for example 'drivable: ["
                + format.labels().classNames().get(0)
                + "]'"));
  }

  private static VerifyReport generated(Dataset dataset, Progress progress) {
    SplitTally all = new SplitTally(dataset.name(), dataset.split(), dataset.labels());
    all.checkAll(
        dataset.ids().size(),
        i -> {
          try {
            return FrameCheck.of(dataset.frame(i).sample());
          } catch (BadInputException e) {
            return FrameCheck.unreadable(
                dataset.ids().get(i), dataset.labels().size(), e.getMessage());
          }
        },
        progress);
    return all.report();
  }

  private static Kind kind(FolderScan.ProblemKind kind) {
    return switch (kind) {
      case MISSING_IMAGE -> Kind.MISSING_IMAGE;
      case MISSING_TRUTH -> Kind.MISSING_TRUTH;
      case DUPLICATE_ID -> Kind.DUPLICATE_ID;
      case LIST_MISMATCH -> Kind.LIST_MISMATCH;
      case NO_SPLIT -> Kind.NO_SPLIT;
      case BROKEN_LINK -> Kind.BROKEN_LINK;
      case OUTSIDE_ROOT -> Kind.OUTSIDE_ROOT;
    };
  }
}
