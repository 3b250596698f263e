package io.drivemark.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of text files (JSON, tables) of which one is damaged: the first byte of an input says
 * which, the rest is what stands in it. Values are exchanged beside the usual damage. Works on a
 * temporary copy, which is as it was before each input. Not thread-safe.
 */
public final class FuzzFolder {
  private static final Pattern VALUE = Pattern.compile("[^\\s,\\[\\]{}:\"]+|\"[^\"\n]*\"");
  private static final List<String> VALUES =
      List.of(
          "null",
          "-1",
          "0",
          "1",
          "2147483648",
          "9223372036854775807",
          "99999999999999999999999",
          "1e999",
          "-0.0",
          "0.5",
          "1e-320",
          "\"\"",
          "\"NaN\"",
          "\"..\"",
          "[ ]",
          "[ 1 ]",
          "{ }",
          "true");

  private final Path folder;
  private final List<String> names;
  private final Map<String, byte[]> kept = new LinkedHashMap<>();

  /** A reader of a folder in which one file is damaged. */
  @FunctionalInterface
  public interface Reader {
    /**
     * Reads it; what it writes into the folder's own files is undone.
     *
     * @param folder the copy
     * @param damaged the file, relative to it
     */
    void read(Path folder, String damaged) throws Exception;
  }

  private FuzzFolder(Path original, List<String> names) {
    this.names = List.copyOf(names);
    try {
      folder = Files.createTempDirectory("fuzz-folder");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> FuzzTarget.remove(folder)));
      try (Stream<Path> all = Files.walk(original)) {
        for (Path path : all.sorted().toList()) {
          String name = original.relativize(path).toString().replace('\\', '/');
          if (Files.isDirectory(path)) {
            Files.createDirectories(folder.resolve(name));
          } else {
            kept.put(name, Files.readAllBytes(path));
            Files.write(folder.resolve(name), kept.get(name));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A target whose valid inputs are the named files as they are.
   *
   * @param name of the target
   * @param original the folder that is copied
   * @param files relative to it, the one to damage among them
   */
  public static FuzzTarget target(String name, Path original, List<String> files, Reader reader) {
    FuzzFolder made = new FuzzFolder(original, files);
    FuzzTarget target =
        FuzzTarget.of(name, input -> made.read(input, reader))
            .mutator(FuzzFolder::otherValue)
            .mutator(FuzzFolder::otherValue)
            .tokens("null", "NaN", "-1", "9223372036854775807", "{}", "[]", "\"\"");
    for (int i = 0; i < files.size(); i++) {
      target = target.seed(input(i, made.kept.get(files.get(i))));
    }
    return target;
  }

  /** The input that has this content in the file of that number. */
  public static byte[] input(int file, byte[] content) {
    byte[] input = new byte[content.length + 1];
    input[0] = (byte) ('0' + file);
    System.arraycopy(content, 0, input, 1, content.length);
    return input;
  }

  /** The number of the file that an input damages, of so many. */
  public static int file(byte[] input, int files) {
    return Math.floorMod(input[0] - '0', files);
  }

  /** What stands in the file. */
  public static byte[] content(byte[] input) {
    byte[] content = new byte[input.length - 1];
    System.arraycopy(input, 1, content, 0, content.length);
    return content;
  }

  private void read(byte[] input, Reader reader) throws Exception {
    if (input.length == 0) {
      return;
    }
    String damaged = names.get(file(input, names.size()));
    try {
      Files.write(folder.resolve(damaged), content(input));
      reader.read(folder, damaged);
    } finally {
      for (Map.Entry<String, byte[]> file : kept.entrySet()) {
        Files.write(folder.resolve(file.getKey()), file.getValue());
      }
    }
  }

  private static byte[] otherValue(byte[] input, SplittableRandom random) {
    String text = new String(input, StandardCharsets.UTF_8);
    List<MatchResult> values = VALUE.matcher(text).results().skip(1).toList();
    if (values.isEmpty()) {
      return input;
    }
    MatchResult at = values.get(random.nextInt(values.size()));
    String other =
        random.nextInt(4) == 0
            ? values.get(random.nextInt(values.size())).group()
            : VALUES.get(random.nextInt(VALUES.size()));
    return (text.substring(0, at.start()) + other + text.substring(at.end()))
        .getBytes(StandardCharsets.UTF_8);
  }
}
