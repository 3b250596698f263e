package io.drivemark.reports.page;

import io.drivemark.eval.decide.Candidate;
import io.drivemark.eval.decide.Contest;
import io.drivemark.eval.decide.Decision;
import io.drivemark.eval.decide.DecisionRule;
import io.drivemark.eval.decide.DecisionRules;
import io.drivemark.eval.gauge.Figure;
import io.drivemark.reports.board.Board;
import io.drivemark.reports.board.Contender;
import io.drivemark.reports.board.Numbers;
import io.drivemark.reports.page.PageView.Cell;
import io.drivemark.reports.page.PageView.DecisionView;
import io.drivemark.reports.page.PageView.Head;
import io.drivemark.reports.page.PageView.Row;
import io.drivemark.reports.page.PageView.TableView;
import io.drivemark.reports.table.FigureTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the installed rules decide on a board, a table each. Stateless. */
final class DecisionViews {
  /** How many of a decision's other candidates are named. */
  private static final int NAMED = 1;

  private DecisionViews() {}

  /** The rules that decide anything here. */
  static List<DecisionView> of(Board board, Map<String, String> colors) {
    Contest contest =
        new Contest(board.standing(), board.contenders().stream().map(Contender::entry).toList());
    List<DecisionView> out = new ArrayList<>();
    for (DecisionRule rule : DecisionRules.installed()) {
      List<Decision> decisions = rule.decide(contest);
      if (!decisions.isEmpty()) {
        List<Row> rows =
            decisions.stream().map(d -> row(board, rule.figures(contest), d, colors)).toList();
        out.add(
            new DecisionView(
                rule.title(),
                rule.about(),
                new TableView(rule.title(), heads(rule, contest), rows)));
      }
    }
    return out;
  }

  private static List<Head> heads(DecisionRule rule, Contest contest) {
    List<Head> heads = new ArrayList<>();
    heads.add(new Head("Model", "", "Whom the decision is about.", false, false, false));
    heads.add(new Head(rule.others(), "", "The networks it rests on.", false, false, false));
    for (Figure figure : rule.figures(contest)) {
      heads.add(
          new Head(
              FigureTables.title(figure),
              "",
              figure.about(),
              true,
              figure.better() == Figure.Better.HIGHER,
              false));
    }
    return heads;
  }

  private static Row row(
      Board board, List<Figure> figures, Decision decision, Map<String, String> colors) {
    Contender about = board.contender(decision.about());
    List<Cell> cells = new ArrayList<>();
    cells.add(text(about.label()));
    cells.add(
        text(
            Numbers.names(
                decision.others().stream().map(other -> label(board, other)).toList(), NAMED)));
    for (Figure figure : figures) {
      Double value = decision.values().get(figure.id());
      cells.add(
          value == null
              ? new Cell("–", "", true, "", "", false)
              : new Cell(
                  FigureTables.written(figure, value), value.toString(), true, "", "", false));
    }
    return new Row(
        board.front().contains(about),
        !about.entry().complete(),
        !about.entry().notes().isEmpty(),
        false,
        colors.get(about.entry().model().architecture()),
        cells);
  }

  private static String label(Board board, Candidate candidate) {
    return board.contender(candidate).label();
  }

  private static Cell text(String text) {
    return new Cell(text, "", false, "", "", false);
  }
}
