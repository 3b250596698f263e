package io.drivemark.reports.page;

import io.drivemark.datasets.Task;
import io.drivemark.eval.history.Decision;
import io.drivemark.eval.history.MachineKey;
import io.drivemark.eval.history.SeriesKey;
import io.drivemark.eval.history.judge.Alarm;
import io.drivemark.eval.history.judge.Cause;
import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.judge.Onset;
import io.drivemark.eval.history.judge.Series;
import io.drivemark.eval.history.store.HistoryView;
import io.drivemark.eval.history.store.HistoryView.NightLine;
import io.drivemark.eval.history.store.HistoryView.Point;
import io.drivemark.eval.history.store.HistoryView.Said;
import io.drivemark.eval.history.store.HistoryView.SeriesLine;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.eval.runner.record.ProtocolFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;

/**
 * A made-up history: nights in turn on two machines, where the first one has nine of ten; one model
 * gets slower, the engine makes all faster, one class of pixels is lost.
 */
public final class MadeHistory {
  static final MachineKey ONE = new MachineKey("Processor 9000", "amd64 avx2", 8, 16, 64);
  static final MachineKey TWO = new MachineKey("Processor 12", "aarch64", 4, 4, 8);
  private static final Instant FIRST = Instant.parse("2025-11-30T02:00:00Z");

  private MadeHistory() {}

  static Night.Ref ref(int night) {
    return new Night.Ref(
        "%016x".formatted(0xABCDEF00L + night), night, FIRST.plus(Duration.ofDays(night)));
  }

  static SeriesKey series(String model) {
    return new SeriesKey(
        model,
        Task.SEGMENTATION,
        "camvid",
        "val",
        "onnxruntime",
        2,
        "fp32",
        Optional.empty(),
        new FrameSize(360, 480),
        new ProtocolFacts("cityscapes", "protocol", "identity", "logits-bilinear"));
  }

  /** So many nights of so many models; names begin with this. */
  public static HistoryView of(int nights, int models, String name) {
    Random random = new Random(7);
    List<NightLine> all = new ArrayList<>();
    for (int night = 0; night < nights; night++) {
      all.add(night(night, nights));
    }
    List<SeriesLine> lines = new ArrayList<>();
    for (int model = 0; model < models; model++) {
      SeriesKey key = series(name + "-" + model);
      for (MachineKey machine : List.of(ONE, TWO)) {
        for (String metric : List.of("latencyMs", "latencyP95Ms", "miou")) {
          List<Point> points = points(all, machine, metric, model, random);
          if (!points.isEmpty()) {
            lines.add(new SeriesLine(key, machine.digest(), metric, Optional.empty(), points));
          }
        }
      }
    }
    int slower = nights * 6 / 10;
    int faster = nights * 3 / 10;
    Event open = event("event1", series(name + "-0"), slower, Event.State.CONFIRMED, true, 0.06);
    Event better = event("event2", null, faster, Event.State.CONFIRMED, false, -0.08);
    return new HistoryView(
        all,
        lines,
        List.of(better, open),
        List.of(
            new Decision(
                Decision.Kind.ANNOTATE,
                ref(faster).uid(),
                "onnxruntime updated: " + name.substring(0, Math.min(9000, name.length())),
                name,
                FIRST.plus(Duration.ofDays(faster)))));
  }

  private static NightLine night(int night, int nights) {
    boolean two = night % 10 == 9;
    boolean worse = night >= nights * 6 / 10;
    boolean unquiet = night % 31 == 17;
    return new NightLine(
        ref(night),
        "night",
        two ? TWO : ONE,
        Map.of("java", "17"),
        "nights/" + night,
        unquiet ? Optional.of("load 3.2") : Optional.empty(),
        Optional.empty(),
        night < 10
            ? Optional.empty()
            : Optional.of(
                unquiet
                    ? new Said("not judged", "Not judged: load 3.2.", 0, 80, 0)
                    : worse && !two
                        ? new Said("worse", "Worse: latency +6.0 %; 80 of 80.", 80, 0, 0)
                        : new Said("fine", "Fine: 80 of 80 figures judged.", 80, 0, 0)));
  }

  private static List<Point> points(
      List<NightLine> nights, MachineKey machine, String metric, int model, Random random) {
    List<Point> out = new ArrayList<>();
    for (int night = 0; night < nights.size(); night++) {
      if (!nights.get(night).machine().equals(machine) || night % 47 == 40) {
        continue;
      }
      double at = (double) night / nights.size();
      if (metric.equals("miou")) {
        out.add(point(night, 0.52 + 0.01 * model, 0.03));
      } else {
        double level = (12 + 3 * model) * (at >= 0.3 ? 0.92 : 1);
        level *= model == 0 && at >= 0.6 && machine.equals(ONE) ? 1.06 : 1;
        level *= machine.equals(TWO) ? 4 : 1;
        double spike = random.nextInt(60) == 0 ? 1.3 : 1;
        double value = level * spike * (1 + 0.008 * random.nextGaussian());
        out.add(point(night, metric.equals("latencyMs") ? value : value * 1.2, value * 0.004));
      }
    }
    return out;
  }

  static Point point(int night, double value, double half) {
    return new Point(
        night,
        OptionalDouble.of(value),
        OptionalDouble.of(value - half),
        OptionalDouble.of(value + half));
  }

  private static Event event(
      String uid, SeriesKey key, int night, Event.State state, boolean worse, double change) {
    return new Event(
        uid,
        ONE.digest(),
        state,
        worse,
        key == null ? Cause.ENGINE : Cause.MODEL,
        List.of(
            new Event.Change(
                key == null ? Series.ALL : Series.of(key),
                "latencyMs",
                Optional.empty(),
                Alarm.Kind.LEVEL,
                key == null ? 1 : 11.04,
                key == null ? 1 + change : 11.04 * (1 + change),
                change)),
        new Onset(ref(night - 1), ref(night), ref(night - 1), ref(night)),
        ref(night + 2),
        Optional.empty(),
        key == null ? List.of("engine.onnxruntime: 1.29 -> 1.30") : List.of(),
        Optional.empty());
  }
}
