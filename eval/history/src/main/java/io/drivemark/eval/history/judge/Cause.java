package io.drivemark.eval.history.judge;

/** What a change is laid to. */
public enum Cause {
  /** Rulers in Java and on engines moved with it, or nothing but its conditions changed. */
  MACHINE("machine"),
  /** The engine's ruler moved with it and Java's did not, or only series of one engine changed. */
  ENGINE("engine"),
  /** Java's ruler moved with it and no engine's did, or nothing but the JVM changed. */
  JVM("jvm"),
  /** No ruler moved: what is Drivemark's own around the engine; or nothing but it changed. */
  DRIVEMARK("drivemark"),
  /** Single models changed. */
  MODEL("model"),
  /** Nothing tells. */
  UNKNOWN("unknown");

  private final String word;

  Cause(String word) {
    this.word = word;
  }

  /** As files and databases have it. */
  public String word() {
    return word;
  }
}
