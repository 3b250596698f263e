package io.drivemark.reports.board;

import io.drivemark.datasets.Task;
import io.drivemark.eval.decide.Measure;
import io.drivemark.eval.history.MachineKey;
import io.drivemark.eval.history.SeriesKey;
import io.drivemark.eval.history.compare.Allowance;
import io.drivemark.eval.history.compare.CellComparison;
import io.drivemark.eval.history.compare.CellComparison.ClassChange;
import io.drivemark.eval.history.compare.CellComparison.Expected;
import io.drivemark.eval.history.compare.CellComparison.Finding;
import io.drivemark.eval.history.compare.CellComparison.FrameChange;
import io.drivemark.eval.history.compare.CellComparison.Moved;
import io.drivemark.eval.history.compare.CellComparison.SliceChange;
import io.drivemark.eval.history.compare.Changed;
import io.drivemark.eval.history.compare.Comparison;
import io.drivemark.eval.history.compare.Direction;
import io.drivemark.eval.history.compare.Elsewhere;
import io.drivemark.eval.history.compare.LatencyChange;
import io.drivemark.eval.history.compare.Side;
import io.drivemark.eval.history.compare.Unpaired;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.eval.runner.record.ProtocolFacts;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.store.RunStore;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** A made-up comparison with one of everything that its page shows. */
public final class MadeComparison {
  private static final OptionalDouble NONE = OptionalDouble.empty();

  private MadeComparison() {}

  /** The name stands wherever a user's text can. */
  public static Comparison with(String name) {
    Path kept = kept();
    StudyResult result = RunStore.read(kept);
    Entry entry = result.entries().get(1);
    Side side =
        new Side(
            name,
            kept,
            result.started(),
            MachineKey.of(result.environment()),
            result.environment());
    LatencyChange slower = latency(0.1, Direction.WORSE);
    List<CellComparison> cells = new ArrayList<>();
    cells.add(cell(name, entry, Finding.DETERMINISM, -0.0001, Direction.SAME, slower));
    cells.add(cell(name + " two", entry, Finding.CHANGED, -0.0123, Direction.WORSE, slower));
    cells.add(
        cell("enet", entry, Finding.SAME_BITS, 0, Direction.SAME, latency(0, Direction.SAME)));
    return new Comparison(
        side,
        side,
        Allowance.defaults(),
        List.of(new Changed("kernel", "6.1.0-18", name)),
        cells,
        List.of(
            new Unpaired(name, Unpaired.Reason.PROTOCOL, new Changed("protocol", name, name)),
            new Unpaired("net on camvid/val", Unpaired.Reason.ONLY_A, new Changed("a", "b", "c"))),
        new Comparison.Shared(3, OptionalDouble.of(0.2), true));
  }

  private static CellComparison cell(
      String model,
      Entry entry,
      Finding finding,
      double difference,
      Direction gate,
      LatencyChange latency) {
    boolean same = finding == Finding.SAME_BITS;
    Elsewhere elsewhere =
        new Elsewhere(
            OptionalDouble.of(-0.02),
            OptionalDouble.of(-0.004),
            OptionalDouble.of(0.01),
            OptionalDouble.of(0.02),
            false,
            gate);
    OptionalDouble some = OptionalDouble.of(0.5);
    OptionalDouble off = OptionalDouble.of(difference);
    return new CellComparison(
        new SeriesKey(
            model,
            Task.SEGMENTATION,
            "camvid",
            "val",
            "onnxruntime",
            2,
            "fp32",
            Optional.empty(),
            new FrameSize(360, 480),
            new ProtocolFacts("cityscapes", "protocol", "identity", "logits-bilinear")),
        entry,
        entry,
        Measure.MIOU,
        same ? List.of() : List.of(new Changed("engine", "onnxruntime 1", model)),
        same ? Expected.SAME_BITS : Expected.OTHERS,
        finding,
        same
            ? Optional.empty()
            : Optional.of(new Moved(3, 24, OptionalLong.of(12_345), OptionalLong.of(3), true)),
        off,
        gate,
        elsewhere,
        same ? List.of() : List.of(new ClassChange(model, some, some, off, false, elsewhere)),
        gate == Direction.WORSE ? List.of(model) : List.of(),
        same ? List.of() : List.of(new SliceChange("weather", model, 20, some, some, off)),
        same
            ? List.of()
            : List.of(
                new FrameChange(model, OptionalLong.of(1), OptionalLong.of(3), some, NONE, NONE)),
        latency);
  }

  private static LatencyChange latency(double log, Direction direction) {
    OptionalDouble ratio = OptionalDouble.of(log);
    return new LatencyChange(
        "",
        OptionalDouble.of(10),
        OptionalDouble.of(11),
        new LatencyChange.Processes(3, 1),
        ratio,
        ratio,
        OptionalDouble.of(0.01),
        direction);
  }

  private static Path kept() {
    try {
      return Path.of(MadeComparison.class.getResource("/kept-results-1").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
