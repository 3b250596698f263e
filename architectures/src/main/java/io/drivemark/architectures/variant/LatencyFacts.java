package io.drivemark.architectures.variant;

import io.drivemark.architectures.latency.EngineSetup;
import io.drivemark.architectures.latency.MeasuredShare;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a model says of its measured latency. Stateless. */
final class LatencyFacts {
  private LatencyFacts() {}

  /**
   * The facts.
   *
   * @param engine with its version and threads
   * @param size of the images
   * @param predicted share by the tables, for people
   * @param measured in turns with the parent
   */
  static Map<String, String> of(
      String engine, String size, String predicted, MeasuredShare measured) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("latency-engine", engine);
    facts.put("latency-size", size);
    facts.put("latency-predicted", predicted);
    facts.put("latency-measured", share(measured.share()));
    facts.put("latency-band", share(measured.halfBand()));
    facts.put("latency-parent-ms", millis(measured.wholeMillis()));
    facts.put("latency-ms", millis(measured.partMillis()));
    return facts;
  }

  /** An engine with its version and threads. */
  static String engine(EngineSetup setup) {
    return setup.engine() + " " + setup.version() + ", threads " + setup.threads();
  }

  /** A share with four places. */
  static String share(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static String millis(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
