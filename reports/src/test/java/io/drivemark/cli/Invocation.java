package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** One run of the command line inside the test's process, with all it wrote. */
record Invocation(int exitCode, String out, String err) {
  static Invocation of(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Main.execute(new PrintWriter(out), new PrintWriter(err), args);
    return new Invocation(code, lines(out), lines(err));
  }

  /** What was written, its lines ended by {@code \n} on every system. */
  private static String lines(StringWriter written) {
    return written.toString().replace(System.lineSeparator(), "\n");
  }

  /** Asserts that these arguments are refused as bad input with exactly these lines. */
  static void refused(List<String> lines, String... args) {
    Invocation run = of(args);
    assertEquals(lines, run.err().lines().toList());
    assertEquals(2, run.exitCode());
    assertEquals("", run.out());
  }

  /** Asserts that it went well. */
  Invocation fine() {
    assertEquals(0, exitCode, err);
    return this;
  }
}
