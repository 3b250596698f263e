package io.drivemark.cli;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.Frame;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.corruption.Corruption;
import io.drivemark.datasets.corruption.CorruptionLevel;
import io.drivemark.datasets.corruption.Corruptions;
import io.drivemark.datasets.corruption.Distances;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.problem.Progress;
import io.drivemark.reports.board.Numbers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes frames whose photographs are made worse. */
@Command(
    name = "corrupt",
    mixinStandardHelpOptions = true,
    header = Summaries.CORRUPT,
    description =
        "Writes the photographs of a split as CORRUPTION-SEVERITY/ID.png, corrupted at their own"
            + " size. The same frames give the same bytes on every machine; those of jpeg depend on"
            + " OpenCV's version. Truth is not touched.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  drivemark corrupt --dataset camvid --root /data/camvid --split val --out worse",
      "  drivemark corrupt --dataset synthdrive --split val --limit 4 --corruption fog,dark"
          + " --severity 1,3,5 --out worse",
      "",
      "'drivemark list corruptions' says what there is."
    })
final class CorruptCommand implements Callable<Integer> {
  @Mixin private DatasetArguments dataset;

  @Option(names = "--split", required = true, paramLabel = "S", description = "For example val.")
  private String split;

  @Option(
      names = "--corruption",
      split = ",",
      paramLabel = "NAME",
      description = "Which, several as a list or one by one; by default all.")
  private List<String> names = List.of();

  @Option(
      names = "--severity",
      split = ",",
      paramLabel = "1..5",
      defaultValue = "3",
      description = "How bad, several as a list or one by one (${DEFAULT-VALUE}).")
  private List<Integer> severities = List.of();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description =
          "Where they go. Earlier ones there are replaced, no other file is, and nothing is written"
              + " into a folder that the dataset is read from.")
  private Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    OutputFile.requireFolder("--out", out);
    List<CorruptionLevel> levels = levels(Corruptions.installed());
    dataset.places(split).requireFolder("--out", out);
    Dataset frames = Datasets.open(dataset.request(split, false));
    Progress progress = TerminalProgress.to(spec.commandLine().getErr());
    progress.begin("corrupting", (long) frames.ids().size() * levels.size());
    for (int i = 0; i < frames.ids().size(); i++) {
      Frame frame = frames.frame(i);
      RgbImage image = frame.image();
      Supplier<Optional<Distances>> distances = once(frame, frames.labelled());
      for (int l = 0; l < levels.size(); l++) {
        CorruptionLevel level = levels.get(l);
        progress.step((long) i * levels.size() + l, frame.id());
        ImageCodec.writeImage(
            out.resolve(level.word()).resolve(frame.id() + ".png"),
            level.apply(image, frame, distances));
      }
    }
    progress.end();
    spec.commandLine()
        .getOut()
        .println(
            "Wrote "
                + Numbers.counted(frames.ids().size(), "frame")
                + " at "
                + Numbers.counted(levels.size(), "level")
                + " to "
                + out.toAbsolutePath().normalize());
    return ExitCode.FINE;
  }

  private List<CorruptionLevel> levels(Corruptions installed) {
    List<CorruptionLevel> levels = new ArrayList<>();
    List<Corruption> chosen =
        names.isEmpty() ? installed.all() : names.stream().map(installed::require).toList();
    for (Corruption corruption : chosen) {
      severities.forEach(severity -> levels.add(new CorruptionLevel(corruption, severity)));
    }
    return levels.stream().distinct().toList();
  }

  /** Reads a frame's distances when they are first asked for. */
  private static Supplier<Optional<Distances>> once(Frame frame, boolean labelled) {
    List<Optional<Distances>> read = new ArrayList<>();
    return () -> {
      if (read.isEmpty()) {
        read.add(Distances.of(frame, labelled));
      }
      return read.get(0);
    };
  }
}
