package io.drivemark.cli;

import io.drivemark.problem.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows progress: a bar where somebody watches a terminal, else a line every few seconds with what
 * is done, what is being done and the time left. For one thread at a time.
 */
final class TerminalProgress implements Progress {
  private static final long NANOS_BETWEEN_LINES = Duration.ofSeconds(5).toNanos();

  private final PrintWriter lines;
  private final boolean watched;
  private ProgressBar bar;
  private String task = "";
  private long steps;
  private long begun;
  private long lastLine;
  private boolean printed;

  private TerminalProgress(PrintWriter lines, boolean watched) {
    this.lines = lines;
    this.watched = watched;
  }

  /** Progress to the terminal if there is one, else to these lines. */
  static Progress to(PrintWriter lines) {
    return new TerminalProgress(lines, System.console() != null);
  }

  @Override
  public void begin(String newTask, long newSteps) {
    end();
    task = newTask;
    steps = newSteps;
    begun = System.nanoTime();
    lastLine = begun;
    printed = false;
    if (watched) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(newTask)
              .setInitialMax(newSteps)
              .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BAR)
              .setUpdateIntervalMillis(250)
              .build();
    }
  }

  @Override
  public void step(long done, String detail) {
    if (bar != null) {
      bar.stepTo(done);
      bar.setExtraMessage(detail.isEmpty() ? "" : " " + detail);
      return;
    }
    long now = System.nanoTime();
    if (!watched && now - lastLine >= NANOS_BETWEEN_LINES) {
      lastLine = now;
      printed = true;
      lines.println(
          task
              + " "
              + done
              + "/"
              + steps
              + (detail.isEmpty() ? "" : " · " + detail)
              + left(done, now - begun));
      lines.flush();
    }
  }

  @Override
  public void end() {
    if (bar != null) {
      bar.close();
      bar = null;
    } else if (printed) {
      printed = false;
      lines.println(task + " done in " + words(System.nanoTime() - begun));
      lines.flush();
    }
  }

  private String left(long done, long nanos) {
    return done < 1 || done > steps
        ? ""
        : " · " + words((long) ((double) nanos / done * (steps - done))) + " left";
  }

  /** A duration for people: {@code 7 s}, {@code 3 min 20 s}, {@code 2 h 5 min}. */
  static String words(long nanos) {
    long seconds = Math.round(nanos / 1e9);
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? seconds / 60 + " min " + seconds % 60 + " s"
        : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
  }
}
