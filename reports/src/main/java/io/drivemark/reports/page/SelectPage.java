package io.drivemark.reports.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateOutput;
import gg.jte.output.StringOutput;
import io.drivemark.eval.decide.select.BoardSelection;
import io.drivemark.eval.decide.select.Certainty;
import io.drivemark.eval.decide.select.Choice;
import io.drivemark.eval.decide.select.Choice.Measured;
import io.drivemark.eval.decide.select.Selection;
import io.drivemark.problem.Counted;
import io.drivemark.reports.board.Numbers;
import io.drivemark.reports.select.FigureWords;
import io.drivemark.reports.select.SelectWords;
import io.drivemark.reports.select.WhyWords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** Selections as one self-contained page. Stateless. */
public final class SelectPage {
  private static final double LEFT = 64;
  private static final double RIGHT = 744;
  private static final double TOP = 16;
  private static final double BOTTOM = 372;

  private SelectPage() {}

  /**
   * The page's text.
   *
   * @param boards at least one
   * @param why the labels that were asked for
   * @param from the folders that it was made from, for people
   */
  public static String text(List<BoardSelection> boards, List<String> why, List<String> from) {
    List<SelectView.Board> views = new ArrayList<>();
    for (int b = 0; b < boards.size(); b++) {
      views.add(board(boards.get(b), boards, "board-" + b, why));
    }
    SelectView.Page page =
        new SelectView.Page(
            HtmlReport.resource("report.css") + HtmlReport.resource("select.css"),
            views.get(0).headline(),
            views,
            "From " + Numbers.names(from, 6));
    TemplateEngine templates =
        TemplateEngine.createPrecompiled(
            null,
            ContentType.Html,
            SelectPage.class.getClassLoader(),
            SelectPage.class.getPackageName());
    TemplateOutput out = new StringOutput();
    templates.render("select.jte", page, out);
    return out.toString();
  }

  private static SelectView.Board board(
      BoardSelection board, List<BoardSelection> all, String id, List<String> why) {
    Selection s = board.selection();
    List<SelectView.State> states = new ArrayList<>();
    for (Certainty certainty : Certainty.values()) {
      List<Choice> of = s.of(certainty);
      if (!of.isEmpty()) {
        states.add(
            new SelectView.State(
                certainty.key(),
                SelectWords.heading(certainty),
                SelectWords.meaning(certainty),
                of.stream().map(c -> row(c, s)).toList()));
      }
    }
    return new SelectView.Board(
        id,
        SelectWords.title(board, all),
        SelectWords.basis(s),
        SelectWords.headline(s),
        SelectWords.summary(s),
        (FigureWords.title(s.terms().accuracy()) + FigureWords.unit(s.terms().accuracy())),
        chart(s).stream().toList(),
        states,
        budgets(s),
        s.choices().stream()
            .filter(c -> why.contains(c.label()))
            .map(c -> new SelectView.Why(c.label(), WhyWords.of(c, s)))
            .toList(),
        s.clusters() == 0 ? List.of() : notes(s));
  }

  private static SelectView.Row row(Choice c, Selection s) {
    String word = s.terms().accuracy();
    return new SelectView.Row(
        number(c),
        c.label(),
        c.accuracy().map(a -> FigureWords.number(word, a.value())).orElse("–"),
        c.accuracy().map(a -> range(word, a)).orElse(""),
        c.latencyMs().map(l -> FigureWords.number("latencyMs", l.value())).orElse("–"),
        c.latencyMs().map(l -> range("latencyMs", l)).orElse(""),
        share(c.frontShare()),
        share(c.bestShare()),
        SelectWords.remark(c, s).orElse(""));
  }

  private static String number(Choice c) {
    return Integer.toString(c.number() + 1);
  }

  private static String share(OptionalDouble share) {
    return share.isPresent() ? SelectWords.share(share.getAsDouble()) : "–";
  }

  private static String range(String word, Measured m) {
    return m.low().isPresent() && m.high().isPresent()
        ? FigureWords.number(word, m.low().getAsDouble())
            + " to "
            + FigureWords.number(word, m.high().getAsDouble())
        : "";
  }

  private static List<SelectView.BudgetTable> budgets(Selection s) {
    List<SelectView.BudgetTable> out = new ArrayList<>();
    for (int b = 0; b < s.terms().budgets().size(); b++) {
      int at = b;
      out.add(
          new SelectView.BudgetTable(
              s.terms().budgets().get(b).text(),
              s.choices().stream()
                  .filter(c -> c.obstacle().isEmpty())
                  .map(
                      c ->
                          new SelectView.BudgetRow(
                              c.label(),
                              c.fits().get(at).answer().key(),
                              SelectWords.fit(c.fits().get(at))))
                  .toList()));
    }
    return out;
  }

  private static List<String> notes(Selection s) {
    List<String> out = new ArrayList<>();
    out.add(
        "Certain means: the chance that any of the "
            + Counted.of(s.claims(), "claim")
            + " a selection of this size can make is false is "
            + SelectWords.chance(1 - s.terms().sure())
            + " at most (Holm's adjustment). A network is beaten where one other is both more"
            + " accurate and faster; it is on the front where each other one is worse in one.");
    out.add(
        "The most accurate one is told by a test of its own (Hsu's best set) with the same"
            + " certainty. It makes fewer claims than the front, and may tell where the front leaves"
            + " the same network open.");
    out.add(
        "Accuracies are compared frame cluster by frame cluster ("
            + Counted.of(s.clusters(), "cluster")
            + ", Student's test with "
            + Counted.of(s.clusters() - 1, "degree", "degrees")
            + " of freedom), never by their own intervals, which are wider.");
    out.add(
        s.processes() >= 3
            ? "Speeds are compared process by process, by the ratio of mean latencies."
            : "Speed was measured in "
                + (s.processes() == 1 ? "one process" : s.processes() + " processes")
                + ": how much it differs between processes is not known, so a ratio must lie outside"
                + " the band of the A-A control. Three processes or more measure it; give the"
                + " folders of several runs of the study.");
    out.add(
        "Shares are of "
            + s.terms().draws()
            + " joint draws of clusters and of rounds, the same for all networks. They describe and"
            + " decide nothing: equal networks have small shares by chance alone.");
    return out;
  }

  private static Optional<SelectView.Chart> chart(Selection s) {
    List<Choice> drawn =
        s.choices().stream().filter(c -> c.obstacle().isEmpty() && c.twinOf().isEmpty()).toList();
    if (drawn.isEmpty()) {
      return Optional.empty();
    }
    String word = s.terms().accuracy();
    boolean percent = !FigureWords.unit(word).isEmpty();
    double unit = percent ? 100 : 1;
    double[] ms =
        drawn.stream().flatMapToDouble(c -> all(c.latencyMs().orElseThrow(), 1)).toArray();
    double[] accuracy =
        drawn.stream().flatMapToDouble(c -> all(c.accuracy().orElseThrow(), unit)).toArray();
    Axis x = Axis.of(ms, LEFT, RIGHT);
    Axis y =
        s.terms().moreIsBetter() ? Axis.of(accuracy, BOTTOM, TOP) : Axis.of(accuracy, TOP, BOTTOM);
    return Optional.of(
        new SelectView.Chart(
            "Accuracy against latency with 95 % intervals; up and left is better",
            "mean latency, ms",
            FigureWords.title(word) + (percent ? ", %" : ""),
            ticks(x),
            ticks(y),
            drawn.stream()
                .map(
                    c -> {
                      Measured l = c.latencyMs().orElseThrow();
                      Measured a = c.accuracy().orElseThrow();
                      return new SelectView.Point(
                          number(c),
                          c.label(),
                          c.certainty().key(),
                          place(x, l.value()),
                          place(y, unit * a.value()),
                          place(x, l.low().orElse(l.value())),
                          place(x, l.high().orElse(l.value())),
                          place(y, unit * a.high().orElse(a.value())),
                          place(y, unit * a.low().orElse(a.value())));
                    })
                .toList()));
  }

  private static DoubleStream all(Measured m, double unit) {
    return Arrays.stream(
        new double[] {
          unit * m.value(), unit * m.low().orElse(m.value()), unit * m.high().orElse(m.value())
        });
  }

  private static List<SelectView.Tick> ticks(Axis axis) {
    return axis.ticks().stream()
        .map(t -> new SelectView.Tick(place(axis, t), axis.text(t)))
        .toList();
  }

  private static String place(Axis axis, double value) {
    return String.format(Locale.ROOT, "%.1f", axis.at(value));
  }
}
