package io.drivemark.cli;

import io.drivemark.architectures.engine.GateForm;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec.Size;
import io.drivemark.architectures.model.Models;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a model as ONNX for a given size. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    header = Summaries.EXPORT,
    description =
        "Writes a model as one ONNX file for images of a size. Without --for-training it holds what"
            + " inference needs; with it also auxiliary heads.",
    footerHeading = "%nExample:%n",
    footer = "  drivemark export --model enet-camvid --size 512x1024 --out enet-512x1024.onnx")
final class ExportCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "M",
      description = "A shipped model's name, an ONNX file, or a model file (YAML).")
  private String model;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE.onnx",
      description = "The file to write.")
  private Path out;

  @Option(
      names = "--size",
      paramLabel = "HxW",
      converter = SizeConverter.class,
      description = "Height and width of its input; by default the model's own, else 512x1024.")
  private Size size;

  @Option(names = "--for-training", description = "Keep auxiliary heads.")
  private boolean forTraining;

  @Option(
      names = "--form",
      paramLabel = "masked|gathered",
      defaultValue = "masked",
      description =
          "How a network is written whose gates switch units for each frame. masked: everything is"
              + " computed and multiplied by 0 or 1; that is what can be trained and pruned."
              + " gathered: only what is live is computed, with standard operators, faster in any"
              + " runtime. Default: ${DEFAULT-VALUE}.")
  private String form;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    boolean gathered = gathered();
    OutputFile.requireOnnx(out);
    Model loaded = Models.load(model);
    Models.places(model).requireFile("--out", out);
    Size at = size != null ? size : loaded.spec().input().size().orElse(Models.USUAL_SIZE);
    Model sized = new Model(loaded.spec().withSize(at), loaded.network());
    Model written = forTraining ? sized : sized.forInference();
    if (gathered) {
      Models.writeGathered(written, out, at);
    } else {
      Models.write(written, out, at);
    }
    spec.commandLine().getOut().println(OutputFile.summary(written, out) + " for input " + at);
    return ExitCode.FINE;
  }

  private boolean gathered() {
    GateForm wanted = GateForm.parse(form);
    if (wanted != GateForm.MASKED && wanted != GateForm.GATHERED) {
      throw new BadInputException(
          "--form is "
              + form
              + ", expected masked or gathered: a file must be right on every machine; the engine"
              + " onnxruntime finds what is fastest on this one when it opens a masked file");
    }
    if (wanted == GateForm.GATHERED && forTraining) {
      throw new BadInputException(
          "--form gathered and --for-training exclude each other: only the masked form can be"
              + " trained");
    }
    return wanted == GateForm.GATHERED;
  }
}
