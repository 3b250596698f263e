package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole processes that crash end with 3 and a sentence. */
class CrashTest {
  @TempDir Path folder;

  @Test
  void withoutMemoryTheProcessEndsWith3AndSaysWhatHelps() throws Exception {
    Ended ended =
        process(
            List.of("-Xmx24m"),
            Main.class,
            List.of(
                "synth", "--size", "2000x3000", "--count", "2", "--out", folder.resolve("x") + ""));
    assertEquals(3, ended.code(), ended.text());
    assertTrue(
        ended.text().contains("drivemark synth: memory is used up (Java heap space; the heap may"),
        ended.text());
    assertTrue(ended.text().contains("give more with DRIVEMARK_OPTS=-Xmx8g"), ended.text());
  }

  @Test
  void anErrorOnAnotherThreadEndsTheProcessWith3() throws Exception {
    Ended ended = process(List.of(), OtherThread.class, List.of("error"));
    assertEquals(3, ended.code(), ended.text());
    assertTrue(
        ended.text().startsWith("drivemark (thread worker): memory is used up (planted; the heap"),
        ended.text());
  }

  @Test
  void anExceptionOnAnotherThreadLetsTheWorkEndWith3() throws Exception {
    Ended ended = process(List.of(), OtherThread.class, List.of("exception"));
    assertEquals(3, ended.code(), ended.text());
    assertTrue(
        ended.text().startsWith("drivemark (thread worker): this should not happen; please report"),
        ended.text());
    assertTrue(ended.text().contains("java.lang.IllegalStateException: planted"), ended.text());
    assertTrue(ended.text().strip().endsWith("the work is done"), ended.text());
  }

  /** A process whose other thread fails, with an error while this one waits for ever. */
  static final class OtherThread {
    private OtherThread() {}

    public static void main(String[] args) throws InterruptedException {
      PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
      Failure.watchThreads(err);
      boolean error = args[0].equals("error");
      Thread worker =
          new Thread(
              () -> {
                if (error) {
                  throw new OutOfMemoryError("planted");
                }
                throw new IllegalStateException("planted");
              },
              "worker");
      worker.start();
      worker.join();
      if (error) {
        Thread.sleep(60_000);
      }
      System.err.println("the work is done");
      System.exit(Failure.afterThreads(0));
    }
  }

  private record Ended(int code, String text) {}

  private static Ended process(List<String> options, Class<?> main, List<String> arguments)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-Djava.awt.headless=true", "-Dfile.encoding=UTF-8", "-cp"));
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), text);
  }
}
