package io.drivemark.architectures.training;

import io.drivemark.problem.BadInputException;
import io.drivemark.testkit.FuzzContract;
import io.drivemark.testkit.FuzzTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Damaged checkpoints of a training, on half of the inputs with a checksum that fits. */
class TrainingCheckpointFuzzTest extends FuzzContract {
  @Override
  protected FuzzTarget target() {
    return FuzzTarget.ofFile(
            "training-checkpoint",
            "a.checkpoint",
            file -> Checkpoint.read(file, CheckpointTest.SUBJECT))
        .seed(written())
        .tokens("net", "recipe", "data", "a.weight")
        .token(new byte[] {0x7F, -1, -1, -1})
        .token(new byte[] {-1, -1, -1, -1})
        .repair(bytes -> bytes.length < 16 ? bytes : CheckpointTest.signed(bytes.clone()))
        .mayThrow(BadInputException.class);
  }

  private static byte[] written() {
    try {
      Path folder = Files.createTempDirectory("checkpoint");
      Path file = folder.resolve("a");
      CheckpointTest.small().write(file);
      byte[] bytes = Files.readAllBytes(file);
      Files.delete(Checkpoint.historyFile(file));
      Files.delete(file);
      Files.delete(folder);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
