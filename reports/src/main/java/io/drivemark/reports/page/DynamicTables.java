package io.drivemark.reports.page;

import io.drivemark.datasets.Frame;
import io.drivemark.eval.decide.Measure;
import io.drivemark.eval.decide.PairedDifference;
import io.drivemark.eval.decide.StaticTwins;
import io.drivemark.eval.decide.StaticTwins.Twin;
import io.drivemark.eval.runner.record.Cost;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.GaugeReading.SliceValue;
import io.drivemark.eval.runner.record.detail.SliceScore;
import io.drivemark.reports.board.Board;
import io.drivemark.reports.board.Contender;
import io.drivemark.reports.board.DynamicWords;
import io.drivemark.reports.board.MeasureWords;
import io.drivemark.reports.board.Numbers;
import io.drivemark.reports.page.PageView.Cell;
import io.drivemark.reports.page.PageView.Head;
import io.drivemark.reports.page.PageView.Row;
import io.drivemark.reports.page.PageView.TableView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The tables about a network that chooses by the frame. Stateless. */
final class DynamicTables {
  /** Of rows that stand for no network. */
  private static final String NO_COLOR = "transparent";

  private DynamicTables() {}

  /** What the gates of each site do. */
  static TableView sites(List<Cost.Site> sites) {
    List<Row> rows = new ArrayList<>();
    for (Cost.Site s : sites) {
      rows.add(
          row(
              NO_COLOR,
              text(s.name()),
              count(s.units()),
              share(OptionalDouble.of(s.live() / s.units())),
              count(s.always()),
              count(s.never()),
              count(s.varying())));
    }
    return new TableView(
        "Sites in the network's order",
        List.of(
            head("Site", "The layer whose units are switched.", false),
            head("Units", "How many there are.", true),
            head("Live %", "The share of them that is live on a frame, in the mean.", true),
            head("Always", "Units that are live on every frame.", true),
            head("Never", "Units that are live on no frame: they can be removed.", true),
            head("Vary", "Units that are live on some frames.", true)),
        rows);
  }

  /** Accuracy beside cost, by what frames share. */
  static TableView slices(Entry entry) {
    return slices(entry, false);
  }

  /** The same by sequence: often many, and of use to whoever looks for a drive that is odd. */
  static TableView sequences(Entry entry) {
    return slices(entry, true);
  }

  private static TableView slices(Entry entry, boolean ofSequences) {
    List<Row> rows = new ArrayList<>();
    for (SliceScore slice : entry.slices()) {
      if (slice.attribute().equals(Frame.SEQUENCE) != ofSequences) {
        continue;
      }
      rows.add(
          row(
              NO_COLOR,
              text(slice.attribute() + ": " + slice.value()),
              count(slice.images()),
              share(slice.miou()),
              share(figure(entry, "macsShare", slice)),
              share(figure(entry, "liveShare", slice)),
              share(figure(entry, "gatesVarying", slice)),
              share(figure(entry, "gatesAlike", slice))));
    }
    return new TableView(
        ofSequences ? "Accuracy and cost by sequence" : "Accuracy and cost by what frames share",
        List.of(
            head("Frames of", "What they have in common.", false),
            head("Frames", "How many.", true),
            head("mIoU %", "Of these frames.", true),
            head("MACs %", "What they take, of the network without gates, heads included.", true),
            head("Live %", "The share of units that is live.", true),
            head("Vary %", "Units that are live on some of these frames and not on others.", true),
            head("Alike %", "Live units that two of these frames have in common.", true)),
        rows);
  }

  private static OptionalDouble figure(Entry entry, String id, SliceScore slice) {
    return entry.readings().stream()
        .flatMap(reading -> reading.figures().stream())
        .filter(figure -> figure.id().equals(id))
        .flatMap(figure -> figure.slices().stream())
        .filter(s -> s.attribute().equals(slice.attribute()) && s.value().equals(slice.value()))
        .map(SliceValue::figure)
        .findFirst()
        .orElse(OptionalDouble.empty());
  }

  /** Static networks of the same parent beside it. */
  static TableView twins(
      Board board, Contender dynamic, Optional<StaticTwins.Row> row, Map<String, String> colors) {
    List<Row> rows = new ArrayList<>();
    for (Twin twin : row.map(StaticTwins.Row::twins).orElse(List.of())) {
      Contender c = board.contender(twin.candidate());
      rows.add(
          row(
              colors.get(c.entry().model().architecture()),
              text(c.label()),
              text(DynamicWords.kind(twin.kind())),
              text(DynamicWords.equal(twin)),
              share(twin.macsShare()),
              number(twin.latencyShare(), "%.2f ×"),
              accuracy(c),
              points(c.measure(), twin.difference()),
              text(DynamicWords.verdict(twin))));
    }
    return new TableView(
        "Static networks beside " + dynamic.label(),
        List.of(
            head("Beside it", "Made of the same parent, the same for all frames.", false),
            head("Is", "What makes it static.", false),
            head("Equal in", "In what it is equal to the dynamic one.", false),
            head("MACs %", "Of the parent's.", true),
            head("Its latency", "End to end, of the dynamic network's.", true),
            head(MeasureWords.heading(board.measure()), "Of the static one.", true),
            head(
                "Dynamic − it",
                MeasureWords.heading(board.measure())
                    + " of the dynamic one less that of the static one.",
                true),
            head("More accurate", "By the swap test, adjusted for all rows.", false)),
        rows);
  }

  private static Cell accuracy(Contender c) {
    return c.accuracy().isPresent()
        ? new Cell(
            MeasureWords.value(c.measure(), c.accuracy().getAsDouble()),
            Double.toString(c.accuracy().getAsDouble()),
            true,
            "",
            "",
            false)
        : new Cell("–", "", true, "", "", false);
  }

  private static Cell points(Measure measure, Optional<PairedDifference> difference) {
    return difference
        .map(
            d ->
                new Cell(
                    MeasureWords.difference(measure, d.value()),
                    Double.toString(d.value()),
                    true,
                    "",
                    "",
                    false))
        .orElse(new Cell("–", "", true, "", "", false));
  }

  private static Row row(String color, Cell... cells) {
    return new Row(false, false, false, false, color, List.of(cells));
  }

  private static Head head(String title, String meaning, boolean isNumber) {
    return new Head(title, "", meaning, isNumber, false, false);
  }

  private static Cell text(String text) {
    return new Cell(text, "", false, "", "", false);
  }

  private static Cell count(long value) {
    return new Cell(Numbers.grouped(value), Long.toString(value), true, "", "", false);
  }

  private static Cell share(OptionalDouble value) {
    return value.isPresent()
        ? new Cell(
            String.format(Locale.ROOT, "%.1f", 100 * value.getAsDouble()),
            Double.toString(value.getAsDouble()),
            true,
            "",
            "",
            false)
        : new Cell("–", "", true, "", "", false);
  }

  private static Cell number(OptionalDouble value, String format) {
    return value.isPresent()
        ? new Cell(
            String.format(Locale.ROOT, format, value.getAsDouble()),
            Double.toString(value.getAsDouble()),
            true,
            "",
            "",
            false)
        : new Cell("–", "", true, "", "", false);
  }
}
