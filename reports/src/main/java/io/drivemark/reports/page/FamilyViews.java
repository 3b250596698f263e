package io.drivemark.reports.page;

import io.drivemark.eval.runner.record.Lineage;
import io.drivemark.eval.runner.record.Lineage.KeptLayer;
import io.drivemark.reports.board.Board;
import io.drivemark.reports.board.EqualLatency;
import io.drivemark.reports.board.Family;
import io.drivemark.reports.board.Numbers;
import io.drivemark.reports.board.Variant;
import io.drivemark.reports.page.PageView.FamilyView;
import io.drivemark.reports.page.PageView.Kept;
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
    List<KeptLayer> layers =
        variant.isPruned()
            ? variant.lineage().map(Lineage::layers).orElse(List.of())
            : List.of(); // all of it is left
    List<String> removed = variant.lineage().map(Lineage::removedUnits).orElse(List.of());
    return new VariantView(
        variant.shortLabel(),
        colors.get(variant.contender().entry().model().architecture()),
        made(variant),
        accuracy(variant),
        kept(variant),
        parts(layers),
        layers.isEmpty() ? "" : layers(layers),
        removed.isEmpty() ? "" : "Removed as a whole: " + String.join(", ", removed) + ".");
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
    OptionalDouble change = variant.changes().miou();
    if (change.isEmpty()) {
      return "";
    }
    return Numbers.points(change.getAsDouble())
        + " points of mIoU"
        + variant
            .miouDifference()
            .filter(d -> d.low().isPresent() && d.high().isPresent())
            .map(
                d ->
                    " ("
                        + Numbers.points(d.low().getAsDouble())
                        + " to "
                        + Numbers.points(d.high().getAsDouble())
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

  private static List<PartView> parts(List<KeptLayer> layers) {
    int widest = layers.stream().mapToInt(KeptLayer::before).max().orElse(1);
    List<PartView> out = new ArrayList<>();
    for (boolean isDecoder : new boolean[] {false, true}) {
      List<KeptLayer> mine = layers.stream().filter(l -> l.isDecoder() == isDecoder).toList();
      if (!mine.isEmpty()) {
        out.add(
            new PartView(
                isDecoder ? "Decoder" : mine.size() == layers.size() ? "All layers" : "Encoder",
                share(mine),
                mine.size(),
                mine.stream().map(l -> layer(l, widest)).toList()));
      }
    }
    return out;
  }

  /** Heights go by the square root: a layer of 512 filters must not hide one of 16. */
  private static LayerView layer(KeptLayer layer, int widest) {
    return new LayerView(
        layer.name()
            + ": "
            + (layer.after() == 0
                ? "gone, had " + layer.before() + " filters"
                : layer.after() + " of " + layer.before() + " filters"),
        String.format(Locale.ROOT, "%.1f%%", 100 * Math.sqrt((double) layer.before() / widest)),
        String.format(Locale.ROOT, "%.1f%%", 100.0 * layer.after() / layer.before()),
        layer.after() == 0);
  }

  private static String share(List<KeptLayer> layers) {
    long before = layers.stream().mapToLong(KeptLayer::before).sum();
    long after = layers.stream().mapToLong(KeptLayer::after).sum();
    return String.format(
        Locale.ROOT, "%.0f %% of %s filters", 100.0 * after / before, Numbers.grouped(before));
  }

  private static String layers(List<KeptLayer> layers) {
    long gone = layers.stream().filter(l -> l.after() == 0).count();
    long whole = layers.stream().filter(l -> l.after() == l.before()).count();
    return layers.size()
        + " layers: "
        + (layers.size() - gone - whole)
        + " narrower, "
        + gone
        + " gone, "
        + whole
        + " as they were; "
        + share(layers)
        + " left";
  }
}
