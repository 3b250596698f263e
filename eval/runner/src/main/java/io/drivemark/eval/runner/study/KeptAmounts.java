package io.drivemark.eval.runner.study;

import io.drivemark.architectures.latency.EngineSetup;
import io.drivemark.architectures.pruning.Measure;
import io.drivemark.architectures.variant.PruneRequest;
import io.drivemark.config.ConfigMap;
import io.drivemark.config.Numbers;
import io.drivemark.problem.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How much of a model remains, by the keys {@code keep} and {@code remove-layers} of a line. */
record KeptAmounts(ConfigMap line, EngineSetup latencyOn) {
  static final String LATENCY = "latency";

  /** What the line says, each amount once; problems are kept by the file. */
  List<PruneRequest.Amount> read() {
    List<PruneRequest.Amount> amounts = shares();
    for (String text : LineValues.strings(line, "remove-layers")) {
      int units = wholeNumber(text);
      if (units < 1) {
        line.problem("remove-layers", "found " + text + ", expected a whole number from 1 on");
      } else {
        amounts.add(new PruneRequest.Remove(units));
      }
    }
    if (!line.has("keep") && !line.has("remove-layers")) {
      line.problem(
          "technique",
          "says not how much remains: give keep (latency=0.6, say), or remove-layers (3, say)");
    }
    return amounts;
  }

  /** The shares of the key {@code keep} alone. */
  List<PruneRequest.Amount> shares() {
    List<PruneRequest.Amount> amounts = new ArrayList<>();
    for (String text : LineValues.strings(line, "keep")) {
      keep(text).ifPresent(amounts::add);
    }
    return amounts;
  }

  /** The number, or 0 if the text is none. */
  static int wholeNumber(String text) {
    return Numbers.integer(text).orElse(0);
  }

  private Optional<PruneRequest.Amount> keep(String text) {
    int at = text.indexOf('=');
    double share = Numbers.real(text.substring(at + 1)).orElse(Double.NaN);
    if (at < 0 || !(share > 0 && share <= 1)) {
      line.problem(
          "keep",
          "found "
              + text
              + ", expected a measure and a share above 0 to 1, for example latency=0.6");
      return Optional.empty();
    }
    String what = text.substring(0, at);
    if (what.equals(LATENCY)) {
      return Optional.of(new PruneRequest.KeepLatency(share, latencyOn));
    }
    List<String> measures =
        Stream.concat(Arrays.stream(Measure.values()).map(Measure::key), Stream.of(LATENCY))
            .toList();
    if (!measures.contains(what)) {
      line.problem(
          "keep",
          "found "
              + text
              + Nearest.hint(what, measures)
              + ", expected a share of "
              + String.join(", ", measures));
      return Optional.empty();
    }
    return Optional.of(new PruneRequest.Keep(Measure.named(what), share));
  }
}
