package io.drivemark.eval.decide.select;

/** How sure it is whether a network is worth its time. */
public enum Certainty {
  /** Each other one is certainly less accurate or certainly slower. */
  ON_FRONT("front"),
  /** Another one is certainly more accurate, or answers exactly alike, and certainly faster. */
  BEATEN("beaten"),
  /** Neither is shown. */
  OPEN("open"),
  /** It cannot be held against the others. */
  NOT_COMPARABLE("notComparable");

  private final String key;

  Certainty(String key) {
    this.key = key;
  }

  /** As in JSON. */
  public String key() {
    return key;
  }
}
