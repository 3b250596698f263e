package io.drivemark.files;

import io.drivemark.problem.UnavailableException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Writes files in one step: whatever stops the program, a file is the old one or the new one,
 * whole.
 *
 * <p>There are two grades. {@link #write} and {@link #publish} also survive the loss of power: what
 * is written lies on the disk before it gets its name, and the name lies there when the call
 * returns. {@link #writeQuickly} leaves that to the operating system; it is for what comes in
 * thousands and can be made again, such as predictions. Safe from several threads and processes; of
 * two that write one file the last counts.
 */
public final class DurableFiles {
  private static final AtomicLong NUMBER = new AtomicLong();
  private static final String PART = ".part";
  private static final long ABANDONED_MILLIS = 3_600_000;

  private final Disk disk;

  DurableFiles(Disk disk) {
    this.disk = disk;
  }

  /** Writes the contents of a file. */
  public interface Body {
    /** Writes all of it; the stream is buffered and closed by the caller. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Replaces a file so that it survives the loss of power; makes its folder where there is none.
   *
   * @throws UnavailableException if it cannot be written; the old file is still there
   */
  public static void write(Path file, Body body) {
    new DurableFiles(Disk.REAL).replace(file, true, body);
  }

  /** The same with a text in UTF-8. */
  public static void write(Path file, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    write(file, out -> out.write(bytes));
  }

  /**
   * Replaces a file in one step and does not wait for the disk.
   *
   * @throws UnavailableException if it cannot be written; the old file is still there
   */
  public static void writeQuickly(Path file, byte[] bytes) {
    writeQuickly(file, out -> out.write(bytes));
  }

  /** The same for what is written in parts. */
  public static void writeQuickly(Path file, Body body) {
    new DurableFiles(Disk.REAL).replace(file, false, body);
  }

  /**
   * Adds to the end of a file and waits for the disk. What was there stays; of what is added a part
   * may be there if the program is stopped, so readers must check the last line.
   *
   * @throws UnavailableException if it cannot be written
   */
  public static void append(Path file, String text) {
    try {
      try (OutputStream out = Disk.REAL.append(file)) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      }
      Disk.REAL.force(file);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  /**
   * Gives a filled folder its name, so that it is there with all its files or not at all.
   *
   * @param part the folder, beside where it goes
   * @param folder its name, which nothing has yet
   * @throws UnavailableException if that fails
   */
  public static void publish(Path part, Path folder) {
    new DurableFiles(Disk.REAL).rename(part, folder);
  }

  void rename(Path part, Path folder) {
    try {
      List<Path> all;
      try (Stream<Path> walk = Files.walk(part)) {
        all = walk.toList();
      }
      for (Path path : all) {
        disk.force(path);
      }
      disk.move(part, folder);
      disk.force(folder.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  void replace(Path file, boolean durably, Body body) {
    Path folder = file.toAbsolutePath().getParent();
    String prefix = "." + file.getFileName() + ".";
    Path part =
        folder.resolve(
            prefix + ProcessHandle.current().pid() + "-" + NUMBER.getAndIncrement() + PART);
    try {
      makeFolder(folder, durably);
      if (durably) {
        removeAbandoned(folder, prefix);
      }
      try {
        try (OutputStream out = new BufferedOutputStream(disk.create(part), 1 << 16)) {
          body.writeTo(out);
        }
        if (durably) {
          disk.force(part);
        }
        disk.move(part, file.toAbsolutePath());
        if (durably) {
          disk.force(folder);
        }
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  /** A new folder's name is in the folder above it. */
  private void makeFolder(Path folder, boolean durably) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path above = folder.getParent();
    if (above != null) {
      makeFolder(above, durably);
    }
    Files.createDirectories(folder);
    if (durably && above != null) {
      disk.force(above);
    }
  }

  /** Parts of a process that was killed an hour ago or more. */
  private static void removeAbandoned(Path folder, String prefix) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      for (Path path : all.toList()) {
        String name = path.getFileName().toString();
        if (name.startsWith(prefix) && name.matches(".*\\.[0-9]{1,18}-[0-9]+\\.part")) {
          String pid = name.substring(prefix.length(), name.lastIndexOf('-'));
          try {
            long age = System.currentTimeMillis() - Files.getLastModifiedTime(path).toMillis();
            if (age > ABANDONED_MILLIS && ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
              Files.deleteIfExists(path);
            }
          } catch (NoSuchFileException | NumberFormatException e) {
            continue; // another process has just renamed it, or it is no part of ours
          }
        }
      }
    }
  }

  private static UnavailableException unwritable(Path file, IOException e) {
    String why = e.getMessage() == null ? e.toString() : e.getMessage();
    return new UnavailableException(file + ": cannot be written: " + why, e);
  }
}
