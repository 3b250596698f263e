package io.drivemark.reports.page;

import io.drivemark.eval.decide.Measure;
import io.drivemark.eval.runner.record.detail.Lineage;
import io.drivemark.eval.runner.record.detail.Lineage.KeptLayer;
import io.drivemark.reports.board.Board;
import io.drivemark.reports.board.EqualLatency;
import io.drivemark.reports.board.Family;
import io.drivemark.reports.board.MeasureWords;
import io.drivemark.reports.board.Numbers;
import io.drivemark.reports.board.Remainder;
import io.drivemark.reports.board.Variant;
import io.drivemark.reports.page.PageView.FamilyView;
import io.drivemark.reports.page.PageView.Kept;
import io.drivemark.reports.page.PageView.LayerRow;
import io.drivemark.reports.page.PageView.LayerView;
import io.drivemark.reports.page.PageView.PartView;
import io.drivemark.reports.page.PageView.VariantView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** Families of variants as the page shows them: verdicts and pictures of the kept widths. */
final class FamilyViews {
  private FamilyViews() {}

  static List<FamilyView> of(Board board, Map<String, String> colors) {
    return Family.of(board).stream().map(f -> family(f, colors)).toList();
  }

  private static FamilyView family(Family family, Map<String, String> colors) {
    List<VariantView> variants = family.variants().stream().map(v -> variant(v, colors)).toList();
    return new FamilyView(
        family.parentModel(),
        family.remarks(),
        EqualLatency.verdicts(family),
        variants,
        variants.stream().anyMatch(v -> !v.parts().isEmpty()));
  }

  private static VariantView variant(Variant variant, Map<String, String> colors) {
    Remainder left = Remainder.of(variant);
    List<String> removed = variant.lineage().map(Lineage::removedUnits).orElse(List.of());
    return new VariantView(
        variant.shortLabel(),
        colors.get(variant.contender().entry().model().architecture()),
        made(variant),
        accuracy(variant),
        kept(variant),
        parts(left),
        left.layers().isEmpty() ? "" : left.summary(),
        removed.isEmpty() ? "" : "Removed as a whole: " + String.join(", ", removed) + ".",
        left.singleWords(),
        layers(left));
  }

  private static String made(Variant variant) {
    List<String> words = new ArrayList<>();
    words.add(variant.recipe());
    variant
        .lineage()
        .map(l -> l.goal().replaceAll(", scope (?!layer\\b)[a-z]+", "")) // the method says it
        .filter(g -> !g.isEmpty())
        .ifPresent(words::add);
    String training = variant.training();
    if (!training.isEmpty()) {
      words.add(training.equals("none") ? "not trained after pruning" : training);
    }
    return String.join(" · ", words);
  }

  private static String accuracy(Variant variant) {
    Measure measure = variant.contender().measure();
    OptionalDouble change = variant.changes().accuracy();
    if (change.isEmpty()) {
      return "";
    }
    return MeasureWords.differencePhrase(measure, change.getAsDouble())
        + variant
            .parentDifference()
            .filter(d -> d.low().isPresent() && d.high().isPresent())
            .map(
                d ->
                    " ("
                        + MeasureWords.difference(measure, d.low().getAsDouble())
                        + " to "
                        + MeasureWords.difference(measure, d.high().getAsDouble())
                        + ")")
            .orElse("");
  }

  private static List<Kept> kept(Variant variant) {
    List<Kept> out = new ArrayList<>();
    kept(out, "MACs", variant.changes().macs(), "");
    kept(out, "Parameters", variant.changes().params(), "");
    kept(out, "Model-only latency", variant.changes().engineLatency(), "");
    kept(out, "Latency", variant.changes().latency(), variant.tiesParent() ? "≈ " : "");
    return out;
  }

  private static void kept(List<Kept> out, String name, OptionalDouble change, String tie) {
    if (change.isPresent()) {
      double share = 1 + change.getAsDouble();
      out.add(
          new Kept(
              name, String.format(Locale.ROOT, "%s%.0f %%", tie, 100 * share), Bar.length(share)));
    }
  }

  private static List<PartView> parts(Remainder left) {
    int widest = left.layers().stream().mapToInt(KeptLayer::before).max().orElse(1);
    return left.parts().stream()
        .map(
            part ->
                new PartView(
                    part.name(),
                    part.share(),
                    part.layers().size(),
                    part.layers().stream().map(l -> layer(l, widest)).toList()))
        .toList();
  }

  /** Heights go by the square root: a layer of 512 filters must not hide one of 16. */
  private static LayerView layer(KeptLayer layer, int widest) {
    return new LayerView(
        layer.name()
            + ": "
            + (layer.after() == 0
                ? "gone, had " + Numbers.counted(layer.before(), "filter")
                : layer.after() + " of " + Numbers.counted(layer.before(), "filter")),
        String.format(Locale.ROOT, "%.1f%%", 100 * Math.sqrt((double) layer.before() / widest)),
        String.format(Locale.ROOT, "%.1f%%", 100.0 * layer.after() / layer.before()),
        layer.after() == 0);
  }

  /** The same layers as a table: the strip shows them at a glance, this by name. */
  private static List<LayerRow> layers(Remainder left) {
    List<LayerRow> rows = new ArrayList<>();
    for (Remainder.Part part : left.parts()) {
      for (KeptLayer layer : part.layers()) {
        rows.add(
            new LayerRow(
                layer.name(),
                part.name().toLowerCase(Locale.ROOT),
                layer.after(),
                layer.before(),
                String.format(Locale.ROOT, "%.0f", 100.0 * layer.after() / layer.before()),
                layer.after() == 0
                    ? "gone"
                    : left.single().contains(layer.name()) ? "single" : ""));
      }
    }
    return rows;
  }
}
