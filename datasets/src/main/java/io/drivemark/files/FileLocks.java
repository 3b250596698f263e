package io.drivemark.files;

import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps threads and processes from changing one file at the same time. The lock lies in an empty
 * file beside it; the system lets go of it when a process is killed. Safe from several threads.
 */
public final class FileLocks {
  private static final Map<Path, ReentrantLock> OF_THIS_PROCESS = new ConcurrentHashMap<>();

  private FileLocks() {}

  /**
   * Does something while nobody else does anything under the lock of the same file; waits for that.
   *
   * @param file need not be there itself
   * @throws UnavailableException if the folder cannot be written
   */
  public static void holding(Path file, Runnable change) {
    Path absolute = file.toAbsolutePath().normalize();
    Path beside = absolute.resolveSibling("." + absolute.getFileName() + ".lock");
    ReentrantLock ours = OF_THIS_PROCESS.computeIfAbsent(absolute, f -> new ReentrantLock());
    ours.lock();
    try {
      Files.createDirectories(absolute.getParent());
      try (FileChannel channel =
          FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        channel.lock();
        change.run();
      }
    } catch (IOException e) {
      throw new UnavailableException(file + ": cannot be written: " + e.getMessage(), e);
    } finally {
      ours.unlock();
    }
  }
}
