package io.drivemark.testkit;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/**
 * An input that a reader did not stand.
 *
 * @param kind equal for findings with one cause: what was thrown, and where
 * @param origin which input it was: a kept one, or the seed and the number of a made one
 * @param what what happened, with the stack where there is one
 * @param input the input itself
 */
record FuzzFinding(String kind, String origin, String what, byte[] input) {
  private static final int MOST_FRAMES = 40;

  static FuzzFinding thrown(Throwable thrown, String origin, byte[] input) {
    StackTraceElement[] stack = thrown.getStackTrace();
    String at = "nowhere";
    for (StackTraceElement frame : stack) {
      if (frame.getClassName().startsWith("io.drivemark.")) {
        at = shortName(frame.getClassName()) + "-" + frame.getMethodName();
        break;
      }
    }
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    String lines =
        text.toString()
            .lines()
            .limit(MOST_FRAMES)
            .map(line -> line.length() > 400 ? line.substring(0, 400) + "…" : line)
            .collect(java.util.stream.Collectors.joining("\n"));
    return new FuzzFinding(thrown.getClass().getSimpleName() + "-" + at, origin, lines, input);
  }

  /** Writes the input as {@code FOLDER/KIND.b64}, ready to be kept among the resources. */
  Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(kind.replaceAll("[^A-Za-z0-9-]", "_") + ".b64");
    byte[] lines = Base64.getMimeEncoder(76, new byte[] {'\n'}).encode(input);
    Files.writeString(file, new String(lines, StandardCharsets.US_ASCII) + "\n");
    return file;
  }

  private static String shortName(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
