package io.drivemark.eval.gauge.standard;

import io.drivemark.eval.gauge.Counter;
import io.drivemark.eval.gauge.JudgedFrame;
import java.util.Map;

/** The counter of a gauge that counts nothing of its own. */
record Settings(Map<String, String> settings) implements Counter {
  static final Settings NONE = new Settings(Map.of());

  @Override
  public void count(JudgedFrame frame, Sink sink) {
    // The confusion counts are enough.
  }
}
