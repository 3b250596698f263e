package io.drivemark.cli;

import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.files.FolderShape;
import io.drivemark.datasets.files.ReadPlaces;
import io.drivemark.eval.metrics.depth.DepthCrop;
import io.drivemark.eval.metrics.depth.DepthRule;
import io.drivemark.eval.metrics.depth.DepthScores;
import io.drivemark.eval.metrics.depth.DisparityOutliers;
import io.drivemark.eval.runner.depth.DepthScore;
import io.drivemark.eval.runner.depth.DepthScorer;
import io.drivemark.eval.runner.depth.DisparityScore;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import io.drivemark.problem.Progress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Scores distances or disparities that any tool made. */
@Command(
    name = "score-depth",
    mixinStandardHelpOptions = true,
    header = Summaries.SCORE_DEPTH,
    description =
        "Scores 16-bit PNGs of distances (AbsRel, SqRel, RMSE, RMSE of logarithms, shares within"
            + " 1.25, 1.25^2 and 1.25^3) or, with --disparity, of disparities (D1-all). Every PNG"
            + " below the truth's folder is a frame; its prediction has the same name, or where"
            + " names repeat lies in the same folders. For a dataset it is ID.png. A true 0 is unknown. Means are over frames,"
            + " as KITTI and the papers have it; D1-all is over pixels.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  drivemark score-depth --truth groundtruth_depth --predictions predictions",
      "  drivemark score-depth --truth disp_occ_0 --predictions predictions --disparity",
      "  drivemark score-depth --dataset kitti-depth-eigen --root /data/kitti --split test \\",
      "      --predictions predictions --crop garg --min 0.001 --max 80",
      "",
      "A prediction that is missing, doubled or of no frame is exit code 2."
    })
final class ScoreDepthCommand implements Callable<Integer> {
  @Option(
      names = "--truth",
      paramLabel = "DIR",
      description = "The folder with the true distances.")
  private Path truth;

  @Option(
      names = "--dataset",
      paramLabel = "NAME|FILE.yaml",
      description =
          "Instead of --truth: a dataset that has distances (kitti-depth-eigen, vkitti2...).")
  private String dataset;

  @Option(names = "--root", paramLabel = "DIR", description = "The folder the dataset lies in.")
  private Path root;

  @Option(names = "--split", paramLabel = "S", description = "The dataset's split.")
  private String split;

  @Mixin private ScoreArguments files;

  @Option(
      names = "--units",
      paramLabel = "N",
      defaultValue = "256",
      description =
          "Stored steps to a metre, or to a pixel of disparity (${DEFAULT-VALUE}, KITTI).")
  private double units;

  @Option(
      names = "--crop",
      paramLabel = "C",
      defaultValue = "none",
      description = "The part of the image that is judged: none, garg or eigen (${DEFAULT-VALUE}).")
  private String crop;

  @Option(
      names = "--min",
      paramLabel = "METRES",
      defaultValue = "0",
      description =
          "Nearer truth is not judged, nearer predictions are set to it (${DEFAULT-VALUE}).")
  private double min;

  @Option(
      names = "--max",
      paramLabel = "METRES",
      description = "Farther truth is not judged, farther predictions are set to it (none).")
  private Double max;

  @Option(
      names = "--disparity",
      description = "The files hold disparities: the share off by more than 3 pixels and 5 %%.")
  private boolean disparity;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Also write a row for each frame to this file.")
  private Path csv;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    DepthRule rule = rule();
    Optional<Path> json = files.json();
    OutputFile.requireWritable("--csv", csv);
    if (csv != null && json.filter(csv::equals).isPresent()) {
      throw new BadInputException("--json and --csv are both " + csv + "; give two files");
    }
    DepthScorer scorer = scorer();
    Progress progress = TerminalProgress.to(spec.commandLine().getErr());
    if (disparity) {
      disparity(scorer.disparity(progress), json);
    } else {
      depth(scorer.depth(rule, progress), json);
    }
    return ExitCode.FINE;
  }

  private DepthScorer scorer() {
    if ((truth == null) == (dataset == null)) {
      throw new BadInputException(
          "give the true distances either as a folder (--truth DIR) or as a dataset (--dataset NAME"
              + " --root DIR --split S)");
    }
    if (truth != null) {
      requireApart(ReadPlaces.of("the truth", List.of(FolderShape.tree(truth)), List.of()));
      return DepthScorer.of(truth, files.predictions(), units);
    }
    if (split == null || disparity) {
      throw new BadInputException(
          split == null
              ? "--dataset needs --split, for example --split val"
              : "--disparity needs disparities (--truth DIR); datasets have distances");
    }
    DatasetRequest request = DatasetRequest.of(dataset, split).withLabelsOnly();
    DatasetRequest rooted = root == null ? request : request.withRoot(root);
    requireApart(Datasets.places(rooted));
    return DepthScorer.of(Datasets.open(rooted), files.predictions(), units);
  }

  private void requireApart(ReadPlaces places) {
    files.requireApart(places);
    files.requireApart(places, "--csv", csv);
  }

  private DepthRule rule() {
    List<String> words =
        Arrays.stream(DepthCrop.values()).map(c -> c.name().toLowerCase(Locale.ROOT)).toList();
    if (!words.contains(crop)) {
      throw new BadInputException(
          "no crop is called '"
              + crop
              + "'"
              + Nearest.hint(crop, words)
              + "; known: "
              + String.join(", ", words));
    }
    double most = max == null ? Double.POSITIVE_INFINITY : max;
    if (!(min >= 0 && min < most)) {
      throw new BadInputException(
          "--min is "
              + min
              + " and --max "
              + most
              + " metres; expected 0 or more, and less than --max");
    }
    DepthCrop part = DepthCrop.values()[words.indexOf(crop)];
    if (disparity && (part != DepthCrop.NONE || min > 0 || max != null)) {
      throw new BadInputException(
          "--disparity judges every known pixel: leave out --crop, --min and --max");
    }
    return new DepthRule(min, most, part);
  }

  private void depth(DepthScore score, Optional<Path> json) {
    json.ifPresent(score::writeJson);
    if (csv != null) {
      score.writeCsv(csv);
    }
    PrintWriter out = spec.commandLine().getOut();
    DepthScores mean = score.mean();
    mean.byName()
        .forEach(
            (name, value) -> out.println(name + "\t" + String.format(Locale.ROOT, "%.6f", value)));
    out.println("images\t" + score.frames().size());
    if (!score.unjudged().isEmpty()) {
      out.println("images without a judged pixel\t" + score.unjudged().size());
    }
    out.println("pixels\t" + mean.pixels());
  }

  private void disparity(DisparityScore score, Optional<Path> json) {
    json.ifPresent(score::writeJson);
    if (csv != null) {
      score.writeCsv(csv);
    }
    PrintWriter out = spec.commandLine().getOut();
    DisparityOutliers all = score.pooled();
    out.println(
        "D1-all\t"
            + (all.share().isDefined()
                ? String.format(Locale.ROOT, "%.6f", all.share().value().orElseThrow())
                : "undefined"));
    out.println("images\t" + score.frames().size());
    out.println("pixels\t" + all.pixels());
  }
}
