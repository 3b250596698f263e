package io.drivemark.reports.page;

import io.drivemark.architectures.sheet.NetworkSheet;
import io.drivemark.eval.decide.select.BoardSelection;
import io.drivemark.eval.runner.evidence.SheetFile;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Environment;
import io.drivemark.eval.runner.record.ModelFacts;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.record.json.ReachFile;
import io.drivemark.eval.runner.record.reach.Reach;
import io.drivemark.reports.board.Advice;
import io.drivemark.reports.board.Board;
import io.drivemark.reports.board.BoardTitles;
import io.drivemark.reports.board.Contender;
import io.drivemark.reports.board.CueWords;
import io.drivemark.reports.board.MeasureWords;
import io.drivemark.reports.board.Numbers;
import io.drivemark.reports.board.PeopleWords;
import io.drivemark.reports.board.ReachRange;
import io.drivemark.reports.page.PageView.BoardView;
import io.drivemark.reports.page.PageView.Key;
import io.drivemark.reports.page.PageView.ModelView;
import io.drivemark.reports.page.PageView.ReachView;
import io.drivemark.reports.page.PageView.StepView;
import io.drivemark.reports.select.CertainWords;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Turns records into what the page's template shows. Not thread-safe. */
final class PageBuilder {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private static final int MOST_OF_A_FACT = 300;

  /** So many names in one line are read; of more the rest is counted. */
  private static final int MOST_NAMES = 8;

  /** Fewer where long lines stand below each other. */
  private static final int MOST_TIES = 3;

  private final StudyResult result;
  private final List<Board> boards;
  private final List<BoardSelection> selections;
  private final Path folder;
  private final List<Reach> reaches;
  private final Map<String, String> colors;
  private final Map<String, NetworkSheet> sheets = new LinkedHashMap<>();

  PageBuilder(
      StudyResult result, List<Board> boards, List<BoardSelection> selections, Path folder) {
    this.selections = selections;
    this.result = result;
    this.boards = boards;
    this.folder = folder;
    this.reaches = ReachFile.all(folder);
    for (Entry entry : result.entries()) {
      if (!entry.folder().isEmpty() && !sheets.containsKey(entry.model().name())) {
        SheetFile.read(folder.resolve(entry.folder()))
            .ifPresent(sheet -> sheets.put(entry.model().name(), sheet));
      }
    }
    this.colors =
        Palette.colors(
            architectures(result, ModelFacts::trained), architectures(result, model -> true));
  }

  private static List<String> architectures(StudyResult result, Predicate<ModelFacts> which) {
    return result.entries().stream()
        .map(Entry::model)
        .filter(which)
        .map(ModelFacts::architecture)
        .toList();
  }

  private static ReachView reach(Reach reach) {
    Reach.Conditions c = reach.conditions();
    return new ReachView(
        c.model(),
        c.engine().name()
            + " "
            + c.engine().version().orElse("")
            + ", "
            + Numbers.counted(c.engine().threads(), "thread")
            + ", input "
            + c.input()
            + ", seed "
            + c.seed(),
        ReachRange.sentences(reach));
  }

  PageView page(String style, String charts, String script) {
    List<BoardView> views = new ArrayList<>();
    for (int i = 0; i < boards.size(); i++) {
      views.add(board("board" + i, boards.get(i)));
    }
    return new PageView(
        "Measured " + TIME.format(result.finished()) + " UTC",
        views,
        reaches.stream().map(PageBuilder::reach).toList(),
        Notices.of(result, boards, sheets),
        environment(),
        methods(),
        models(),
        result.study(),
        style,
        charts,
        script,
        ChartData.json(boards, reaches, colors));
  }

  private BoardView board(String id, Board board) {
    Advice advice = Advice.of(board);
    return new BoardView(
        id,
        BoardTitles.of(board, boards),
        counts(board),
        advice.headline(),
        advice.explanation(),
        steps(advice),
        CertainWords.of(board.yardstick(), selections),
        BoardTitles.protocol(board),
        Advice.tieRule(board),
        IntervalWords.of(board),
        architectures(board),
        keys(board, e -> e.engine().name(), Palette::symbol),
        MeasureView.of(board.measure()),
        RoadViews.of(board, colors),
        Notices.notes(board),
        TableViews.models(board, colors),
        TableViews.classes(board, colors),
        TableViews.slices(board, colors),
        TableViews.figureSlices(board, colors),
        TableViews.diagnosis(board, colors),
        TableViews.metres(board, colors),
        TableViews.bands(board, colors),
        PeopleWords.of(board),
        TableViews.variants(board, colors),
        DecisionViews.of(board, colors),
        FamilyViews.of(board, colors),
        DynamicViews.of(board, folder, colors),
        RobustViews.of(board, folder, colors),
        OperatorViews.of(board),
        PublishedViews.of(board),
        MeasureView.legend(board),
        Gallery.frames(board, folder),
        Gallery.worstFrames(board, folder),
        board.contenders().stream().anyMatch(Contender::rated),
        ChartData.hasSpeed(board),
        ChartData.hasCost(board));
  }

  private static String counts(Board board) {
    int models = board.models();
    int engines =
        (int) board.contenders().stream().map(c -> c.entry().engine().name()).distinct().count();
    int frames =
        board.contenders().stream().mapToInt(c -> c.entry().dataset().images()).max().orElse(0);
    return Numbers.counted(models, "network")
        + ", "
        + Numbers.counted(engines, "engine")
        + ", "
        + Numbers.counted(frames, "frame");
  }

  private List<StepView> steps(Advice advice) {
    List<StepView> out = new ArrayList<>();
    List<String> bars =
        Bar.lengths(advice.steps().stream().mapToDouble(Advice.Step::fromMs).toArray());
    for (Advice.Step step : advice.steps()) {
      Contender c = step.choice();
      out.add(
          new StepView(
              Numbers.milliseconds(step.fromMs()),
              c.label(),
              colors.get(c.entry().model().architecture()),
              MeasureWords.phrase(c.measure(), c.accuracy().getAsDouble()),
              Numbers.milliseconds(1000 / step.fromMs()),
              Numbers.names(step.ties().stream().map(Contender::label).toList(), MOST_TIES),
              bars.get(out.size())));
    }
    return out;
  }

  private List<Key> architectures(Board board) {
    return board.contenders().stream()
        .map(c -> c.entry().model().architecture())
        .map(
            name ->
                colors.get(name).equals(Palette.UNTRAINED)
                    ? new Key("not trained", Palette.UNTRAINED)
                    : new Key(name, colors.get(name)))
        .distinct()
        .toList();
  }

  private static List<Key> keys(
      Board board,
      java.util.function.Function<Entry, String> name,
      java.util.function.UnaryOperator<String> value) {
    return board.contenders().stream()
        .map(c -> name.apply(c.entry()))
        .distinct()
        .map(n -> new Key(n, value.apply(n)))
        .toList();
  }

  private Map<String, String> environment() {
    Environment e = result.environment();
    Map<String, String> out = new LinkedHashMap<>();
    out.put("Processor", e.processor());
    out.put("Cores", e.physicalCores() + " physical, " + e.logicalCores() + " logical");
    out.put("Memory", String.format(Locale.ROOT, "%.1f GiB", e.memoryBytes() / (double) (1 << 30)));
    out.put("System", e.operatingSystem());
    out.put("Java", e.javaRuntime());
    out.putAll(e.libraries());
    if (e.loadBefore().isPresent() || e.loadAfter().isPresent()) {
      out.put(
          "Load",
          load(e.loadBefore()) + " before, " + load(e.loadAfter()) + " after (one-minute average)");
    }
    out.put("Fingerprint", e.fingerprint());
    out.put("Started", TIME.format(result.started()) + " UTC");
    out.put("Finished", TIME.format(result.finished()) + " UTC");
    return out;
  }

  private static String load(java.util.OptionalDouble load) {
    return load.isPresent() ? String.format(Locale.ROOT, "%.2f", load.getAsDouble()) : "unknown";
  }

  /** Each number with the ways it was made; where entries differ, each way says whose it is. */
  private Map<String, List<String>> methods() {
    Map<String, Map<String, Set<String>>> ways = new LinkedHashMap<>();
    for (Board board : boards) {
      for (Contender c : board.contenders()) {
        c.entry()
            .method()
            .forEach(
                (number, how) ->
                    ways.computeIfAbsent(number, key -> new LinkedHashMap<>())
                        .computeIfAbsent(how, key -> new LinkedHashSet<>())
                        .add(c.label()));
      }
    }
    Map<String, List<String>> out = new LinkedHashMap<>();
    ways.forEach(
        (number, hows) -> {
          List<String> lines = new ArrayList<>();
          hows.forEach(
              (how, who) ->
                  lines.add(
                      hows.size() == 1
                          ? how
                          : how + " — " + Numbers.names(List.copyOf(who), MOST_NAMES)));
          out.put(number, lines);
        });
    return out;
  }

  private List<ModelView> models() {
    Map<String, ModelView> out = new LinkedHashMap<>();
    for (Entry entry : result.entries()) {
      ModelFacts m = entry.model();
      out.computeIfAbsent(
          m.name(),
          name ->
              new ModelView(
                  name,
                  facts(m, entry),
                  reading(m),
                  entry.notes(),
                  Optional.ofNullable(sheets.get(name)).map(s -> SheetView.of(name, s))));
    }
    return List.copyOf(out.values());
  }

  /** Word by word how its network is used; empty in older records. */
  private static Map<String, String> reading(ModelFacts m) {
    Map<String, String> out = new LinkedHashMap<>();
    for (String line : m.reading()) {
      int colon = line.indexOf(": ");
      if (colon > 0) {
        String word = line.substring(0, colon);
        out.put(
            word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1),
            line.substring(colon + 2));
      }
    }
    return out;
  }

  private static Map<String, String> facts(ModelFacts m, Entry entry) {
    Map<String, String> out = new LinkedHashMap<>();
    out.put("Architecture", m.architecture());
    if (!m.options().isEmpty()) {
      out.put(
          "Options",
          m.options().entrySet().stream()
              .map(o -> o.getKey() + " = " + o.getValue())
              .collect(Collectors.joining(", ")));
    }
    out.put("Variant", m.technique() + m.parent().map(p -> " of " + p).orElse(""));
    m.criterion().ifPresent(c -> out.put("Criterion", c));
    if (!m.labels().isEmpty()) {
      out.put("Labels", m.labels());
    }
    out.putAll(CueWords.facts(entry));
    entry.accuracy().ifPresent(a -> out.put("Judged pixels", Numbers.grouped(a.pixels())));
    m.provenance().forEach((key, value) -> out.put(key, shortened(value)));
    if (!m.digest().isEmpty()) {
      out.put("Digest", m.digest());
    }
    return out;
  }

  /** A plan or widths of a hundred layers are for machines; results.json has them whole. */
  private static String shortened(String value) {
    return value.length() <= MOST_OF_A_FACT
        ? value
        : value.substring(0, MOST_OF_A_FACT) + " … (whole in results.json)";
  }
}
