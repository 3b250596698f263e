package io.drivemark.eval.runner;

/** An installed engine that counts inferences and may be killed at one of them. */
public final class CountingEngine extends Yard.Watched {
  /** What ends the program from outside. */
  public static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  public CountingEngine() {
    super(inference -> {});
  }

  /**
   * @param inference the first one that does not happen
   */
  public CountingEngine(int inference) {
    super(
        i -> {
          if (i >= inference) {
            throw new Killed();
          }
        });
  }

  /** How many there were. */
  public int inferences() {
    return inferences.get();
  }
}
