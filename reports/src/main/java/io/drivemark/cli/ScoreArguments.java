package io.drivemark.cli;

import io.drivemark.datasets.files.FileTree;
import io.drivemark.datasets.files.ReadPlaces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The options of the commands that score a folder of predictions. */
final class ScoreArguments {
  private static final Pattern IMAGE = Pattern.compile("(?i).*\\.(png|npy)");

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

  /**
   * Refuses an output that would replace or join what is read.
   *
   * @param truth where the truth is read from
   * @param option that named the output
   * @param file null if the option was not given
   */
  void requireApart(ReadPlaces truth, String option, Path file) {
    truth.requireFile(option, file);
    if (file != null && Files.exists(file) && Files.isDirectory(predictions)) {
      List<Path> images =
          FileTree.below(predictions).files().stream()
              .filter(path -> IMAGE.matcher(path.toString()).matches())
              .toList();
      ReadPlaces.of("the predictions", List.of(), images).requireFile(option, file);
    }
  }

  /** As {@link #requireApart(ReadPlaces, String, Path)} for {@code --json}. */
  void requireApart(ReadPlaces truth) {
    requireApart(truth, "--json", json);
  }

  /** Where all of it goes, if it is to be kept; a file that can be written. */
  Optional<Path> json() {
    OutputFile.requireWritable("--json", json);
    return Optional.ofNullable(json);
  }
}
