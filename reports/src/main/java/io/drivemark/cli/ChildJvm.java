package io.drivemark.cli;

import io.drivemark.eval.history.nightly.Children;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts this program anew in a Java virtual machine of its own, with the options that this one was
 * started with, and waits for it. What it says goes into {@code log.txt} of its folder. Stateless.
 */
final class ChildJvm implements Children {
  private static final String LOG = "log.txt";

  @Override
  public void time(Path fork) {
    Path log = fork.resolve(LOG);
    int code;
    try {
      Process child =
          new ProcessBuilder(command(fork))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      try {
        code = child.waitFor();
      } catch (InterruptedException e) {
        child.destroy();
        Thread.currentThread().interrupt();
        throw new UnavailableException("it was interrupted", e);
      }
    } catch (IOException e) {
      throw new UnavailableException("it cannot be started: " + e.getMessage(), e);
    }
    if (code != ExitCode.FINE) {
      throw new UnavailableException("it ended with " + code + ": " + lastWords(log));
    }
  }

  private static List<String> command(Path fork) {
    List<String> out = new ArrayList<>();
    out.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !argument.startsWith("-agentlib:jdwp")) // one debugger, one port
        .forEach(out::add);
    out.add("-cp");
    out.add(System.getProperty("java.class.path"));
    out.add(Main.class.getName());
    out.add("fork");
    out.add("--parent=" + ProcessHandle.current().pid());
    out.add(fork.toString());
    return out;
  }

  private static String lastWords(Path log) {
    try {
      List<String> lines =
          Files.readString(log, Charset.defaultCharset())
              .lines()
              .filter(line -> !line.isBlank())
              .toList();
      return lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1);
    } catch (IOException e) {
      return "what it said cannot be read: " + e.getMessage();
    }
  }
}
