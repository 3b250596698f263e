package io.drivemark.reports.table;

import static io.drivemark.reports.table.Field.Better.HIGHER;
import static io.drivemark.reports.table.Field.Better.LOWER;

import io.drivemark.eval.decide.Measure;
import io.drivemark.eval.runner.record.Accuracy;
import io.drivemark.eval.runner.record.Cost;
import io.drivemark.eval.runner.record.Speed;
import io.drivemark.eval.runner.record.Speed.Latency;
import io.drivemark.reports.board.Contender;
import io.drivemark.reports.board.MeasureWords;
import io.drivemark.reports.board.Numbers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** The columns of the table of models: accuracy, speed, cost, facts. Stateless. */
final class ModelFields {
  private ModelFields() {}

  /** The columns of the table of models: accuracy by these measures, speed, cost. */
  static List<Field> all(Collection<Measure> measures) {
    List<Field> fields = new ArrayList<>();
    fields.add(Field.text("model", "Model", "The name in the study.", Contender::model));
    fields.add(
        Field.text("engine", "Engine", "The runtime that ran it.", c -> c.entry().engine().name()));
    measures.forEach(m -> fields.add(MeasureFields.value(m, MeasureWords.heading(m))));
    fields.add(
        latency(
            "mean_ms",
            "Mean ms",
            "Mean end-to-end latency: decoded frame to what it predicts.",
            Speed::endToEnd,
            l -> OptionalDouble.of(l.mean())));
    fields.add(
        Field.number(
            "fps",
            "FPS",
            "Frames a second: 1 / mean end-to-end latency, one stream, batch 1.",
            HIGHER,
            c -> c.entry().speed().map(Speed::fps),
            fps -> Numbers.milliseconds(fps)));
    fields.add(
        latency(
            "p50_ms",
            "p50 ms",
            "Median end-to-end latency.",
            Speed::endToEnd,
            l -> OptionalDouble.of(l.p50())));
    fields.add(
        latency(
            "p95_ms",
            "p95 ms",
            "95 of 100 frames took at most this long, end to end.",
            Speed::endToEnd,
            l -> OptionalDouble.of(l.p95())));
    fields.add(
        latency(
            "p99_ms",
            "p99 ms",
            "99 of 100 frames; not told from fewer than 100 runs.",
            Speed::endToEnd,
            Latency::p99));
    fields.add(
        latency(
            "model_mean_ms",
            "Model-only mean ms",
            "The engine alone: tensor in, tensors out.",
            Speed::model,
            l -> OptionalDouble.of(l.mean())));
    fields.add(
        latency(
            "model_p50_ms",
            "Model-only p50 ms",
            "Median of the engine alone.",
            Speed::model,
            l -> OptionalDouble.of(l.p50())));
    fields.add(
        latency(
            "model_p95_ms",
            "Model-only p95 ms",
            "95 of 100 runs of the engine alone.",
            Speed::model,
            l -> OptionalDouble.of(l.p95())));
    fields.add(
        latency(
            "model_p99_ms",
            "Model-only p99 ms",
            "99 of 100 runs of the engine alone.",
            Speed::model,
            Latency::p99));
    fields.add(
        Field.number(
            "decode_ms",
            "Decode ms",
            "Mean time to read and decode the photograph; in none of the latencies.",
            LOWER,
            c -> c.entry().speed().flatMap(s -> Field.boxed(s.imageDecodeMs())),
            Numbers::milliseconds));
    measures.forEach(m -> fields.addAll(MeasureFields.bounds(m)));
    if (measures.contains(Measure.MIOU)) {
      fields.addAll(accuracyFields());
    }
    fields.addAll(costFields());
    fields.addAll(factFields());
    return List.copyOf(fields);
  }

  private static List<Field> accuracyFields() {
    return List.of(
        accuracy(
            "pixel_accuracy",
            "Pixel acc. %",
            "Share of judged pixels that are right.",
            Accuracy::pixelAccuracy),
        accuracy(
            "mean_accuracy",
            "Mean acc. %",
            "Mean recall over the classes.",
            Accuracy::meanAccuracy),
        accuracy(
            "fw_iou",
            "fwIoU %",
            "IoU weighted by the classes' share of the truth.",
            Accuracy::frequencyWeightedIou));
  }

  private static List<Field> costFields() {
    return List.of(
        Field.number(
            "params",
            "Params",
            "Learned values.",
            LOWER,
            c -> c.entry().cost().map(Cost::params).flatMap(Field::boxed),
            Numbers::count),
        Field.number(
            "macs",
            "MACs",
            "Multiply-accumulates a frame at the input size; of networks that choose by the frame the"
                + " mean over frames, gate heads included.",
            LOWER,
            c -> c.entry().cost().map(Cost::macsPerFrame).flatMap(Field::boxed),
            Numbers::count));
  }

  private static List<Field> factFields() {
    return List.of(
        Field.text(
            "architecture",
            "Architecture",
            "Its structure.",
            c -> c.entry().model().architecture()),
        Field.text(
            "technique",
            "Variant",
            "Dense, how it was pruned and from which parent, or cue and the network inside.",
            c ->
                c.entry().model().technique()
                    + c.entry().model().parent().map(p -> " of " + p).orElse("")),
        Field.text("input", "Input", "Height × width.", c -> c.entry().input().toString()),
        Field.number(
            "threads",
            "Threads",
            "Threads one inference may use.",
            Field.Better.NEITHER,
            c -> Optional.of((double) c.entry().engine().threads()),
            Numbers::count),
        Field.text(
            "precision",
            "Precision",
            "Of the arithmetic; by operator where weights are not stored as fp32: engine and file"
                + " decide.",
            Contender::precision),
        Field.text(
            "mapping",
            "Mapping",
            "How its classes become the dataset's.",
            c -> c.entry().protocol().mapping()),
        Field.number(
            "images",
            "Frames",
            "Frames judged.",
            Field.Better.NEITHER,
            c -> Optional.of((double) c.entry().dataset().images()),
            Numbers::count),
        Field.text(
            "complete",
            "Complete",
            "No where something is missing; see the issues.",
            c -> c.entry().complete() ? "yes" : "no"));
  }

  private static Field accuracy(
      String key, String title, String meaning, Function<Accuracy, OptionalDouble> value) {
    return Field.number(
        key,
        title,
        meaning,
        HIGHER,
        c -> c.entry().accuracy().flatMap(a -> Field.boxed(value.apply(a))),
        Numbers::percent);
  }

  private static Field latency(
      String key,
      String title,
      String meaning,
      Function<Speed, Latency> stage,
      Function<Latency, OptionalDouble> value) {
    return Field.number(
        key,
        title,
        meaning,
        LOWER,
        c -> c.entry().speed().map(stage).flatMap(l -> Field.boxed(value.apply(l))),
        Numbers::milliseconds);
  }
}
