package io.drivemark.testkit;

/** The contract on a reader that stands everything: counts brackets, refuses unequal ones. */
class BracketsFuzzTest extends FuzzContract {
  @Override
  protected FuzzTarget target() {
    return FuzzTarget.of("brackets", BracketsFuzzTest::read)
        .seed("[[a], 12, [b]]")
        .tokens("[", "]")
        .mayThrow(IllegalArgumentException.class);
  }

  private static void read(byte[] input) {
    int open = 0;
    for (byte b : input) {
      open += b == '[' ? 1 : b == ']' ? -1 : 0;
    }
    if (open != 0) {
      throw new IllegalArgumentException("unequal");
    }
  }
}
