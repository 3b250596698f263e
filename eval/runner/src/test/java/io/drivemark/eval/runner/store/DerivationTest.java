package io.drivemark.eval.runner.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.gauge.Columns;
import io.drivemark.eval.gauge.Counter;
import io.drivemark.eval.gauge.Figure;
import io.drivemark.eval.gauge.Gauge;
import io.drivemark.eval.gauge.Gauges;
import io.drivemark.eval.gauge.Pool;
import io.drivemark.eval.gauge.Reading;
import io.drivemark.eval.gauge.Subject;
import io.drivemark.eval.gauge.standard.BoundaryGauge;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.eval.runner.KeptCell;
import io.drivemark.eval.runner.record.GaugeReading;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A record of an older program, read after the rule of one of its gauges has been corrected. */
class DerivationTest {
  /** Boundary IoU by a corrected rule: the value is half of what it was. */
  private static final class Corrected implements Gauge {
    private final Gauge before = new BoundaryGauge();

    @Override
    public String name() {
      return before.name();
    }

    @Override
    public int derivation() {
      return 2;
    }

    @Override
    public List<Figure> figures() {
      return before.figures();
    }

    @Override
    public Columns columns(LabelSpace space) {
      return before.columns(space);
    }

    @Override
    public Optional<Counter> counter(Subject subject) {
      return before.counter(subject);
    }

    @Override
    public Reading read(Pool pool) {
      double old = before.read(pool).values().get("boundary").value().value().orElseThrow();
      return Reading.empty().with("boundary", MetricValue.of(old / 2));
    }
  }

  @TempDir private Path out;

  @BeforeEach
  void copy() {
    KeptCell.copy(out);
  }

  private static Gauges corrected() {
    return Gauges.of(
        Gauges.installed().all().stream()
            .map(gauge -> gauge.name().equals(BoundaryGauge.NAME) ? new Corrected() : gauge)
            .toList());
  }

  private static OptionalDouble boundary(List<GaugeReading> readings, int derivation) {
    return readings.stream()
        .filter(r -> r.gauge().equals(BoundaryGauge.NAME) && r.derivation() == derivation)
        .map(r -> r.figures().get(0).value())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void itsStoredFigureStaysAndTodaysStandsBesideIt() {
    Path cell = KeptCell.cell(out);
    CellStore.Stored before = CellStore.read(cell);
    CellStore.Stored stored = CellStore.read(cell, corrected());
    OptionalDouble old = before.entry().diagnosis().orElseThrow().boundary().miou();
    assertEquals(old, boundary(stored.entry().readings(), 1));
    assertEquals(1, stored.newer().size());
    assertEquals(old.orElseThrow() / 2, boundary(stored.newer(), 2).orElseThrow());
    assertEquals(stored.entry().diagnosis(), before.entry().diagnosis());
    assertEquals(old, boundary(stored.current().readings(), 1));
    assertNotEquals(old, boundary(stored.current().readings(), 2));
  }

  @Test
  void whatItsOtherGaugesSayIsStillCompared() throws IOException {
    Path cell = KeptCell.cell(out);
    Path record = cell.resolve("record.json");
    String text = Files.readString(record);
    int at = text.indexOf("\"worstShare\"");
    int miou = text.indexOf("\"miouOfWorst\" : ", at) + "\"miouOfWorst\" : ".length();
    Files.writeString(
        record, text.substring(0, miou) + "0.5" + text.substring(text.indexOf('\n', miou)));
    assertEquals(
        record
            + ": this record cannot be trusted: its diagnosis is not what its counts give; remove"
            + " the folder "
            + cell
            + " to measure it again",
        assertThrows(BadInputException.class, () -> CellStore.read(cell, corrected()))
            .getMessage());
  }
}
