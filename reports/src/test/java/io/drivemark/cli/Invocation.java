package io.drivemark.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** One run of the command line inside the test's process, with all it said. */
record Invocation(int exitCode, String out, String err) {
  static Invocation of(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Main.execute(new PrintWriter(out), new PrintWriter(err), args);
    return new Invocation(code, out.toString(), err.toString());
  }
}
