package io.drivemark.eval.runner.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.Models;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.gauge.Columns;
import io.drivemark.eval.gauge.Counter;
import io.drivemark.eval.gauge.Figure;
import io.drivemark.eval.gauge.Gauge;
import io.drivemark.eval.gauge.Pool;
import io.drivemark.eval.gauge.Reading;
import io.drivemark.eval.gauge.Subject;
import io.drivemark.eval.runner.Yard;
import io.drivemark.eval.runner.accuracy.FrameRange;
import io.drivemark.eval.runner.plan.Cell;
import io.drivemark.eval.runner.plan.Plan;
import io.drivemark.eval.runner.study.Study;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkPlannerTest {
  @Test
  void rangesHaveAllFramesAndLongOnesShareOneWithTheNext() {
    for (int frames = 1; frames <= 70; frames++) {
      for (int shards = 1; shards <= 80; shards++) {
        String where = frames + " frames in " + shards;
        List<FrameRange> ranges = WorkPlanner.cut(frames, shards);
        assertEquals(Math.min(frames, shards), ranges.size(), where);
        assertEquals(0, ranges.get(0).first(), where);
        assertEquals(frames, ranges.get(ranges.size() - 1).last(), where);
        for (int i = 1; i < ranges.size(); i++) {
          FrameRange before = ranges.get(i - 1);
          int own = ranges.get(i).first() - before.first();
          int shared = before.last() - ranges.get(i).first();
          assertEquals(own >= WorkPlanner.SHARING ? 1 : 0, shared, where);
          assertTrue(own >= frames / ranges.size(), where);
        }
      }
    }
  }

  @Test
  void frames101In7() {
    assertEquals(
        List.of(
            new FrameRange(0, 15),
            new FrameRange(14, 29),
            new FrameRange(28, 44),
            new FrameRange(43, 58),
            new FrameRange(57, 73),
            new FrameRange(72, 87),
            new FrameRange(86, 101)),
        WorkPlanner.cut(101, 7));
  }

  /** A gauge that does not say how many neighbours of a frame it looks at. */
  private static final class Silent implements Gauge {
    @Override
    public String name() {
      return "silent";
    }

    @Override
    public int derivation() {
      return 1;
    }

    @Override
    public List<Figure> figures() {
      return List.of();
    }

    @Override
    public Columns columns(LabelSpace space) {
      return Columns.NONE;
    }

    @Override
    public Optional<Counter> counter(Subject subject) {
      return Optional.empty();
    }

    @Override
    public Reading read(Pool pool) {
      return Reading.empty();
    }
  }

  private static Cell judgedBy(Cell cell, List<Gauge> gauges) {
    return new Cell(
        cell.model(),
        cell.modelDigest(),
        cell.parent(),
        cell.frames(),
        cell.engine(),
        cell.availability(),
        cell.options(),
        cell.input(),
        cell.mapping(),
        cell.grid(),
        cell.protocol(),
        cell.corrupted(),
        gauges,
        cell.depth(),
        cell.clips(),
        cell.cues());
  }

  @Test
  void aGaugeThatDoesNotSayWhatItLooksAtKeepsFramesTogether(@TempDir Path folder)
      throws IOException {
    Path yaml = Yard.write(folder);
    Files.writeString(yaml, Files.readString(yaml) + "sequence: '^(frame)'\n");
    Study study = Yard.study(yaml, List.of("plain")).withGauges(List.of("flicker"));
    Cell cell = Plan.of(study, List.of(), Yard.sources()).cells().get(0);
    WorkCell cut = WorkPlanner.cells(List.of(cell), 3).get(0);
    assertEquals(3, cut.ranges().size());
    assertEquals(1, cut.around(), "flicker looks at pairs");
    assertEquals(Optional.empty(), cut.whole());
    List<Gauge> gauges = new ArrayList<>(cell.gauges());
    gauges.add(new Silent());
    WorkCell whole = WorkPlanner.cells(List.of(judgedBy(cell, gauges)), 3).get(0);
    assertEquals(List.of(new FrameRange(0, Yard.FRAMES)), whole.ranges());
    assertEquals(
        Optional.of("gauge silent does not say how many neighbours of a frame it looks at"),
        whole.whole());
  }

  @Test
  void aListThatKnowsOfFewerNeighboursIsRefused(@TempDir Path folder) {
    Study study = Yard.study(Yard.write(folder), List.of("plain"));
    Cell cell = Plan.of(study, List.of(), Yard.sources()).cells().get(0);
    WorkCell right = WorkPlanner.cells(List.of(cell), 3).get(0);
    WorkCell wrong =
        new WorkCell(
            right.folder(),
            right.key(),
            right.title(),
            right.spec(),
            right.frames(),
            right.around() + 1,
            right.whole(),
            right.ranges());
    WorkList list =
        new WorkList(
            "p",
            1,
            Duration.ofSeconds(1),
            study.toYaml(),
            List.of(),
            List.of(),
            List.of(),
            List.of(wrong));
    OwnCells own = new OwnCells(list, List.of(cell));
    assertEquals(Map.of(), own.cells());
    assertEquals(
        List.of(
            Spread.PLAIN
                + ": its gauges look at "
                + right.around()
                + " frames on either side here, the work list says "
                + wrong.around()),
        own.refusals());
  }

  @Test
  void modelsThatWereMadeAreReadAgainAsTheyWere(@TempDir Path out) {
    Model made = Yard.model("a filter+0.6", 3);
    List<String> files = WorkPlanner.writeModels(out, List.of(Yard.model("first", 1), made));
    assertEquals(List.of("shards/models/0-first.onnx", "shards/models/1-a-filter+0.6.onnx"), files);
    assertEquals(
        Models.digest(made), Models.digest(Models.load(out.resolve(files.get(1)).toString())));
  }
}
