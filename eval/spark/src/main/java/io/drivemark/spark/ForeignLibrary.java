package io.drivemark.spark;

import java.util.Locale;

/**
 * What to do where a library of the Spark installation stands before the one of the same name that
 * Drivemark needs: classes of two versions do not fit together. Stateless.
 */
final class ForeignLibrary {
  private ForeignLibrary() {}

  /**
   * Says what did not fit and which setting puts Drivemark's libraries first.
   *
   * @param side {@code driver} or {@code executor}, as in Spark's settings
   */
  static String advice(String side, LinkageError error) {
    return String.format(
        Locale.ROOT,
        "a library of the %s does not fit Drivemark (%s); put Drivemark's own first: spark-submit"
            + " --conf spark.%s.userClassPathFirst=true, with all of its lib folder in --jars",
        side,
        first(error),
        side);
  }

  /** The first failure: a class that failed once is later only said to be missing. */
  private static Throwable first(Throwable error) {
    Throwable first = error;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    return first;
  }
}
