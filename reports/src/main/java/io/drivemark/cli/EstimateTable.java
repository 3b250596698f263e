package io.drivemark.cli;

import io.drivemark.architectures.estimate.GateEstimate;
import io.drivemark.architectures.estimate.GateEstimate.Row;
import io.drivemark.architectures.estimate.Tiles;
import io.drivemark.eval.metrics.gates.GateVariation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** An estimate as lines for people. */
final class EstimateTable {
  private static final String TIED = "together with those of";

  private EstimateTable() {}

  static List<String> lines(GateEstimate estimate) {
    List<String> lines = new ArrayList<>();
    int units = estimate.sites().stream().mapToInt(GateEstimate.Site::units).sum();
    lines.add(
        text(
            "%s at %dx%d, target %s, units %s: %d sites with %d units, heads take %.3f %% of the"
                + " multiply-accumulates",
            estimate.network(),
            estimate.height(),
            estimate.width(),
            estimate.target(),
            estimate.unit(),
            estimate.sites().size(),
            units,
            100.0 * estimate.heads() / estimate.dense()));
    lines.add("frames: " + estimate.frames());
    if (!estimate.tiles().equals(Tiles.WHOLE)) {
      lines.add(
          "masks: one for each of "
              + estimate.tiles()
              + " tiles of a frame; below, masks differ between tiles, and one mask is for all tiles;"
              + " what a tile reads beyond its border is not counted");
    }
    estimate.clock().ifPresent(c -> lines.add("clock: predicted from the times of pieces on " + c));
    lines.add("");
    lines.add(
        "        % of the MACs a frame takes            |        % of the units             |  one mask for all");
    lines.add(
        " ratio   mean    ±   least   most  paper clock |  live always never varies Jaccard | right  union  common");
    estimate.rows().forEach(row -> lines.add(line(row)));
    lines.add("");
    lines.add(
        "mean, ±, least, most: over the frames, heads included; paper: as its authors count, without"
            + " them; clock: % of the time.");
    lines.add(
        "varies: live in some frames and not in others; Jaccard: how alike two frames' masks are, 1 ="
            + " the same.");
    lines.add(
        "right: % of all bits that one mask would get right; union, common: % of the MACs with all"
            + " units live that some, or all, frames use.");
    if (!estimate.refused().isEmpty()) {
      lines.add("");
      lines.add("convolutions without gates:");
      Map<String, List<String>> byReason = new LinkedHashMap<>();
      estimate
          .refused()
          .forEach(
              (name, why) ->
                  byReason.computeIfAbsent(inShort(why), k -> new ArrayList<>()).add(name));
      byReason.forEach((why, names) -> lines.add("  " + why + ": " + String.join(", ", names)));
    }
    return lines;
  }

  /** What one ratio gives at every site. */
  static List<String> sites(GateEstimate estimate, double ratio) {
    Row row = estimate.rows().stream().filter(r -> r.ratio() == ratio).findFirst().orElseThrow();
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("sites with ratio " + ratio + ", % of their units:");
    lines.add("  live varies  right  units of filters, map      site");
    for (int i = 0; i < estimate.sites().size(); i++) {
      GateEstimate.Site site = estimate.sites().get(i);
      GateVariation.Site masks = row.masks().sites().get(i);
      lines.add(
          text(
              "%6.1f %6.1f %6.1f %6d %10d, %-9s %s",
              100.0 * masks.live() / ((long) row.masks().frames() * site.units()),
              100.0 * masks.varying() / site.units(),
              100 * row.bySite().get(i).right(),
              site.units(),
              site.filters(),
              site.height() + "x" + site.width(),
              site.name()));
    }
    return lines;
  }

  /** Each of several convolutions that are tied names the others: once is enough. */
  private static String inShort(String why) {
    int tied = why.indexOf(TIED);
    return tied < 0 ? why : why.substring(0, tied) + TIED + " others";
  }

  private static String line(Row row) {
    OptionalDouble alike = row.masks().alike().value();
    return text(
        "%6s %6.1f %4.1f %7.1f %6.1f %6.1f %5s | %5.1f %6.1f %5.1f %6.1f %7s | %5.1f %6.1f %7.1f",
        row.ratio(),
        100 * row.strict().mean(),
        100 * row.strict().deviation(),
        100 * row.strict().least(),
        100 * row.strict().most(),
        100 * row.paper().mean(),
        row.latency().isPresent() ? text("%.1f", 100 * row.latency().getAsDouble()) : "-",
        100 * row.masks().liveShare(),
        100 * row.masks().alwaysShare(),
        100 * row.masks().neverShare(),
        100 * row.masks().varyingShare(),
        alike.isPresent() ? text("%.3f", alike.getAsDouble()) : "-",
        100 * row.constant().right(),
        100 * row.union(),
        100 * row.intersection());
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
