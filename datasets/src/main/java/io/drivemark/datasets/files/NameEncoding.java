package io.drivemark.datasets.files;

import io.drivemark.problem.BadInputException;
import io.drivemark.problem.UnavailableException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Names of files as texts. Java takes the encoding of names from the locale: under a plain C locale
 * every letter beyond ASCII becomes the same sign, and two files one. Such names are refused, never
 * guessed. Stateless.
 */
public final class NameEncoding {
  private static final char UNREADABLE = '\uFFFD';

  private NameEncoding() {}

  /**
   * Insists that a name that was found is one that can be told from others.
   *
   * @return the path itself
   * @throws UnavailableException if this process cannot read such names
   * @throws BadInputException if nobody can: the name is no valid text
   */
  public static Path requireReadable(Path path) {
    Path name = path.getFileName();
    if (name != null && name.toString().indexOf(UNREADABLE) >= 0) {
      if (isUnicode()) {
        throw new BadInputException(
            path.getParent()
                + " holds a name that is no valid "
                + encoding()
                + ": "
                + name
                + "; rename it");
      }
      throw new UnavailableException(
          path.getParent() + " holds a name beyond ASCII: " + name + "; " + remedy());
    }
    return path;
  }

  /**
   * Insists that an argument of the command line was read whole.
   *
   * @throws UnavailableException if this process cannot read it
   */
  public static void requireReadable(String argument) {
    if (argument.indexOf(UNREADABLE) >= 0 && !isUnicode()) {
      throw new UnavailableException("argument beyond ASCII: " + argument + "; " + remedy());
    }
  }

  /** What is wrong with a name that this process cannot even ask for. */
  public static RuntimeException problem(InvalidPathException refused) {
    String input = refused.getInput();
    return isUnicode() || input.chars().allMatch(c -> c < 128)
        ? new BadInputException(
            "'" + input + "' cannot be the name of a file: " + refused.getReason(), refused)
        : new UnavailableException("name beyond ASCII: '" + input + "'; " + remedy(), refused);
  }

  private static String remedy() {
    return "the locale's encoding is "
        + encoding()
        + ", which has no such letters. Start Drivemark by bin/drivemark, or set LC_ALL=C.UTF-8"
        + " before Java starts";
  }

  private static boolean isUnicode() {
    return encoding().replace("-", "").equalsIgnoreCase("UTF8");
  }

  private static String encoding() {
    return System.getProperty("sun.jnu.encoding", "unknown");
  }
}
