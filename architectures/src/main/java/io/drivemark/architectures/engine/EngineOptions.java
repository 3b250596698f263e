package io.drivemark.architectures.engine;

import java.util.Objects;

/**
 * How a session runs. Immutable.
 *
 * @param threads threads one inference may use, at least 1
 * @param form how gates are run, where the network has any
 */
public record EngineOptions(int threads, GateForm form) {
  public EngineOptions {
    Objects.requireNonNull(form, "form");
    if (threads < 1) {
      throw new IllegalArgumentException("threads: at least 1, found " + threads);
    }
  }

  /** So many threads; gates in the fastest form. */
  public EngineOptions(int threads) {
    this(threads, GateForm.AUTO);
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
    return new EngineOptions(count, form);
  }

  /** The same with gates in another form; an engine that has it not says so in the session. */
  public EngineOptions withForm(GateForm other) {
    return new EngineOptions(threads, other);
  }
}
