package io.drivemark.eval.gauge.standard;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.gauge.Columns;
import io.drivemark.eval.gauge.Counter;
import io.drivemark.eval.gauge.Counts;
import io.drivemark.eval.gauge.Figure;
import io.drivemark.eval.gauge.Figure.Better;
import io.drivemark.eval.gauge.Figure.Unit;
import io.drivemark.eval.gauge.Gauge;
import io.drivemark.eval.gauge.JudgedFrame;
import io.drivemark.eval.gauge.Pool;
import io.drivemark.eval.gauge.Reading;
import io.drivemark.eval.gauge.Subject;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.eval.metrics.gates.GateVariation;
import io.drivemark.eval.metrics.gates.SiteGates;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;

/**
 * Which units of a gated network are live on each frame, and how much that differs between frames.
 * A frame has a row for each site: its name, its live units as {@link SiteGates#hex}, how many
 * units it has and how many are live. Where a network gives gates.
 */
public final class GatesGauge implements Gauge {
  /** Its name. */
  public static final String NAME = "gates";

  private static final Columns COLUMNS =
      new Columns(List.of("site", "gates"), List.of("units", "live"));

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int derivation() {
    return 1;
  }

  @Override
  public OptionalInt neighbours() {
    return OptionalInt.of(0);
  }

  @Override
  public List<Figure> figures() {
    return List.of(
        share("liveShare", "Live units", "The share of the gated units that are computed."),
        share(
            "gatesVarying",
            "Units that vary",
            "The share of the gated units that are live on some frames and not on others; 0 %: the"
                + " same part of the network runs on every frame."),
        share(
            "gatesAlike",
            "Gates alike",
            "How alike the gates of two frames are: units that both have live, of those that one of"
                + " them has live (Jaccard index), mean over pairs of frames."),
        share("gatesAlways", "Always live", "The share of units that are live on every frame.")
            .hidden(),
        share("gatesNever", "Never live", "The share of units that are live on no frame.")
            .hidden());
  }

  private static Figure share(String id, String title, String about) {
    return new Figure(id, title, Unit.FRACTION, Better.NEITHER, true, about);
  }

  @Override
  public Columns columns(LabelSpace space) {
    return COLUMNS;
  }

  @Override
  public Optional<Counter> counter(Subject subject) {
    return subject.has(Subject.Given.GATES)
        ? Optional.of((frame, sink) -> count(frame, sink))
        : Optional.empty();
  }

  private static void count(JudgedFrame frame, Counter.Sink sink) {
    frame
        .gates()
        .ifPresent(
            sites -> {
              Counts.Rows rows = new Counts.Rows(COLUMNS);
              sites.forEach(s -> rows.add(List.of(s.site(), s.hex()), s.units(), s.live()));
              sink.add(frame.index(), rows.counts());
            });
  }

  /**
   * The gates of a frame, in the order of its sites.
   *
   * @param counts what this gauge counted on it
   * @throws IllegalArgumentException if they are no gates: they were changed since
   */
  public static List<SiteGates> gates(Counts counts) {
    List<SiteGates> out = new ArrayList<>();
    counts.forEach(
        (keys, numbers) -> {
          SiteGates gates = SiteGates.ofHex(keys.get(0), Math.toIntExact(numbers[0]), keys.get(1));
          if (gates.live() != numbers[1]) {
            throw new IllegalArgumentException(
                "site "
                    + gates.site()
                    + ": "
                    + numbers[1]
                    + " live units, its gates "
                    + gates.hex()
                    + " have "
                    + gates.live());
          }
          out.add(gates);
        });
    return out;
  }

  @Override
  public Reading read(Pool pool) {
    GateVariation found = GateVariation.of(pool.frames().stream().map(GatesGauge::gates).toList());
    return Reading.empty()
        .with("liveShare", MetricValue.of(found.liveShare()))
        .with("gatesVarying", ofFrames(found, GateVariation::varyingShare))
        .with("gatesAlike", found.alike())
        .with("gatesAlways", ofFrames(found, GateVariation::alwaysShare))
        .with("gatesNever", ofFrames(found, GateVariation::neverShare));
  }

  private static MetricValue ofFrames(GateVariation found, ToDoubleFunction<GateVariation> share) {
    return found.frames() > 1
        ? MetricValue.of(share.applyAsDouble(found))
        : MetricValue.undefined("one frame has nothing to be compared with");
  }
}
