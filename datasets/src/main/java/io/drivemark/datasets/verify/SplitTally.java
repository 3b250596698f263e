package io.drivemark.datasets.verify;

import io.drivemark.datasets.LabelCoding;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.verify.Finding.Kind;
import io.drivemark.problem.Counted;
import io.drivemark.problem.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the frames of one split have to say together. Frames are added in order, so that a report
 * never depends on the number of cores. For one thread.
 */
final class SplitTally {
  /** A class in fewer frames than this gets a note. */
  private static final int FEW_FRAMES = 10;

  /** Sizes that a message names. */
  private static final int MOST_SIZES = 10;

  /** Frames that are handed to the cores together. */
  private static final int AT_ONCE = 64;

  private static final String CITYSCAPES = "cityscapes-19";
  private static final int MOST_CITYSCAPES_ID = 33;

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
  private int highestUnknown = -1;
  private int decoded;
  private int turned;
  private String firstTurned = "";
  private int contradicted;
  private String firstContradicted = "";
  private final List<VoidSpread.Share> shares = new ArrayList<>();

  SplitTally(String dataset, String split, LabelSpace space) {
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
      progress.step(to, progressText());
    }
    progress.end();
  }

  private String progressText() {
    return switch (findings.size()) {
      case 0 -> "";
      case 1 -> "1 finding";
      default -> findings.size() + " findings";
    };
  }

  void add(Finding finding) {
    findings.add(finding);
  }

  void add(Kind kind, String id, String message) {
    findings.add(new Finding(kind, id, message));
  }

  private void add(FrameCheck check) {
    frames++;
    findings.addAll(check.findings());
    highestKnown = Math.max(highestKnown, check.highestKnown());
    highestUnknown = Math.max(highestUnknown, check.highestUnknown());
    if (check.orientation() > 1 && turned++ == 0) {
      firstTurned = check.id() + " (orientation " + check.orientation() + ")";
    }
    if (check.palette().isPresent() && contradicted++ == 0) {
      firstContradicted = check.palette().get();
    }
    if (!check.good()) {
      return;
    }
    good++;
    sizes.merge(check.size(), 1, Integer::sum);
    if (!check.decoded()) {
      return;
    }
    decoded++;
    long judged = 0;
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = Math.addExact(pixels[i], check.pixels(i));
      containing[i] += check.pixels(i) > 0 ? 1 : 0;
      judged += check.pixels(i);
    }
    voidPixels = Math.addExact(voidPixels, check.voidPixels());
    unknownPixels = Math.addExact(unknownPixels, check.unknownPixels());
    shares.add(
        new VoidSpread.Share(
            check.id(), (double) check.voidPixels() / (judged + check.voidPixels())));
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
              + Counted.of(frames, "complete frame")
              + ", the published one has "
              + published.get());
    }
  }

  /** Suspects class indices where label ids are declared, and the other way round. */
  void compareIdSpace(LabelCoding coding) {
    boolean index = coding.kind() == LabelCoding.Kind.INDEX;
    boolean ids = coding.rawToIndex().keySet().stream().anyMatch(raw -> raw >= space.size());
    if (index && ids && highestKnown >= 0 && highestKnown < space.size()) {
      add(
          Kind.WRONG_ID_SPACE,
          "",
          "no stored value is above "
              + highestKnown
              + ": these look like class indices (train ids), but "
              + dataset
              + " declares label ids");
    }
    if (index
        && !ids
        && space.name().equals(CITYSCAPES)
        && highestUnknown >= space.size()
        && highestUnknown <= MOST_CITYSCAPES_ID) {
      add(
          Kind.WRONG_ID_SPACE,
          "",
          "stored values go up to "
              + highestUnknown
              + ": these look like the label ids of Cityscapes, but "
              + dataset
              + " declares class indices (train ids)");
    }
  }

  VerifyReport report() {
    List<VerifyReport.ClassCount> classes = new ArrayList<>();
    for (int i = 0; i < pixels.length; i++) {
      String name = space.classes().get(i).name();
      classes.add(new VerifyReport.ClassCount(name, pixels[i], containing[i]));
      if (decoded > 0 && containing[i] < Math.min(FEW_FRAMES, decoded)) {
        add(
            Kind.RARE_CLASS,
            "",
            "class "
                + name
                + " is in "
                + containing[i]
                + " of "
                + Counted.of(decoded, "frame")
                + ": "
                + (containing[i] == 0
                    ? "its IoU cannot be measured on this split"
                    : "its IoU on this split says little"));
      }
    }
    if (sizes.size() > 1) {
      add(Kind.MIXED_SIZES, "", mixedSizes());
    }
    if (turned > 0) {
      add(
          Kind.EXIF_ROTATION,
          "",
          turned
              + (turned == 1 ? " photograph has" : " photographs have")
              + " an EXIF rotation, the first is "
              + firstTurned
              + ": it is not applied, because labels lie as the pixels are stored");
    }
    if (contradicted > 0) {
      add(
          Kind.PALETTE,
          "",
          contradicted
              + (contradicted == 1 ? " label file has" : " label files have")
              + " a palette that contradicts the declared values, the first is "
              + firstContradicted
              + ". Values are read as they are declared; if the colours are right, declare"
              + " 'kind: color' under 'coding'");
    }
    VoidSpread voids = VoidSpread.of(shares);
    if (voids.mostlyVoid() > 0) {
      add(
          Kind.MOSTLY_VOID,
          "",
          voids.mostlyVoid()
              + " of "
              + Counted.of(decoded, "frame")
              + (voids.mostlyVoid() == 1 ? " is" : " are")
              + " void for more than half, the worst is "
              + voids.worst()
              + String.format(Locale.ROOT, " with %.1f %%", 100 * voids.highest()));
    }
    if (!allVoid.isEmpty()) {
      add(
          Kind.ALL_VOID,
          "",
          Counted.of(allVoid.size(), "frame has", "frames have")
              + " no judged pixel, the first is "
              + allVoid.get(0));
    }
    return new VerifyReport(
        dataset,
        split,
        frames,
        good,
        findings,
        classes,
        voidPixels,
        unknownPixels,
        sizes,
        voids,
        decoded);
  }

  private String mixedSizes() {
    if (sizes.size() <= MOST_SIZES) {
      return "frames have " + sizes.size() + " sizes: " + sizes + " (height x width=frames)";
    }
    List<Map.Entry<String, Integer>> most =
        sizes.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .limit(MOST_SIZES)
            .toList();
    return "frames have "
        + sizes.size()
        + " sizes, most often "
        + most
        + " (height x width=frames)";
  }
}
