package io.drivemark.cli;

import io.drivemark.architectures.labelling.Grid;
import io.drivemark.datasets.coding.PredictionEncoding;
import io.drivemark.eval.runner.Predictor;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.eval.runner.study.DatasetSpec;
import io.drivemark.eval.runner.study.EngineSpec;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes what a model sees in each frame. */
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    header = "Writes what a model sees in each frame.%n",
    description =
        "Runs a model over a split and writes its label map of each sample as ID.png, at the truth's"
            + " size. 'drivemark score' on those files gives what 'drivemark run' gives.",
    footerHeading = "%nExample:%n",
    footer = {
      "  drivemark predict --model enet-camvid --dataset camvid --root /data/camvid \\",
      "      --split val --out predictions",
      "  drivemark score --dataset camvid --root /data/camvid --split val \\",
      "      --predictions predictions"
    })
final class PredictCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "M",
      description = "A shipped model's name, an ONNX file, or a model file (YAML).")
  private String model;

  @Mixin private DatasetArguments dataset;

  @Option(names = "--split", required = true, paramLabel = "S", description = "For example val.")
  private String split;

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
  private SizeConverter.Pixels size;

  @Option(
      names = "--mapping",
      paramLabel = "NAME|FILE",
      defaultValue = Study.AUTO,
      description = "From the model's classes to the dataset's (${DEFAULT-VALUE}).")
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
    OutputFile.requireFolder("--out", out);
    Study study =
        new Study(
            List.of(
                new DatasetSpec(
                    dataset.name(), dataset.root(), split, dataset.limit(), dataset.options())),
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
    Predictor.Outcome outcome =
        Predictor.predict(
            study,
            PredictionEncoding.parse(encoding),
            out,
            TerminalProgress.to(spec.commandLine().getErr()));
    outcome.issues().forEach(issue -> spec.commandLine().getErr().println("left out: " + issue));
    spec.commandLine()
        .getOut()
        .println(
            "Wrote " + outcome.files() + " predictions to " + out.toAbsolutePath().normalize());
    return outcome.exitCode();
  }
}
