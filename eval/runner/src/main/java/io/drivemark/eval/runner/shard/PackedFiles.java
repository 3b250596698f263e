package io.drivemark.eval.runner.shard;

import io.drivemark.files.DurableFiles;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.UnavailableException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Files of a folder as one sequence of bytes, for machines that share no folder: a ZIP, so that
 * each file has a sum that is checked when it is unpacked. Stateless.
 */
final class PackedFiles {
  /** Names that stay below the folder on every system. */
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_+-][A-Za-z0-9._+-]*(/[A-Za-z0-9_+-][A-Za-z0-9._+-]*)*");

  private PackedFiles() {}

  /** All files below a folder. */
  static byte[] all(Path folder) {
    try (Stream<Path> walk = Files.walk(folder)) {
      return of(folder, walk.filter(Files::isRegularFile).sorted().toList());
    } catch (IOException e) {
      throw new UnavailableException(folder + ": cannot be listed: " + e.getMessage(), e);
    }
  }

  /**
   * Some files below a folder.
   *
   * @throws UnavailableException if one cannot be read
   */
  static byte[] of(Path folder, List<Path> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Path file : files) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        if (!NAME.matcher(name).matches()) {
          throw new IllegalArgumentException(file + " has a name that cannot be packed");
        }
        zip.putNextEntry(new ZipEntry(name));
        Files.copy(file, zip);
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UnavailableException(
          "files of " + folder + " cannot be packed: " + e.getMessage(), e);
    }
    return bytes.toByteArray();
  }

  /**
   * Writes the files below a folder.
   *
   * @throws BadInputException if the bytes are damaged, or a name would leave the folder
   */
  static void unpack(byte[] packed, Path folder) {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(packed))) {
      int files = 0;
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (!NAME.matcher(entry.getName()).matches()) {
          throw new BadInputException(
              "packed files for " + folder + ": '" + entry.getName() + "' is no name of theirs");
        }
        byte[] content = zip.readAllBytes(); // whole before it is written: the sum comes last
        DurableFiles.writeQuickly(folder.resolve(entry.getName()), content);
        files++;
      }
      if (files == 0) {
        throw new IOException("there is no file in them");
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new BadInputException(
          "packed files for " + folder + " are damaged: " + e.getMessage(), e);
    }
  }
}
