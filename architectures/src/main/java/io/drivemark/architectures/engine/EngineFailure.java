package io.drivemark.architectures.engine;

import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.UnavailableException;

/**
 * An engine that failed while it opened or ran one network: a native error, an index out of range,
 * no memory left. It is about this network on this engine; other networks and sessions go on. The
 * message names engine, network and size, what the runtime says, and what to do.
 */
public final class EngineFailure extends UnavailableException {
  private static final long serialVersionUID = 1L;
  private static final int MOST_CHARACTERS = 400;

  private EngineFailure(String message, Throwable cause) {
    super(message, cause);
  }

  /** What an engine does. */
  public interface Call<T> {
    /** Does it; may throw whatever the runtime throws. */
    T call() throws Exception;
  }

  /**
   * Runs a network.
   *
   * @param engine its name
   * @param network the network's name
   * @param input shape of its input, [1, C, H, W]
   * @throws EngineFailure for every exception and for lack of memory or of a native function; a
   *     {@link BadInputException} or {@link UnavailableException} stays as it is
   */
  public static <T> T running(String engine, String network, Shape input, Call<T> call) {
    return guarded(engine, "ran", network, input.height(), input.width(), call);
  }

  /**
   * Opens a network.
   *
   * @param engine its name
   * @param network the network's name
   * @throws EngineFailure as {@link #running}
   */
  public static <T> T opening(String engine, String network, int height, int width, Call<T> call) {
    return guarded(engine, "opened", network, height, width, call);
  }

  private static <T> T guarded(
      String engine, String done, String network, int height, int width, Call<T> call) {
    try {
      return call.call();
    } catch (BadInputException | UnavailableException e) {
      throw e;
    } catch (Exception | OutOfMemoryError | LinkageError e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new EngineFailure(
          "engine "
              + engine
              + " failed while it "
              + done
              + " network "
              + network
              + " at "
              + height
              + "x"
              + width
              + ": "
              + reason(e)
              + "; try another engine, or a smaller size if memory is short",
          e);
    }
  }

  /** The same failure, with the place it happened at before the message. */
  public EngineFailure at(String place) {
    return new EngineFailure(place + ": " + getMessage(), getCause());
  }

  /**
   * What a runtime says, in one line: where it gives a traceback, the line that names the error;
   * without where its own source lay when it was built.
   */
  static String reason(Throwable problem) {
    String message = problem.getMessage();
    if (message == null || message.isBlank()) {
      return problem.getClass().getSimpleName();
    }
    String text =
        message
            .lines()
            .filter(line -> line.startsWith("RuntimeError: "))
            .reduce((first, last) -> last)
            .orElse(message);
    int error = text.indexOf(": error: ");
    text = error < 0 ? text : text.substring(error + ": error: ".length());
    text = text.replaceAll("\\s*\\n>\\s*", " ").replaceAll("\\s+", " ").strip();
    if (problem instanceof OutOfMemoryError) {
      text = "out of memory (" + text + ")";
    }
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + " …";
  }
}
