package io.drivemark.cli;

import io.drivemark.architectures.graph.StoredParameters;
import io.drivemark.architectures.model.Model;
import io.drivemark.datasets.files.ReadPlaces;
import io.drivemark.problem.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Where commands write to: looked at before the work, so that nobody waits for what cannot be kept.
 * Creates nothing. Stateless.
 */
final class OutputFile {
  private OutputFile() {}

  /**
   * Refuses a path where no file can be written or replaced; folders that are missing are created
   * later.
   *
   * @param option that gave it, for the message
   * @param file null if the option was not given
   */
  static void requireWritable(String option, Path file) {
    if (file == null) {
      return;
    }
    Path absolute = file.toAbsolutePath().normalize();
    if (Files.isDirectory(absolute)) {
      throw refused(option, file, "is a folder; give a file's name, which may lie in it");
    }
    if (Files.exists(absolute)) {
      if (!Files.isRegularFile(absolute)) {
        throw refused(
            option, file, "is no ordinary file and cannot be replaced; give another name");
      }
      if (!Files.isWritable(absolute)) {
        throw refused(option, file, "may not be overwritten; change its rights or the name");
      }
    }
    Path folder = absolute.getParent();
    if (folder == null) {
      throw refused(option, file, "is no file's name");
    }
    requireRoom(option, file, folder);
  }

  /** Refuses a path that is no folder and cannot become one. */
  static void requireFolder(String option, Path folder) {
    if (folder == null) {
      return;
    }
    Path absolute = folder.toAbsolutePath().normalize();
    if (Files.exists(absolute) && !Files.isDirectory(absolute)) {
      throw refused(option, folder, "is a file; give a folder");
    }
    requireRoom(option, folder, absolute);
  }

  /** Refuses a name that does not end in {@code .onnx}, or where no file can be written. */
  static void requireOnnx(Path file) {
    if (!file.toString().endsWith(".onnx")) {
      throw new BadInputException(
          "--out is "
              + file
              + ", expected a name that ends in .onnx: models are kept as ONNX alone");
    }
    requireWritable("--out", file);
  }

  /**
   * Refuses a model's name where it, or what a training or pruning keeps beside it, would replace
   * or join what is read.
   */
  static void requireApart(ReadPlaces places, Path onnx) {
    places.requireFile("--out", onnx);
    places.requireFile("--out", Path.of(onnx + ".checkpoint"));
    places.requireFolder("--out", Path.of(onnx + ".rounds"));
  }

  /** The sentence that says what was written. */
  static String summary(Model model, Path file) {
    OptionalLong parameters = model.storedParameters().count();
    OptionalLong inTraining = StoredParameters.inTraining(model.network()).count();
    return "Wrote "
        + model.spec().name()
        + " ("
        + model.spec().architecture()
        + ", "
        + number(parameters)
        + " parameters"
        + (parameters.equals(inTraining)
            ? ""
            : ", " + number(inTraining) + " in training with all its outputs")
        + ") to "
        + file.toAbsolutePath().normalize();
  }

  private static String number(OptionalLong parameters) {
    return parameters.isPresent() ? "" + parameters.getAsLong() : "an unknown number of";
  }

  /** Looks at the lowest folder above that is there. */
  private static void requireRoom(String option, Path given, Path folder) {
    Path present = folder;
    while (present.getParent() != null && !Files.exists(present)) {
      present = present.getParent();
    }
    if (!Files.isDirectory(present)) {
      throw refused(
          option, given, "cannot be written: " + present + " is a file, expected a folder there");
    }
    if (!Files.isWritable(present)) {
      throw refused(
          option,
          given,
          "cannot be written: no right to write into " + present + "; give another place");
    }
  }

  private static BadInputException refused(String option, Path given, String why) {
    return new BadInputException(option + ": " + given + " " + why);
  }
}
