package io.drivemark.reports.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.drivemark.eval.decide.Measure;
import io.drivemark.eval.history.compare.CellComparison;
import io.drivemark.eval.history.compare.CellComparison.ClassChange;
import io.drivemark.eval.history.compare.Changed;
import io.drivemark.eval.history.compare.Comparison;
import io.drivemark.eval.history.compare.Direction;
import io.drivemark.eval.history.compare.Elsewhere;
import io.drivemark.eval.history.compare.LatencyChange;
import io.drivemark.eval.history.compare.Side;
import io.drivemark.reports.board.CompareWords;
import io.drivemark.reports.board.MeasureWords;
import io.drivemark.reports.board.Numbers;
import java.util.List;
import java.util.OptionalDouble;

/** What changed between two results as one self-contained page. Stateless. */
public final class ComparePage {
  private static final String NONE = "–";

  /** Digits of a digest that a page shows. */
  private static final String DIGEST = "\\b[0-9a-f]{32,64}\\b";

  private ComparePage() {}

  /** A page, as the template shows it. */
  record View(
      String headline,
      String state,
      String allowance,
      List<String> worse,
      List<String> notes,
      SideView a,
      SideView b,
      List<Changed> conditions,
      List<Line> lines,
      String shared,
      List<Refused> unpaired,
      List<Detail> details,
      String style) {}

  /** One of the two results. */
  record SideView(String name, String folder, String started, String machine) {}

  /** A row of the table of cells; {@code tone} is a CSS class. */
  record Line(
      String model,
      String rest,
      String target,
      String finding,
      String moved,
      String a,
      String b,
      String difference,
      Tone verdict,
      String interval,
      Tone elsewhere,
      String latencyA,
      String latencyB,
      String ratio,
      String ofShared,
      String band,
      Tone latency,
      String why) {}

  /** A word with the colour that it has. */
  record Tone(String word, String tone) {}

  /** A row of what is not compared. */
  record Refused(String series, String reason, String what, String a, String b) {}

  /** What is known of one cell that changed. */
  record Detail(
      String id,
      String title,
      Tone finding,
      String about,
      List<Changed> declared,
      String measure,
      List<ClassLine> classes,
      List<SliceLine> slices,
      List<MovedFrames.View> frames) {}

  record ClassLine(
      String name, String a, String b, String difference, String interval, String p, Tone said) {}

  record SliceLine(String slice, int images, String a, String b, String difference) {}

  /** The page's text. */
  public static String text(Comparison comparison) {
    StringOutput out = new StringOutput();
    TemplateEngine.createPrecompiled(
            null,
            ContentType.Html,
            ComparePage.class.getClassLoader(),
            ComparePage.class.getPackageName())
        .render("compare.jte", view(comparison), out);
    return out.toString();
  }

  private static View view(Comparison comparison) {
    List<CellComparison> cells = comparison.cells();
    List<Detail> details =
        cells.stream()
            .filter(ComparePage::hasDetails)
            .map(cell -> detail(comparison, cell))
            .toList();
    return new View(
        CompareWords.headline(comparison),
        switch (comparison.outcome()) {
          case EQUAL, NOT_WORSE -> "good";
          case WORSE -> "bad";
          case NOT_COMPARABLE -> "open";
        },
        CompareWords.allowance(comparison),
        CompareWords.worse(comparison),
        CompareWords.notes(comparison),
        side(comparison.a()),
        side(comparison.b()),
        comparison.conditions().stream().map(ComparePage::shortened).toList(),
        cells.stream().map(ComparePage::line).toList(),
        (CompareWords.processes(comparison) + " " + shared(comparison.shared())).strip(),
        comparison.unpaired().stream()
            .map(
                u -> {
                  Changed c = shortened(u.difference());
                  return new Refused(u.series(), u.reason().word(), c.what(), c.inA(), c.inB());
                })
            .toList(),
        details,
        HtmlReport.resource("report.css") + HtmlReport.resource("compare.css"));
  }

  private static boolean hasDetails(CellComparison cell) {
    return cell.moved().isPresent() || !cell.declared().isEmpty();
  }

  private static SideView side(Side side) {
    return new SideView(
        side.name(), side.folder().toString(), side.started().toString(), side.machine().label());
  }

  private static String shared(Comparison.Shared shared) {
    return shared.ratio().isPresent()
        ? "The "
            + shared.cells()
            + " timed cells have "
            + CompareWords.ratio(shared.ratio())
            + " in common (their median); a cell's own change is what is left."
        : "";
  }

  private static Line line(CellComparison cell) {
    Measure measure = cell.measure();
    LatencyChange latency = cell.latency();
    return new Line(
        cell.series().model(),
        cell.series().label().substring(cell.series().model().length()).strip(),
        hasDetails(cell) ? "#" + id(cell) : "",
        cell.finding().word(),
        CompareWords.moved(cell),
        value(measure, measure.value(cell.a())),
        value(measure, measure.value(cell.b())),
        difference(measure, cell.difference()),
        tone(cell.gate()),
        interval(measure, cell.elsewhere()),
        tone(cell.elsewhere().direction()),
        milliseconds(latency.meanA()),
        milliseconds(latency.meanB()),
        CompareWords.ratio(latency.ratio()),
        CompareWords.ratio(latency.ofShared()),
        CompareWords.band(latency.band()),
        latency.compared() ? tone(latency.direction()) : new Tone("not compared", "quiet"),
        latency.reason());
  }

  private static String id(CellComparison cell) {
    return "cell-" + cell.series().digest();
  }

  private static Detail detail(Comparison comparison, CellComparison cell) {
    Measure measure = cell.measure();
    return new Detail(
        id(cell),
        cell.series().label(),
        new Tone(
            cell.finding().word(),
            switch (cell.finding()) {
              case SAME_BITS, SAME_COUNTS -> "good";
              case DETERMINISM -> "bad";
              case ROUNDING, CHANGED, NOT_JUDGED -> "quiet";
            }),
        about(cell),
        cell.declared().stream().map(ComparePage::shortened).toList(),
        MeasureWords.heading(measure),
        cell.classes().stream().map(ComparePage::classLine).toList(),
        cell.slices().stream()
            .map(
                s ->
                    new SliceLine(
                        s.attribute() + " " + s.value(),
                        s.images(),
                        value(measure, s.a()),
                        value(measure, s.b()),
                        difference(measure, s.difference())))
            .toList(),
        cell.frames().stream().map(frame -> MovedFrames.view(comparison, cell, frame)).toList());
  }

  private static String about(CellComparison cell) {
    String expected =
        switch (cell.expected()) {
          case SAME_BITS ->
              "The same bits were to be expected: nothing that they depend on differs.";
          case OTHERS -> "Other bits were to be expected: what is listed differs.";
          case UNKNOWN ->
              "Whether the same bits were to be expected is not known: a record lacks it.";
        };
    return cell.moved().isEmpty()
        ? expected
        : expected
            + " "
            + CompareWords.moved(cell)
            + " moved"
            + cell.moved().get().fragile().stream()
                .mapToObj(
                    f ->
                        "; "
                            + Numbers.grouped(f)
                            + (f == 1 ? " pixel" : " pixels")
                            + " of these frames "
                            + (f == 1 ? "is" : "are")
                            + " fragile")
                .findFirst()
                .orElse("")
            + ".";
  }

  private static ClassLine classLine(ClassChange change) {
    return new ClassLine(
        change.name(),
        value(Measure.MIOU, change.a()),
        value(Measure.MIOU, change.b()),
        difference(Measure.MIOU, change.difference()),
        interval(Measure.MIOU, change.elsewhere()),
        change.elsewhere().adjustedP().isPresent()
            ? Numbers.probability(change.elsewhere().adjustedP().getAsDouble())
            : NONE,
        tone(change.elsewhere().direction()));
  }

  private static Changed shortened(Changed changed) {
    return new Changed(changed.what(), shortened(changed.inA()), shortened(changed.inB()));
  }

  /** Digests by their first digits. */
  private static String shortened(String text) {
    return java.util.regex.Pattern.compile(DIGEST)
        .matcher(text)
        .replaceAll(found -> Numbers.shortDigest(found.group()));
  }

  private static Tone tone(Direction direction) {
    return new Tone(
        direction.word(),
        switch (direction) {
          case SAME -> "good";
          case WORSE -> "bad";
          case BETTER -> "better";
          case UNKNOWN -> "quiet";
        });
  }

  static String value(Measure measure, OptionalDouble value) {
    return value.isPresent() ? MeasureWords.value(measure, value.getAsDouble()) : NONE;
  }

  static String difference(Measure measure, OptionalDouble difference) {
    return difference.isPresent()
        ? MeasureWords.difference(measure, difference.getAsDouble())
        : NONE;
  }

  private static String interval(Measure measure, Elsewhere elsewhere) {
    return elsewhere.low().isPresent()
        ? MeasureWords.difference(measure, elsewhere.low().getAsDouble())
            + " to "
            + MeasureWords.difference(measure, elsewhere.high().getAsDouble())
        : NONE;
  }

  private static String milliseconds(OptionalDouble ms) {
    return ms.isPresent() ? Numbers.milliseconds(ms.getAsDouble()) : NONE;
  }
}
