package io.drivemark.spark;

import io.drivemark.eval.latency.NanoClock;
import io.drivemark.problem.Progress;
import java.io.PrintStream;
import java.time.Duration;

/**
 * Shows progress as lines, one every few seconds, since a driver's output is a log. For one thread
 * at a time.
 */
final class LineProgress implements Progress {
  private static final long NANOS_BETWEEN_LINES = Duration.ofSeconds(5).toNanos();

  private final PrintStream lines;
  private final NanoClock clock;
  private String task = "";
  private long steps;
  private long lastLine;

  LineProgress(PrintStream lines, NanoClock clock) {
    this.lines = lines;
    this.clock = clock;
  }

  @Override
  public void begin(String newTask, long newSteps) {
    task = newTask;
    steps = newSteps;
    lastLine = clock.nanos();
  }

  @Override
  public void step(long done, String detail) {
    long now = clock.nanos();
    if (now - lastLine >= NANOS_BETWEEN_LINES) {
      lastLine = now;
      lines.println(task + " " + done + "/" + steps + (detail.isEmpty() ? "" : ": " + detail));
    }
  }

  @Override
  public void end() {}
}
