package io.drivemark.architectures.engine;

/**
 * How a session runs. Immutable.
 *
 * @param threads threads one inference may use, at least 1
 */
public record EngineOptions(int threads) {
  public EngineOptions {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: at least 1, found " + threads);
    }
  }

  /** All processors of this machine. */
  public static EngineOptions defaults() {
    return new EngineOptions(Runtime.getRuntime().availableProcessors());
  }

  /**
   * The same with this number of threads.
   *
   * @param count at least 1; more than the machine has processors is allowed and seldom faster
   * @throws IllegalArgumentException if it is less than 1
   */
  public EngineOptions withThreads(int count) {
    return new EngineOptions(count);
  }
}
