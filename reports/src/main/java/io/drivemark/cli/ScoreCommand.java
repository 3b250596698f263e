package io.drivemark.cli;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.coding.PredictionReading;
import io.drivemark.eval.gauge.standard.BoundaryGauge;
import io.drivemark.eval.gauge.standard.TrimapGauge;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.eval.metrics.Protocol;
import io.drivemark.eval.metrics.Protocols;
import io.drivemark.eval.metrics.Scores;
import io.drivemark.eval.metrics.instance.InstanceIou;
import io.drivemark.eval.metrics.safety.VulnerableRecall;
import io.drivemark.eval.runner.record.GaugeReading;
import io.drivemark.eval.runner.score.Comparison;
import io.drivemark.eval.runner.score.Score;
import io.drivemark.eval.runner.score.ScoreDetails;
import io.drivemark.eval.runner.score.ScoreOptions;
import io.drivemark.eval.runner.score.Scorer;
import io.drivemark.eval.statistics.Interval;
import io.drivemark.problem.Progress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Scores prediction files that any tool made. */
@Command(
    name = "score",
    mixinStandardHelpOptions = true,
    header = Summaries.SCORE,
    description =
        "Scores predictions that any tool made: ID.png for each sample, found anywhere below the"
            + " folder (per-city folders are fine, and folders may be part of the id:"
            + " 201/frame0029.png is 201_frame0029), with 8 or 16 bits, at the truth's size. Other"
            + " names, .npy arrays, other values, classes and sizes are described by --files,"
            + " --values, --mapping and --resize. Reads labels, not images, on all cores.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  drivemark score --dataset camvid --root /data/camvid --split val \\",
      "      --predictions predictions --json score.json",
      "",
      "  drivemark score --dataset camvid --root /data/camvid --split val \\",
      "      --predictions predictions --metrics boundary-iou,flicker",
      "",
      "  drivemark score --dataset camvid --root /data/camvid --split val \\",
      "      --predictions mine --against theirs",
      "",
      "  drivemark score --dataset cityscapes --root /data/cityscapes --split val \\",
      "      --predictions results --files '{id}_leftImg8bit_pred.png' --encoding label-ids",
      "",
      "A prediction that is missing, doubled or of no sample is exit code 2."
    })
final class ScoreCommand implements Callable<Integer> {
  @Mixin private DatasetArguments dataset;

  @Option(names = "--split", required = true, paramLabel = "S", description = "For example val.")
  private String split;

  @Mixin private ScoreArguments files;

  @Mixin private ReadingArguments describes;

  @Option(
      names = "--protocol",
      paramLabel = "P",
      defaultValue = "cityscapes",
      description = "See 'drivemark list protocols' (${DEFAULT-VALUE}).")
  private String protocol;

  @Option(
      names = "--metrics",
      paramLabel = "M",
      split = ",",
      description =
          "What else to judge: boundary-iou, boundary-f (contours within 0.75 %% of the diagonal),"
              + " trimap (IoU within 1, 2, 4, ... 32 pixels of a border), specks (single wrong"
              + " pixels, and whether they stand in a grid), flicker (predictions that change"
              + " between neighbouring frames of a sequence where the truth does not),"
              + " calibration (needs --confidences). Each costs about as much as reading the files,"
              + " boundary-f several times that.")
  private List<String> metrics = List.of();

  @Option(names = "--boundaries", description = "The same as --metrics boundary-iou,trimap.")
  private boolean boundaries;

  @Option(
      names = "--confidences",
      paramLabel = "DIR",
      description =
          "Also judge calibration (ECE over 15 bins): a folder with a grey PNG for each sample, named"
              + " and sized like its prediction, that holds the probability of the predicted class,"
              + " 255p in 8 bits or 65535p in 16.")
  private Path confidences;

  @Option(
      names = "--against",
      paramLabel = "DIR",
      description =
          "Also say by how much these are better than another model's predictions in the same"
              + " encoding: differences of mIoU and IoUs with 95 %% intervals, both models judged on"
              + " the same draws of frames, and p-values, over classes adjusted (Holm).")
  private Path against;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Protocol rules = Protocols.named(protocol);
    Optional<Path> json = files.json();
    files.requireApart(dataset.places(split));
    Dataset truth = Datasets.open(dataset.request(split, true));
    PredictionReading coding = describes.reading(truth.labels());
    Progress progress = TerminalProgress.to(spec.commandLine().getErr());
    Score score = Scorer.score(truth, files.predictions(), coding, rules, options(), progress);
    Optional<Comparison> comparison =
        Optional.ofNullable(against)
            .map(
                folder ->
                    Comparison.of(
                        truth,
                        score,
                        folder.toString(),
                        Scorer.score(truth, folder, coding, rules, ScoreOptions.none(), progress)));
    json.ifPresent(
        file -> comparison.ifPresentOrElse(c -> c.write(score, file), () -> score.write(file)));
    print(score, rules);
    comparison.ifPresent(c -> ComparisonLines.print(spec.commandLine().getOut(), c));
    score.notes().forEach(note -> spec.commandLine().getErr().println("note: " + note));
    return ExitCode.FINE;
  }

  private ScoreOptions options() {
    List<String> wanted = new ArrayList<>(metrics);
    if (boundaries) {
      wanted.addAll(List.of(BoundaryGauge.NAME, TrimapGauge.NAME));
    }
    return ScoreOptions.parse(wanted, Optional.ofNullable(confidences));
  }

  private void print(Score score, Protocol rules) {
    PrintWriter out = spec.commandLine().getOut();
    Scores scores = score.scores();
    out.println("mIoU\t" + text(scores.miou()));
    out.println("pixelAccuracy\t" + text(scores.pixelAccuracy()));
    scores.iou().forEach((name, value) -> out.println("IoU " + name + "\t" + text(value)));
    optional(out, "categoryMiou", score.categoryMiou());
    score
        .details()
        .levels()
        .forEach((level, s) -> out.println("level " + level + " mIoU\t" + text(s.miou())));
    optional(out, "iIoU", score.iiou());
    details(out, score.details());
    for (GaugeReading reading : score.further()) {
      for (GaugeReading.Figure figure : reading.figures()) {
        if (figure.shown()) {
          out.println(figure.title() + "\t" + figureText(figure.value()));
        }
      }
    }
    out.println("images\t" + scores.images());
    out.println(
        "pixels\t"
            + scores.pixels()
            + (rules.weighting() == Protocol.Weighting.CONFIDENCE
                ? "\tsum of 16-bit confidences, 65535 a pixel"
                : ""));
    if (score.hasForeignPixels()) {
      out.println("foreignPixels\t" + score.foreignPixels());
    }
    out.println("protocol\t" + rules.name() + "\t" + rules.description());
  }

  private static void details(PrintWriter out, ScoreDetails details) {
    details
        .objects()
        .filter(o -> !o.categoryIou().isEmpty())
        .ifPresent(
            o -> out.println("categoryIiou\t" + text(InstanceIou.mean(o.categoryIou().values()))));
    details.boundaries().ifPresent(b -> boundaries(out, b));
    details
        .flicker()
        .ifPresent(
            f ->
                out.println(
                    "flicker\t"
                        + text(f.counts().share())
                        + "\tof "
                        + f.pairs()
                        + (f.pairs() == 1 ? " pair" : " pairs")
                        + " of neighbouring frames"));
    details
        .calibration()
        .ifPresent(c -> out.println("calibrationError\t" + text(c.expectedError())));
    details
        .intervals()
        .filter(i -> i.miou().percentile().isPresent())
        .ifPresent(
            i -> {
              Interval interval = i.miou().percentile().orElseThrow();
              out.println(
                  "mIoU interval\t"
                      + number(interval.low())
                      + "\t"
                      + number(interval.high())
                      + "\t95 % over "
                      + i.clusters());
            });
    details
        .worstSlice()
        .ifPresent(
            w ->
                out.println(
                    "worst slice\t"
                        + w.attribute()
                        + "="
                        + w.value()
                        + "\t"
                        + text(w.slice().miou())
                        + "\t"
                        + w.slice().images()
                        + (w.slice().images() == 1 ? " image" : " images")));
    details
        .people()
        .filter(VulnerableRecall.Counts::hasRegions)
        .ifPresent(
            p -> out.println("vulnerable road users found\t" + p.found() + "\tof " + p.regions()));
  }

  private static void boundaries(PrintWriter out, ScoreDetails.Boundaries boundaries) {
    boundaries.counts().ifPresent(c -> out.println("boundaryMiou\t" + text(c.miou())));
    if (!boundaries.f().isEmpty()) {
      out.println("boundaryF\t" + text(boundaries.meanF()));
    }
    boundaries
        .trimapMiou()
        .forEach((width, miou) -> out.println("trimapMiou " + width + "\t" + text(miou)));
  }

  private static void optional(PrintWriter out, String name, OptionalDouble value) {
    if (value.isPresent()) {
      out.println(name + "\t" + number(value.getAsDouble()));
    }
  }

  private static String figureText(OptionalDouble value) {
    return value.isPresent() ? number(value.getAsDouble()) : "undefined";
  }

  private static String text(MetricValue value) {
    return figureText(value.value());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }
}
