package io.drivemark.architectures.checkpoint;

import io.drivemark.architectures.graph.Tensor;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipException;

/**
 * A file of weights in one of its formats: first what it holds is read, names and shapes, then the
 * values of those tensors that are wanted. Memory is taken for these alone. Immutable.
 */
abstract class WeightFile {
  private static final int HEAD = 512;
  private static final long MOST_ELEMENTS = Integer.MAX_VALUE / 8;

  private final Path path;
  private final Object root;

  WeightFile(Path path, Object root) {
    this.path = path;
    this.root = root;
  }

  /**
   * Opens a file, whatever its suffix.
   *
   * @throws BadInputException if it is missing, truncated, damaged, or holds no weights; the
   *     message says what it is instead
   */
  static WeightFile open(Path file) {
    return reading(
        file,
        () -> {
          byte[] head;
          try (var in = Files.newInputStream(file)) {
            head = in.readNBytes(HEAD);
          }
          requireWeights(file, head);
          if (Safetensors.isOne(head)) {
            return Safetensors.of(file);
          }
          boolean zip = head[0] == 'P' && head[1] == 'K';
          return zip ? ZippedPickle.of(file) : LegacyPickle.of(file);
        });
  }

  /** What else people find under such a name. */
  private static void requireWeights(Path file, byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    String start = text.stripLeading().toLowerCase(java.util.Locale.ROOT);
    String found = null;
    if (head.length < 2) {
      found = head.length == 0 ? "is empty; copy the file again" : "is no file of weights";
    } else if (start.startsWith("version https://git-lfs")) {
      found = "is a pointer of Git LFS, not the weights; fetch them with git lfs pull";
    } else if (start.startsWith("<!doctype") || start.startsWith("<html")) {
      found = "is a web page, not the weights; download the file itself";
    } else if (head[0] == 0x1f && (head[1] & 0xFF) == 0x8b) {
      found = "is compressed with gzip; unpack it first";
    } else if (text.length() > 262 && text.startsWith("ustar", 257)) {
      found = "is a tar archive; unpack it and name the file of weights in it";
    }
    if (found != null) {
      throw new BadInputException(file + ": " + found);
    }
  }

  /** What reads a file. */
  interface Reading<T> {
    T read() throws IOException;
  }

  /** Reads, and says as the user's problem what the file system or a zip says. */
  static <T> T reading(Path file, Reading<T> what) {
    try {
      return what.read();
    } catch (NoSuchFileException e) {
      throw new BadInputException(file + ": no such file", e);
    } catch (ZipException e) {
      throw new BadInputException(
          file + ": truncated or damaged zip: " + e.getMessage() + "; copy the file again", e);
    } catch (IOException e) {
      throw new BadInputException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  Path path() {
    return path;
  }

  String source() {
    return path.toString();
  }

  /** What the file holds: dictionaries, lists, tensors and other values. */
  Object root() {
    return root;
  }

  /**
   * Reads tensors.
   *
   * @param wanted by name
   * @return the same names in the same order
   * @throws BadInputException if their bytes are missing or damaged
   * @throws UnavailableException if this process has not memory enough
   */
  final Map<String, Tensor> values(Map<String, StoredTensor> wanted) {
    long bytes = 0;
    for (Map.Entry<String, StoredTensor> entry : wanted.entrySet()) {
      if (entry.getValue().elements() > MOST_ELEMENTS) {
        throw new BadInputException(
            path
                + ": tensor "
                + Shown.name(entry.getKey())
                + " has "
                + entry.getValue().elements()
                + " elements; damaged, or too large to be a weight");
      }
      bytes += entry.getValue().elements() * (entry.getValue().type().isFloat() ? 4 : 8);
    }
    long memory = Runtime.getRuntime().maxMemory();
    if (bytes > memory / 2) {
      throw new UnavailableException(
          path
              + ": its weights take "
              + (bytes >> 20)
              + " MB, twice as much is needed and this process has "
              + (memory >> 20)
              + " MB; give it more, for example DRIVEMARK_OPTS=-Xmx"
              + ((2 * bytes >> 30) + 1)
              + "g");
    }
    Map<String, Tensor> read = reading(path, () -> read(wanted));
    Map<String, Tensor> ordered = new LinkedHashMap<>();
    wanted.keySet().forEach(name -> ordered.put(name, read.get(name)));
    return ordered;
  }

  abstract Map<String, Tensor> read(Map<String, StoredTensor> wanted) throws IOException;
}
