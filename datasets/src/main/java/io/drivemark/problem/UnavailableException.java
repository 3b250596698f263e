package io.drivemark.problem;

/**
 * The environment lacks something: an engine's native library, a browser, disk space. The message
 * says why and what to do. The command line prints it without a stack trace and exits with 3.
 */
public class UnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnavailableException(String message) {
    super(message);
  }

  public UnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
