package io.drivemark.cli;

import io.drivemark.architectures.estimate.GateEstimate;
import io.drivemark.architectures.estimate.GateEstimator;
import io.drivemark.architectures.estimate.Tiles;
import io.drivemark.architectures.latency.EngineSetup;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.variant.GateMaker;
import io.drivemark.architectures.variant.GatePlan;
import io.drivemark.architectures.variant.GateRequest;
import io.drivemark.config.JsonText;
import io.drivemark.files.DurableFiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** What {@code prune --technique dynamic} does once everything is opened. */
final class DynamicPruning {
  private final GateMaker maker;
  private final PrintWriter out;

  DynamicPruning(GateMaker maker, PrintWriter out) {
    this.maker = maker;
    this.out = out;
  }

  /**
   * Prints what ratios would save.
   *
   * @param clock the engine whose times are predicted; empty if none is asked for
   * @param tiles parts of a frame with masks of their own, which no clock can be asked about
   * @param asked a ratio besides the usual ones, whose sites are told apart; empty if none is
   * @param json where the estimate goes; null if nowhere
   */
  void estimate(Optional<EngineSetup> clock, Tiles tiles, OptionalDouble asked, Path json) {
    if (tiles.equals(Tiles.WHOLE)) {
      clock.ifPresent(maker::timedOn);
    } else {
      maker.over(tiles);
    }
    GateEstimate estimate = curve(asked.orElse(1));
    EstimateTable.lines(estimate).forEach(out::println);
    asked.ifPresent(ratio -> EstimateTable.sites(estimate, ratio).forEach(out::println));
    keep(estimate, json);
  }

  private GateEstimate curve(double asked) {
    return maker.estimate(
        DoubleStream.concat(
                GateEstimator.RATIOS.stream().mapToDouble(r -> r), DoubleStream.of(asked))
            .distinct()
            .boxed()
            .toList());
  }

  private static void keep(GateEstimate estimate, Path json) {
    if (json != null) {
      DurableFiles.write(json, JsonText.indented(estimate.keys()) + "\n");
    }
  }

  /**
   * Decides on a ratio, says what is estimated, and puts gates into the parent.
   *
   * @param json where the estimate goes; null if nowhere
   */
  Model start(Path json) {
    GatePlan plan = maker.plan();
    if (json != null) {
      keep(curve(plan.ratio()), json);
    }
    Map<String, String> found = plan.evidence();
    say(
        "ratio    %s: %.1f %% of the macs a frame are estimated (paper's count %.1f %%), %.1f %% of"
            + " the units vary between frames, one mask for all would get %.1f %% right",
        plan.ratio(),
        percent(found, "estimate-macs"),
        percent(found, "estimate-macs-paper"),
        percent(found, "estimate-varying"),
        percent(found, "estimate-constant-right"));
    if (found.containsKey("estimate-latency-measured")) {
      say(
          "latency  %.1f %% predicted; %.1f %% measured with the median frame's units live, before"
              + " training",
          percent(found, "estimate-latency"), percent(found, "estimate-latency-measured"));
    }
    return maker.start(plan);
  }

  /**
   * Says what the gates do now, and what a share of the latency that was asked for came to.
   *
   * @return 1 if the model takes more than that
   */
  int reached(Model model, GateRequest request) {
    Map<String, String> found = model.spec().provenance();
    say(
        "gates    %.1f %% of the macs a frame, %.1f to %.1f %%, on %s; %.1f %% of their bits are as the"
            + " target has them, one mask for all would get %.1f %% right",
        percent(found, "fit-macs"),
        percent(found, "fit-macs-least"),
        percent(found, "fit-macs-most"),
        found.get("fit-frames"),
        percent(found, "fit-right"),
        percent(found, "fit-constant-right"));
    return request
        .amount()
        .either(
            ratio -> ExitCode.FINE,
            macs -> ExitCode.FINE,
            latency -> reached(model.spec().provenance(), latency.share()));
  }

  private int reached(Map<String, String> found, double asked) {
    double share = percent(found, "latency-measured") / 100;
    double band = percent(found, "latency-band") / 100;
    say(
        "latency  %s of %s ms over real frames (%.1f %%, A-A band ±%.1f %%) at %s on %s",
        found.get("latency-ms"),
        found.get("latency-parent-ms"),
        100 * share,
        100 * band,
        found.get("latency-size"),
        found.get("latency-engine"));
    if (share <= asked + band) {
      return ExitCode.FINE;
    }
    say(
        "         asked for were %.1f %%: its gates use more than the estimate says; ask for --keep"
            + " latency=%.2f",
        100 * asked, Math.floor(100 * asked * asked / share) / 100);
    return ExitCode.FINDINGS;
  }

  private static double percent(Map<String, String> found, String key) {
    return 100 * Double.parseDouble(found.get(key));
  }

  private void say(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
