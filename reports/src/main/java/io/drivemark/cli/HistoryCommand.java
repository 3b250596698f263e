package io.drivemark.cli;

import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.JudgeRules;
import io.drivemark.eval.history.judge.MetricRule;
import io.drivemark.eval.history.store.HistoryView;
import io.drivemark.eval.history.store.HistoryView.SeriesLine;
import io.drivemark.eval.history.store.ResultStore;
import io.drivemark.eval.history.store.StoreUrl;
import io.drivemark.eval.history.view.HistoryFilter;
import io.drivemark.eval.history.view.HistoryJson;
import io.drivemark.eval.history.view.Panel;
import io.drivemark.eval.history.view.Panels;
import io.drivemark.eval.runner.record.json.ResultsJson;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import io.drivemark.reports.Reports;
import io.drivemark.reports.board.Numbers;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what a store remembers of nights. */
@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    header = Summaries.HISTORY,
    description = {
      "A small drawing for each figure of a series and machine: the nights, their intervals, the"
          + " levels between events, the events, and what people said of nights. What was measured"
          + " on two machines stands apart. Nothing is run and nothing is judged."
    },
    footerHeading = "%nExample:%n",
    footer = "  drivemark history --store sqlite:history.db --series 'enet*' --html history")
final class HistoryCommand implements Callable<Integer> {
  /** Where a night's file keeps its history if it says nothing. */
  private static final String USUAL_STORE = "sqlite:history.db";

  /** One line a series; those of single classes would be dozens. */
  private static final List<String> USUAL_METRICS =
      JudgeRules.defaults().metrics().stream()
          .map(MetricRule::metric)
          .filter(metric -> !metric.equals(JudgeRules.IOU.metric()))
          .toList();

  private static final int MOST_NAMES = 8;

  @Option(
      names = "--store",
      paramLabel = "URL",
      defaultValue = USUAL_STORE,
      description =
          "sqlite:FILE (${DEFAULT-VALUE}), or postgresql://[user@]host[:port]/database; a password"
              + " is taken from the environment variable "
              + StoreUrl.PASSWORD
              + " alone.")
  private String url;

  @Option(
      names = "--series",
      paramLabel = "GLOB",
      description =
          "Only series whose model's name or label it matches; * is any text, ? one character."
              + " Repeatable.")
  private List<String> series = List.of();

  @Option(
      names = "--metric",
      paramLabel = "M",
      description =
          "A figure as records name it: latencyMs, latencyP95Ms, miou, iou (each class), absRel,"
              + " params, … Repeatable. By default what nights are judged by, without classes.")
  private List<String> metrics = List.of();

  @Option(
      names = "--since",
      paramLabel = "DATE",
      description = "Only nights that began on this day or later, as 2026-11-20, in UTC.")
  private String since;

  @Option(names = "--html", paramLabel = "DIR", description = "Writes a page: DIR/index.html.")
  private Path html;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes " + HistoryJson.SCHEMA + ".")
  private Path json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (html == null && json == null) {
      throw new BadInputException(
          "nothing is to be written; give --html DIR for a page or --json FILE for numbers");
    }
    OutputFile.requireFolder("--html", html);
    OutputFile.requireWritable("--json", json);
    Optional<LocalDate> first = Optional.ofNullable(since).map(HistoryCommand::date);
    HistoryView view = filtered(read(), first);
    List<Panel> panels = Panels.of(view);
    PrintWriter out = spec.commandLine().getOut();
    out.println(summary(view));
    if (html != null) {
      Path page = Reports.writeHistory(view, panels, url, html);
      out.println("Page: " + page.toAbsolutePath().normalize());
    }
    if (json != null) {
      ResultsJson.writeNode(json, HistoryJson.of(view, panels));
      out.println("JSON: " + json.toAbsolutePath().normalize());
    }
    return ExitCode.FINE;
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new BadInputException("--since is '" + text + "', expected a day as 2026-11-20", e);
    }
  }

  private HistoryView read() {
    Set<String> wanted = new LinkedHashSet<>(metrics.isEmpty() ? USUAL_METRICS : metrics);
    HistoryView all;
    try (ResultStore store = ResultStore.open(StoreUrl.parse(url), StoreOption.password())) {
      store.warning().ifPresent(spec.commandLine().getErr()::println);
      all = store.view(wanted);
    }
    if (all.nights().isEmpty()) {
      throw new BadInputException(
          url
              + ": no night is in the store; take some in with 'drivemark store import DIR --store "
              + url
              + "'");
    }
    for (String metric : metrics) {
      if (all.lines().stream().noneMatch(line -> line.metric().equals(metric))) {
        throw new BadInputException(
            "--metric: no night in "
                + url
                + " has a figure '"
                + metric
                + "'"
                + Nearest.hint(metric, USUAL_METRICS)
                + "; nights are judged by "
                + String.join(", ", USUAL_METRICS));
      }
    }
    return all;
  }

  private HistoryView filtered(HistoryView all, Optional<LocalDate> first) {
    HistoryView view = new HistoryFilter(series, first).of(all);
    if (view.nights().isEmpty()) {
      throw new BadInputException(
          "--since is "
              + since
              + ", and the last night in "
              + url
              + " began on "
              + all.nights()
                  .get(all.nights().size() - 1)
                  .ref()
                  .start()
                  .atOffset(ZoneOffset.UTC)
                  .toLocalDate()
              + "; give an earlier day");
    }
    for (String glob : series) {
      if (new HistoryFilter(List.of(glob), Optional.empty()).of(all).lines().isEmpty()) {
        List<String> known =
            all.lines().stream().map(line -> line.series().model()).distinct().toList();
        throw new BadInputException(
            "--series: nothing in "
                + url
                + " matches '"
                + glob
                + "'; models are "
                + Numbers.names(known, MOST_NAMES));
      }
    }
    return view;
  }

  private static String summary(HistoryView view) {
    long open = view.events().stream().filter(Event::isOpen).count();
    return counted(view.nights().size(), "night")
        + " on "
        + counted(
            view.nights().stream().map(n -> n.machine().digest()).distinct().count(), "machine")
        + ", "
        + counted(view.lines().size(), "figure")
        + " of "
        + view.lines().stream().map(SeriesLine::series).distinct().count()
        + " series, "
        + counted(open, "event")
        + " open";
  }

  private static String counted(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
