package io.drivemark.eval.history.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Further processes of tests. */
final class Processes {
  private Processes() {}

  /** Starts one that takes nights in; what it writes goes to a file. */
  static Process importing(String how, StoreUrl url, Path nights, long seed, Path output)
      throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                ImportMain.class.getName(),
                how,
                url.text(),
                nights.toString(),
                Long.toString(seed)))
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }
}
