package io.drivemark.cli;

import io.drivemark.datasets.files.NameEncoding;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.OneLine;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Whatever a command throws becomes a sentence and an exit code of 2 or 3: never 1, which says that
 * the work is done. Only what is a fault of the program's own comes with a stack trace.
 */
final class Failure {
  private static final int MOST_CAUSES = 20;
  private static final AtomicBoolean ANOTHER_THREAD_FAILED = new AtomicBoolean();

  private Failure() {}

  /**
   * Runs something and reports what it throws, errors too.
   *
   * @param name of the command, asked for after a failure
   * @return its exit code, or 3
   */
  static int guarded(PrintWriter err, Supplier<String> name, IntSupplier work) {
    try {
      return work.getAsInt();
    } catch (Throwable e) {
      return report(err, name.get(), e);
    }
  }

  /**
   * From now on what another thread of this process throws is reported. An error of the virtual
   * machine ends the process with 3 at once, because somebody may wait for that thread; after
   * anything else the work goes on and ends with 3.
   */
  static void watchThreads(PrintWriter err) {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, e) -> {
          ANOTHER_THREAD_FAILED.set(true);
          report(err, "drivemark (thread " + thread.getName() + ")", e);
          if (cause(e, VirtualMachineError.class).isPresent()) {
            Runtime.getRuntime().halt(ExitCode.UNAVAILABLE);
          }
        });
  }

  /** The exit code of the process for that of its command. */
  static int afterThreads(int code) {
    return code <= ExitCode.FINDINGS && ANOTHER_THREAD_FAILED.get() ? ExitCode.UNAVAILABLE : code;
  }

  /**
   * Reports one failure.
   *
   * @return the exit code
   */
  static int report(PrintWriter err, String name, Throwable e) {
    if (e instanceof InvalidPathException invalid) {
      return report(err, name, NameEncoding.problem(invalid));
    }
    if (e instanceof BadInputException) {
      err.println(name + ": " + OneLine.each(String.valueOf(e.getMessage())));
      err.flush();
      return ExitCode.BAD_INPUT;
    }
    Optional<String> sentence = environment(e);
    err.println(
        name
            + ": "
            + sentence
                .map(OneLine::each)
                .orElse("this should not happen; please report it with the lines below"));
    if (sentence.isEmpty()) {
      e.printStackTrace(err);
    }
    err.flush();
    return ExitCode.UNAVAILABLE;
  }

  /** What the environment lacks; empty where it is not the environment. */
  private static Optional<String> environment(Throwable e) {
    if (e instanceof UnavailableException) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
    if (e instanceof IOException || e instanceof UncheckedIOException) {
      return Optional.of("reading or writing failed: " + inputOutput(e));
    }
    Optional<OutOfMemoryError> memory = cause(e, OutOfMemoryError.class);
    if (memory.isPresent()) {
      return Optional.of(memory(String.valueOf(memory.get().getMessage())));
    }
    if (cause(e, StackOverflowError.class).isPresent()) {
      return Optional.of(
          "the stack of a thread is used up: something is nested too deeply, or holds itself; if the"
              + " input is as it should be, give more with DRIVEMARK_OPTS=-Xss16m");
    }
    Optional<UnsatisfiedLinkError> link = cause(e, UnsatisfiedLinkError.class);
    if (link.isPresent()) {
      return Optional.of(
          "a native library cannot be loaded: "
              + link.get().getMessage()
              + "; 'drivemark list engines' says which engines run here");
    }
    Optional<LinkageError> classes = cause(e, LinkageError.class);
    return classes.map(
        c ->
            "a part of the program cannot be loaded: "
                + first(c)
                + "; the distribution's lib folder may be incomplete: install it again");
  }

  private static Throwable first(Throwable e) {
    Throwable at = e;
    for (int i = 0; at.getCause() != null && i < MOST_CAUSES; i++) {
      at = at.getCause();
    }
    return at;
  }

  /** The exception's own sentence, and its cause where the sentence does not have it. */
  private static String inputOutput(Throwable e) {
    Throwable cause = e.getCause();
    if (!(e instanceof UncheckedIOException) || cause == null) {
      return e.toString();
    }
    String own = String.valueOf(e.getMessage());
    return own.contains(cause.toString()) ? own : own + ": " + cause;
  }

  private static String memory(String what) {
    if (what.contains("native thread")) {
      return "the system gives no further thread ("
          + what
          + "): fewer threads, or a larger limit"
          + " (ulimit -u), help";
    }
    String option =
        what.contains("Direct buffer")
            ? "-XX:MaxDirectMemorySize=8g"
            : what.contains("Metaspace") ? "-XX:MaxMetaspaceSize=1g" : "-Xmx8g";
    return "memory is used up ("
        + what
        + "; the heap may grow to "
        + (Runtime.getRuntime().maxMemory() >> 20)
        + " MB): give more with DRIVEMARK_OPTS="
        + option
        + ", or work with smaller sizes, batches or fewer threads";
  }

  private static <T extends Throwable> Optional<T> cause(Throwable e, Class<T> type) {
    Throwable at = e;
    for (int i = 0; at != null && i < MOST_CAUSES; i++) {
      if (type.isInstance(at)) {
        return Optional.of(type.cast(at));
      }
      at = at.getCause();
    }
    return Optional.empty();
  }
}
