package io.drivemark.cli;

import io.drivemark.architectures.labelling.Grid;
import io.drivemark.architectures.model.ModelSpec.Size;
import io.drivemark.architectures.model.Reading;
import io.drivemark.datasets.coding.PredictionEncoding;
import io.drivemark.eval.runner.Predictor;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.eval.runner.study.DatasetSpec;
import io.drivemark.eval.runner.study.EngineSpec;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import io.drivemark.reports.board.Numbers;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes what a model sees in each frame. */
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    header = Summaries.PREDICT,
    description = {
      "Runs a model over a split and writes its label map of each sample as ID.png, at the truth's"
          + " size. 'drivemark score' on those files gives what 'drivemark run' gives. A split"
          + " without labels is predicted too, for a test server.",
      "A network of depth writes distances instead: 16-bit PNGs, stored value / 256 = metres, 255.996"
          + " m at most. 'drivemark score-depth' on those files gives what 'drivemark run' gives.",
      "With --images it predicts every picture below a folder (PNG, JPEG), each at its own size:"
          + " DIR/a/b.jpg becomes a/b.png. No dataset and no labels are needed; train-ids are then"
          + " the model's own classes, void is 255."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  drivemark predict --model enet-camvid --dataset camvid --root /data/camvid \\",
      "      --split val --out predictions",
      "  drivemark score --dataset camvid --root /data/camvid --split val \\",
      "      --predictions predictions",
      "  drivemark predict --model enet-camvid --images drive7 --encoding color --out seen"
    })
final class PredictCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "M",
      description = "A shipped model's name, an ONNX file, or a model file (YAML).")
  private String model;

  @ArgGroup(multiplicity = "1")
  private What what;

  /** What is predicted: a split or a folder, one of the two. */
  private static final class What {
    @ArgGroup(exclusive = false)
    private Split split;

    @Option(
        names = "--images",
        paramLabel = "DIR",
        description = "A folder of pictures, looked through at any depth.")
    private Path images;
  }

  /** The options that name a split of a dataset. */
  private static final class Split {
    @Option(
        names = "--dataset",
        required = true,
        paramLabel = "NAME|FILE.yaml",
        description =
            "A dataset's name (see 'drivemark list datasets') or a file that declares one.")
    private String dataset;

    @Option(
        names = "--root",
        paramLabel = "DIR",
        description = "The folder its files lie in; generated datasets have none.")
    private Path root;

    @Option(names = "--split", required = true, paramLabel = "S", description = "For example val.")
    private String split;

    @Option(
        names = "--data-option",
        paramLabel = "KEY=VALUE",
        description = "What a generated dataset takes, for example count=40 or size=360x480.")
    private final Map<String, String> options = new LinkedHashMap<>();

    @Option(
        names = "--where",
        paramLabel = "NAME=VALUE",
        description =
            "Take the frames that have this attribute only, for example light=dusk; repeatable.")
    private final Map<String, String> where = new LinkedHashMap<>();
  }

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Take the first N frames or pictures only.")
  private Integer limit;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description =
          "Where they go. Earlier predictions there are replaced, no other file is, and nothing is"
              + " written into a folder that the dataset is read from.")
  private Path out;

  @Option(
      names = "--encoding",
      paramLabel = "E",
      defaultValue = "train-ids",
      description = "train-ids, label-ids or color (${DEFAULT-VALUE}).")
  private String encoding;

  @Option(
      names = "--size",
      paramLabel = "HxW",
      converter = SizeConverter.class,
      description = "The network's input size; by default the model's own, else the frames'.")
  private Size size;

  @Option(
      names = "--mapping",
      paramLabel = "NAME|FILE",
      defaultValue = Study.AUTO,
      description =
          "From the model's classes to the dataset's, or to others for pictures (${DEFAULT-VALUE}).")
  private String mapping;

  @Option(
      names = "--grid",
      paramLabel = "G",
      defaultValue = "logits-bilinear",
      description = "logits-bilinear or labels-nearest (${DEFAULT-VALUE}).")
  private String grid;

  @Option(
      names = "--engine",
      paramLabel = "E",
      defaultValue = "onnxruntime",
      description = "See 'drivemark list engines' (${DEFAULT-VALUE}).")
  private String engine;

  @Option(names = "--threads", paramLabel = "N", description = "By default all processors.")
  private Integer threads;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (threads != null && threads < 1) {
      throw new BadInputException("--threads is " + threads + ", expected at least 1");
    }
    if (limit != null && limit < 1) {
      throw new BadInputException("--limit is " + limit + ", expected at least 1");
    }
    OutputFile.requireFolder("--out", out);
    PredictionEncoding coded = PredictionEncoding.parse(encoding);
    PrintWriter err = spec.commandLine().getErr();
    Progress progress = TerminalProgress.to(err);
    Predictor.Outcome outcome =
        what.images != null
            ? Predictor.predictPictures(study(), what.images, coded, out, progress)
            : Predictor.predict(study(), coded, out, progress);
    outcome.issues().forEach(issue -> err.println("left out: " + issue));
    new Reading(outcome.reading()).aligned().forEach(line -> err.println("  " + line));
    outcome.notes().forEach(note -> err.println("note: " + note));
    spec.commandLine()
        .getOut()
        .println(
            "Wrote "
                + Numbers.counted(outcome.files(), "prediction")
                + " to "
                + out.toAbsolutePath().normalize()
                + "; the network was given "
                + outcome.input());
    return outcome.exitCode();
  }

  /** One dataset, or what stands for a folder; one model; one engine. */
  private Study study() {
    OptionalInt most = limit == null ? OptionalInt.empty() : OptionalInt.of(limit);
    DatasetSpec frames =
        what.images != null
            ? new DatasetSpec(what.images.toString(), Optional.empty(), "pictures", most, Map.of())
            : new DatasetSpec(
                what.split.dataset,
                Optional.ofNullable(what.split.root),
                what.split.split,
                most,
                what.split.options,
                what.split.where);
    return new Study(
        List.of(frames),
        Study.named(List.of(model)),
        List.of(
            new EngineSpec(
                engine, threads == null ? OptionalInt.empty() : OptionalInt.of(threads))),
        Optional.ofNullable(size).map(s -> new FrameSize(s.height(), s.width())),
        mapping,
        Grid.named(grid),
        Study.DEFAULT_PROTOCOL,
        Optional.empty(),
        1,
        List.of(),
        Optional.empty());
  }
}
