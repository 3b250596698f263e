package io.drivemark.cli;

import io.drivemark.architectures.model.ModelSpec.Size;
import io.drivemark.datasets.export.CamVidWriter;
import io.drivemark.datasets.synth.SynthDrive;
import io.drivemark.datasets.synth.SynthOptions;
import io.drivemark.reports.board.Numbers;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes generated driving scenes as files. */
@Command(
    name = "synth",
    mixinStandardHelpOptions = true,
    header = Summaries.SYNTH,
    showDefaultValues = true,
    description =
        "Draws driving scenes with exact labels (SynthDrive) and writes them in CamVid's layout,"
            + " train and val 4:1. The same seed gives the same files.",
    footerHeading = "%nExample:%n",
    footer = {
      "  drivemark synth --out scenes --count 100 --seed 7 --size 360x480",
      "  drivemark verify --dataset camvid --root scenes --split val"
    })
final class SynthCommand implements Callable<Integer> {
  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where they go.")
  private Path out;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "100",
      description = "Frames, train and val together; at least 2.")
  private int count;

  @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Any number.")
  private long seed;

  @Option(
      names = "--size",
      paramLabel = "HxW",
      defaultValue = "360x480",
      converter = SizeConverter.class,
      description = "Height and width of a frame.")
  private Size size;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    OutputFile.requireFolder("--out", out);
    SynthDrive scenes =
        new SynthDrive(SynthOptions.of(count, seed, size.height(), size.width(), "train"));
    new CamVidWriter(out)
        .writeTrainAndVal(scenes, TerminalProgress.to(spec.commandLine().getErr()));
    spec.commandLine()
        .getOut()
        .println(
            "Wrote "
                + Numbers.counted(count, "frame")
                + " in CamVid layout to "
                + out.toAbsolutePath().normalize());
    return ExitCode.FINE;
  }
}
