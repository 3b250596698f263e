package io.drivemark.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of the commands that score a folder of predictions. */
final class ScoreArguments {
  @Option(
      names = "--predictions",
      required = true,
      paramLabel = "DIR",
      description = "The folder with the predictions.")
  private Path predictions;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also write all of it, and more than is printed, to this file.")
  private Path json;

  Path predictions() {
    return predictions;
  }

  /** Where all of it goes, if it is to be kept; a file that can be written. */
  Optional<Path> json() {
    OutputFile.requireWritable("--json", json);
    return Optional.ofNullable(json);
  }
}
