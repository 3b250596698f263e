package io.drivemark.cli;

import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.Models;
import io.drivemark.architectures.model.Reading;
import io.drivemark.architectures.sheet.Obstacle;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Turns a checkpoint or foreign file into an ONNX file that says everything about itself. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    header = Summaries.IMPORT,
    description =
        "Turns a PyTorch state dict or a foreign ONNX file, described by a model file, into one"
            + " ONNX file with everything one must know in its metadata.",
    footerHeading = "%nExample:%n",
    footer = {
      "  cat > espnet.yaml <<END",
      "  name: espnet-camvid-published",
      "  file: espnet_p_2_q_8_camvid.pth",
      "  architecture: espnet",
      "  options: {p: 2, q: 8, classes: 12}",
      "  input: {size: 360x480, channels: bgr, mean: [110.3, 108.4, 105.0], std: [18392, 18536, 17826]}",
      "  labels: camvid-11",
      "  END",
      "  drivemark import --model espnet.yaml --out espnet.onnx"
    })
final class ImportCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "M.yaml",
      description = "The model file that describes it.")
  private String model;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE.onnx",
      description = "The file to write.")
  private Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    OutputFile.requireOnnx(out);
    Model loaded = Models.load(model);
    Models.places(model).requireFile("--out", out);
    Models.write(loaded, out);
    PrintWriter print = spec.commandLine().getOut();
    print.println(OutputFile.summary(loaded, out));
    Reading.of(loaded).aligned().forEach(line -> print.println("  " + line));
    loaded.notes().forEach(note -> print.println("note: " + note));
    Obstacle.of(loaded.network()).forEach(o -> print.println(o.sentence()));
    return ExitCode.FINE;
  }
}
