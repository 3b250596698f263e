package io.drivemark.eval.gauge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.gauge.standard.GatedCostGauge;
import io.drivemark.eval.gauge.standard.GatesGauge;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.eval.metrics.Protocols;
import io.drivemark.eval.metrics.gates.GatedMacs;
import io.drivemark.eval.metrics.gates.SiteGates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is counted of gates, and what follows from it. */
class GatesGaugeTest {
  private static final LabelSpace SPACE =
      new LabelSpace("one", List.of(new LabelClass("road", 0x808080, "flat", false, false)));
  private static final GatesGauge GATES = new GatesGauge();
  private static final GatedCostGauge COST = new GatedCostGauge();

  private static Counts row(String site, String gates, long units, long live) {
    return new Counts.Rows(GATES.columns(SPACE)).add(List.of(site, gates), units, live).counts();
  }

  private static Pool pool(List<Counts> frames) {
    return new Pool(SPACE, Protocols.cityscapes(), Map.of(), List.of(), frames);
  }

  @Test
  void aFrameHasARowForEachSite() {
    assertEquals(
        new Columns(List.of("site", "gates"), List.of("units", "live")), GATES.columns(SPACE));
    assertEquals(List.of(SiteGates.ofHex("a", 6, "84")), GatesGauge.gates(row("a", "84", 6, 2)));
  }

  @Test
  void countsThatContradictTheirGatesAreRefused() {
    assertEquals(
        "site a: 3 live units, its gates 84 have 2",
        assertThrows(IllegalArgumentException.class, () -> GatesGauge.gates(row("a", "84", 6, 3)))
            .getMessage());
  }

  @Test
  void figuresAreSharesOfTheUnits() {
    Reading reading = GATES.read(pool(List.of(row("a", "c", 4, 2), row("a", "a", 4, 2))));
    List<MetricValue> values = new ArrayList<>();
    GATES.figures().forEach(f -> values.add(reading.values().get(f.id()).value()));
    assertEquals(
        List.of(
            MetricValue.of(0.5),
            MetricValue.of(0.5),
            MetricValue.of(1.0 / 3),
            MetricValue.of(0.25),
            MetricValue.of(0.25)),
        values);
  }

  @Test
  void ofOneFrameNothingVaries() {
    Reading reading = GATES.read(pool(List.of(row("a", "c", 4, 2))));
    MetricValue none = MetricValue.undefined("one frame has nothing to be compared with");
    assertEquals(MetricValue.of(0.5), reading.values().get("liveShare").value());
    assertEquals(none, reading.values().get("gatesVarying").value());
    assertEquals(none, reading.values().get("gatesAlike").value());
  }

  @Test
  void computedMacsAreAShareOfTheDenseOnes() {
    Counts one = Counts.of(COST.columns(SPACE), 60, 50, 100, 10);
    Counts other = Counts.of(COST.columns(SPACE), 80, 70, 100, 10);
    assertEquals(new GatedMacs(60, 50, 100, 10), GatedCostGauge.macs(one));
    Reading reading = COST.read(pool(List.of(one, other)));
    assertEquals(MetricValue.of(0.7), reading.values().get("macsShare").value());
    assertEquals(MetricValue.of(0.6), reading.values().get("macsSharePaper").value());
  }
}
