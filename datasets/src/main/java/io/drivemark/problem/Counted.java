package io.drivemark.problem;

/** Numbers of things in sentences, where one is one. Stateless. */
public final class Counted {
  private Counted() {}

  /** {@code 1 cluster}, {@code 12 clusters}, {@code 2 processes}. */
  public static String of(long count, String noun) {
    return of(count, noun, noun + (noun.endsWith("s") ? "es" : "s"));
  }

  /** The same of words whose plural is another: {@code 1 frame is}, {@code 3 frames are}. */
  public static String of(long count, String one, String several) {
    return count + " " + (count == 1 ? one : several);
  }
}
