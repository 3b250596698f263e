package io.drivemark.problem;

/**
 * Something the user gave cannot be used: a file, a key, a pixel, an option. The message names the
 * subject, what was found, what was expected, where, and what to do. The command line prints it
 * without a stack trace and exits with 2.
 */
public class BadInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BadInputException(String message) {
    super(message);
  }

  public BadInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
