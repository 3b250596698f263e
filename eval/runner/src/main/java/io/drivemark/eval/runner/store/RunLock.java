package io.drivemark.eval.runner.store;

import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Closer;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps two runs from writing into one folder; the system lets go of it when a run is killed. */
public final class RunLock implements AutoCloseable {
  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the folder.
   *
   * @throws BadInputException if another run has it
   */
  public static RunLock take(Path out) {
    Path file = out.resolve(".lock");
    try {
      Files.createDirectories(out);
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        if (tryLock(channel) == null) {
          throw new BadInputException(
              out + ": another run writes into this folder; wait for it or choose another --out");
        }
        return new RunLock(channel);
      } catch (IOException | RuntimeException e) {
        Closer.after(e, channel);
        throw e;
      }
    } catch (IOException e) {
      throw new UnavailableException(out + ": cannot be written to: " + e.getMessage(), e);
    }
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UnavailableException("lock: cannot be released: " + e.getMessage(), e);
    }
  }
}
