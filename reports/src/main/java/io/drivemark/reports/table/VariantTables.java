package io.drivemark.reports.table;

import static io.drivemark.reports.table.Field.Better.HIGHER;
import static io.drivemark.reports.table.Field.Better.LOWER;
import static io.drivemark.reports.table.Field.Better.NEITHER;

import io.drivemark.eval.decide.Measure;
import io.drivemark.eval.decide.RecordedDifference;
import io.drivemark.eval.runner.record.detail.Lineage;
import io.drivemark.reports.board.Board;
import io.drivemark.reports.board.Contender;
import io.drivemark.reports.board.Family;
import io.drivemark.reports.board.MeasureWords;
import io.drivemark.reports.board.Numbers;
import io.drivemark.reports.board.Variant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/**
 * What pruning bought: columns that compare a variant with its parent, empty for contenders that
 * are no variants. Changes are relative to the parent's value, that of accuracy is a difference.
 * Immutable.
 */
public final class VariantTables {
  private final Map<Contender, Variant> variants = new IdentityHashMap<>();

  private final List<Measure> measures;

  /** The columns for these boards' contenders. */
  public VariantTables(List<Board> boards) {
    this.measures = boards.stream().map(Board::measure).distinct().sorted().toList();
    for (Board board : boards) {
      Family.of(board)
          .forEach(family -> family.variants().forEach(v -> variants.put(v.contender(), v)));
    }
  }

  /** Whether there is a variant at all. */
  public boolean isEmpty() {
    return variants.isEmpty();
  }

  /** The changes, and how each variant was made. */
  public List<Field> changes() {
    List<Field> fields = new ArrayList<>();
    measures.forEach(m -> fields.addAll(accuracy(m)));
    fields.add(
        number(
            "latency_change",
            "Δ latency %",
            "Change of the mean end-to-end latency; ≈ where the two cannot be told apart.",
            LOWER,
            v -> v.changes().latency(),
            Numbers::change));
    fields.add(
        number(
            "model_latency_change",
            "Δ model-only %",
            "Change of the engine's mean latency alone.",
            LOWER,
            v -> v.changes().engineLatency(),
            Numbers::change));
    fields.add(
        number(
            "macs_change",
            "Δ MACs %",
            "Change of the multiply-accumulates a frame.",
            LOWER,
            v -> v.changes().macs(),
            Numbers::change));
    fields.add(
        number(
            "params_change",
            "Δ params %",
            "Change of the number of learned values.",
            LOWER,
            v -> v.changes().params(),
            Numbers::change));
    fields.add(
        number(
            "clock_share",
            "Clock follows",
            "Model-only latency saved / multiply-accumulates saved: 1.00 if the clock follows the"
                + " calculation.",
            HIGHER,
            v -> v.changes().clockShare(),
            share -> String.format(Locale.ROOT, "%.2f", share).replace('-', '−')));
    fields.addAll(making());
    return List.copyOf(fields);
  }

  private List<Field> accuracy(Measure measure) {
    String key = MeasureWords.key(measure) + "_change";
    String title = MeasureWords.title(measure);
    return List.of(
        number(
            key,
            "Δ " + title + (MeasureWords.isPercent(measure) ? " points" : ""),
            title + " less the parent's on the same frames.",
            MeasureFields.better(measure),
            v -> of(measure, v).map(m -> m.changes().accuracy()).orElse(OptionalDouble.empty()),
            d -> MeasureWords.difference(measure, d)),
        bound(measure, key + "_low", "Δ from", "Lower", RecordedDifference::low),
        bound(measure, key + "_high", "Δ to", "Upper", RecordedDifference::high));
  }

  private static Optional<Variant> of(Measure measure, Variant variant) {
    return variant.contender().measure() == measure ? Optional.of(variant) : Optional.empty();
  }

  private List<Field> making() {
    return List.of(
        text("prune_technique", "Technique", "What was removed.", v -> technique(v.contender())),
        text(
            "prune_criterion",
            "Criterion",
            "What decided what was removed.",
            v -> v.contender().entry().model().criterion().orElse("")),
        text(
            "prune_goal",
            "Asked for",
            "How much was to remain.",
            v -> v.lineage().map(Lineage::goal).orElse("")),
        number(
            "predicted_latency_share",
            "Predicted %",
            "Share of the parent's latency that the table of pieces predicted when it was planned.",
            NEITHER,
            v -> v.planned("latency-predicted"),
            Numbers::percent),
        number(
            "planned_latency_share",
            "When planned %",
            "Share of the parent's latency measured in turns when it was planned.",
            NEITHER,
            v -> v.planned("latency-measured"),
            Numbers::percent),
        text("prune_training", "Training after", "After pruning.", Variant::training),
        text(
            "prune_seed",
            "Seed",
            "Of what was drawn at random.",
            v -> v.lineage().map(Lineage::seed).orElse("")));
  }

  /** The columns of the table on the page: what they are, then what pruning changed. */
  public List<Field> fields() {
    List<Field> changes = changes();
    List<Field> models = ModelFields.all(measures);
    int ofAccuracy = 3 * measures.size();
    List<Field> fields = new ArrayList<>();
    fields.add(
        Field.text(
            "contender",
            "Model",
            "A parent, then its variants, whose names begin with the parent's.",
            c -> Optional.ofNullable(variants.get(c)).map(Variant::shortLabel).orElse(c.label())));
    measures.forEach(m -> fields.add(BoardTables.contenderFields(m).get(1)));
    fields.addAll(changes.subList(0, ofAccuracy));
    models.stream().filter(f -> f.key().equals("mean_ms")).forEach(fields::add);
    fields.addAll(changes.subList(ofAccuracy, ofAccuracy + 2));
    models.stream().filter(f -> f.key().equals("macs")).forEach(fields::add);
    fields.addAll(changes.subList(ofAccuracy + 2, changes.size()));
    return List.copyOf(fields);
  }

  /** Whether a variant's speed cannot be told from its parent's. */
  public boolean tiesParent(Contender contender) {
    return Optional.ofNullable(variants.get(contender)).filter(Variant::tiesParent).isPresent();
  }

  private static String technique(Contender contender) {
    return contender.entry().model().technique();
  }

  private Field text(String key, String title, String meaning, Function<Variant, String> value) {
    return Field.text(
        key, title, meaning, c -> Optional.ofNullable(variants.get(c)).map(value).orElse(""));
  }

  private Field bound(
      Measure measure,
      String key,
      String title,
      String end,
      Function<RecordedDifference, OptionalDouble> value) {
    return number(
        key,
        title,
        end
            + " end of the 95 % percentile interval of Δ "
            + MeasureWords.title(measure)
            + ", by the paired bootstrap; narrow where clusters are few.",
        NEITHER,
        v ->
            of(measure, v)
                .flatMap(Variant::parentDifference)
                .map(value)
                .orElse(OptionalDouble.empty()),
        d -> MeasureWords.difference(measure, d));
  }

  private Field number(
      String key,
      String title,
      String meaning,
      Field.Better better,
      Function<Variant, OptionalDouble> value,
      DoubleFunction<String> format) {
    return Field.number(
        key,
        title,
        meaning,
        better,
        c ->
            Optional.ofNullable(variants.get(c))
                .map(value)
                .filter(OptionalDouble::isPresent)
                .map(OptionalDouble::getAsDouble),
        format);
  }
}
