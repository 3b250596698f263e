package io.drivemark.cli;

import io.drivemark.architectures.model.Model;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;

/** Small things the commands that write a model have in common. Stateless. */
final class OutputFile {
  private OutputFile() {}

  /** Refuses a name that does not end in {@code .onnx}. */
  static void requireOnnx(Path file) {
    if (!file.getFileName().toString().endsWith(".onnx")) {
      throw new BadInputException(
          "--out is "
              + file
              + ", expected a name that ends in .onnx: models are kept as ONNX alone");
    }
  }

  /** The sentence that says what was written. */
  static String said(Model model, Path file) {
    return "Wrote "
        + model.spec().name()
        + " ("
        + model.spec().architecture()
        + ", "
        + model.network().parameters()
        + " parameters) to "
        + file.toAbsolutePath().normalize();
  }
}
