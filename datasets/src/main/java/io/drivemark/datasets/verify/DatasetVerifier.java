package io.drivemark.datasets.verify;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.catalog.DatasetFormat;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.catalog.FolderScan;
import io.drivemark.datasets.coding.LabelDecoder;
import io.drivemark.datasets.verify.Finding.Kind;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
  /** A class in fewer frames than this gets a note. */
  private static final int FEW_FRAMES = 10;

  private static final int AT_ONCE = 16;

  private DatasetVerifier() {}

  /**
   * Looks through a split.
   *
   * @throws BadInputException if there is nothing to look through: unknown dataset or split, no
   *     root, no folder
   */
  public static VerifyReport verify(DatasetRequest request, Progress progress) {
    return Datasets.provider(request.name()).isPresent()
        ? generated(Datasets.open(request), progress)
        : files(request, progress);
  }

  private static VerifyReport files(DatasetRequest request, Progress progress) {
    DatasetFormat format = Datasets.format(request.name());
    FolderScan scan = Datasets.scan(format, request);
    Collector all = new Collector(format.name(), request.split(), format.labels());
    for (FolderScan.Problem p : scan.problems()) {
      all.add(kind(p.kind()), p.id(), p.message());
    }
    SplitOverlap.find(format, request, scan).forEach(f -> all.add(f.kind(), f.id(), f.message()));
    LabelDecoder decoder = new LabelDecoder(format.coding());
    int count = Math.min(scan.frames().size(), request.limit().orElse(Integer.MAX_VALUE));
    all.checkAll(count, i -> FrameCheck.of(scan.frames().get(i), decoder), progress);
    if (request.limit().isEmpty()) {
      all.compareSplit(Optional.ofNullable(format.frames().get(request.split())));
    }
    if (FrameCheck.storesLabelIds(format.coding())) {
      all.compareIdSpace();
    }
    return all.report();
  }

  private static VerifyReport generated(Dataset dataset, Progress progress) {
    Collector all = new Collector(dataset.name(), dataset.split(), dataset.labels());
    all.checkAll(
        dataset.ids().size(),
        i -> {
          try {
            return FrameCheck.of(dataset.load(i));
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

  /** Adds up frames in order, so that a report never depends on the number of cores. */
  private static final class Collector {
    private final String dataset;
    private final String split;
    private final LabelSpace space;
    private final List<Finding> findings = new ArrayList<>();
    private final long[] pixels;
    private final int[] containing;
    private final Map<String, Integer> sizes = new TreeMap<>();
    private final List<String> allVoid = new ArrayList<>();
    private int frames;
    private int good;
    private long voidPixels;
    private long unknownPixels;
    private int highestKnown = -1;

    Collector(String dataset, String split, LabelSpace space) {
      this.dataset = dataset;
      this.split = split;
      this.space = space;
      this.pixels = new long[space.size()];
      this.containing = new int[space.size()];
    }

    void checkAll(int count, IntFunction<FrameCheck> check, Progress progress) {
      progress.begin("verify " + dataset + " " + split, count);
      for (int from = 0; from < count; from += AT_ONCE) {
        int to = Math.min(count, from + AT_ONCE);
        List<FrameCheck> some =
            IntStream.range(from, to).parallel().mapToObj(check).collect(Collectors.toList());
        some.forEach(this::add);
        progress.step(to, findings.isEmpty() ? "" : findings.size() + " findings");
      }
      progress.end();
    }

    void add(Kind kind, String id, String message) {
      findings.add(new Finding(kind, id, message));
    }

    private void add(FrameCheck check) {
      frames++;
      findings.addAll(check.findings());
      highestKnown = Math.max(highestKnown, check.highestKnown());
      if (!check.good()) {
        return;
      }
      good++;
      long judged = 0;
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = Math.addExact(pixels[i], check.pixels(i));
        containing[i] += check.pixels(i) > 0 ? 1 : 0;
        judged += check.pixels(i);
      }
      voidPixels = Math.addExact(voidPixels, check.voidPixels());
      unknownPixels = Math.addExact(unknownPixels, check.unknownPixels());
      sizes.merge(check.size(), 1, Integer::sum);
      if (judged == 0) {
        allVoid.add(check.id());
      }
    }

    void compareSplit(Optional<Integer> published) {
      if (published.isPresent() && published.get() != frames) {
        add(
            Kind.SPLIT_SIZE,
            "",
            "split "
                + split
                + " has "
                + frames
                + " complete frames, the published one has "
                + published.get());
      }
    }

    void compareIdSpace() {
      if (highestKnown >= 0 && highestKnown < space.size()) {
        add(
            Kind.WRONG_ID_SPACE,
            "",
            "no stored value is above "
                + highestKnown
                + ": these look like class indices (train ids), but "
                + dataset
                + " declares label ids");
      }
    }

    VerifyReport report() {
      List<VerifyReport.ClassCount> classes = new ArrayList<>();
      for (int i = 0; i < pixels.length; i++) {
        String name = space.classes().get(i).name();
        classes.add(new VerifyReport.ClassCount(name, pixels[i], containing[i]));
        if (good > 0 && containing[i] < Math.min(FEW_FRAMES, good)) {
          add(
              Kind.RARE_CLASS,
              "",
              "class "
                  + name
                  + " is in "
                  + containing[i]
                  + " of "
                  + good
                  + " frames: "
                  + (containing[i] == 0
                      ? "its IoU cannot be measured on this split"
                      : "its IoU on this split says little"));
        }
      }
      if (sizes.size() > 1) {
        add(
            Kind.MIXED_SIZES,
            "",
            "frames have " + sizes.size() + " sizes: " + sizes + " (height x width=frames)");
      }
      if (!allVoid.isEmpty()) {
        add(
            Kind.ALL_VOID,
            "",
            allVoid.size() + " frames have no judged pixel, the first is " + allVoid.get(0));
      }
      return new VerifyReport(
          dataset, split, frames, good, findings, classes, voidPixels, unknownPixels, sizes);
    }
  }
}
