package io.drivemark.cli;

import io.drivemark.eval.history.night.NightFolder;
import io.drivemark.eval.history.night.NightPlan;
import io.drivemark.eval.history.nightly.Parts;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Runs a command with the verdict on its standard input. What it says goes into {@code notify.log}
 * of the night's folder. Stateless.
 */
final class NoticeCommand implements Parts.Messenger {
  private static final String LOG = "notify.log";
  private static final long MOST_SECONDS = 60;

  @Override
  public String tell(NightPlan.Notice notice, NightFolder night) {
    Path log = night.path().resolve(LOG);
    try {
      Process process =
          new ProcessBuilder(notice.command())
              .redirectInput(night.verdict().toFile())
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(log.toFile()))
              .start();
      if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return "it had not ended after " + MOST_SECONDS + " s and was ended; see " + log;
      }
      int code = process.exitValue();
      return code == 0 ? "" : "it ended with " + code + "; see " + log;
    } catch (IOException e) {
      return "it cannot be started: " + e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("interrupted while telling " + notice.command().get(0), e);
    }
  }
}
