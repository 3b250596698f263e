package io.drivemark.eval.history.night;

import io.drivemark.config.ConfigFile;
import io.drivemark.config.ConfigMap;
import io.drivemark.eval.history.judge.JudgeRules;
import io.drivemark.eval.history.judge.MetricRule;
import io.drivemark.problem.Nearest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;

/** Reads {@link NightPlan} files. Stateless. */
final class NightFile {
  private static final String SQLITE = "sqlite:";
  private static final String ALWAYS = "always";
  private static final String CHANGED = "changed";
  private static final List<String> STORES = List.of(SQLITE, "postgresql:");

  private final ConfigFile file;
  private final ConfigMap root;
  private final Path source;
  private final Path folder;

  private NightFile(ConfigFile file, Path source) {
    this.file = file;
    this.root = file.root();
    this.source = source;
    this.folder = Optional.ofNullable(source.getParent()).orElse(Path.of(""));
  }

  static NightPlan read(Path path) {
    return new NightFile(ConfigFile.read(path), path).plan();
  }

  private NightPlan plan() {
    String schema = root.string("schema");
    if (!schema.isEmpty() && !schema.equals(NightPlan.SCHEMA)) {
      root.problem("schema", "found " + schema + ", expected " + NightPlan.SCHEMA);
    }
    Path study = folder.resolve(root.string("study"));
    Path beside = Optional.ofNullable(study.getParent()).orElse(Path.of(""));
    Path variants = root.optionalString("variants").map(folder::resolve).orElse(beside);
    String store = store(root.string("store", SQLITE + "history.db"));
    Path nights = folder.resolve(root.string("folder", "nights"));
    NightPlan.Budget budget = budget(root.map("budget"));
    NightPlan.Accuracy accuracy = accuracy(root.map("accuracy"));
    ConfigMap timing = root.map("latency");
    ConfigMap quiet = timing.map("quiet");
    NightPlan.Latency latency = latency(timing, quiet);
    ConfigMap judge = root.map("judge");
    ConfigMap confirm = judge.map("confirm");
    Duration pause = Amounts.duration(confirm, "after").orElse(NightPlan.USUAL_PAUSE);
    JudgeRules rules = rules(judge, confirm).withBand(band(quiet));
    Optional<String> pinned = root.optionalString("pinned");
    NightPlan.Keep keep = keep(root.map("keep"));
    List<NightPlan.Format> write =
        words(root, "write", NightPlan.Format.values(), NightPlan.Format::word);
    List<NightPlan.Notice> notices = new ArrayList<>();
    for (ConfigMap notice : root.maps("notify", "command")) {
      notices.add(notice(notice));
    }
    file.finish();
    return new NightPlan(
        source, study, variants, store, nights, budget, accuracy, latency, rules, pause, pinned,
        keep, write, notices);
  }

  private String store(String url) {
    if (STORES.stream().noneMatch(url::startsWith)) {
      root.problem(
          "store", "found " + url + ", expected sqlite:FILE or postgresql://HOST/DATABASE");
    }
    return url.startsWith(SQLITE) ? SQLITE + folder.resolve(url.substring(SQLITE.length())) : url;
  }

  private static NightPlan.Budget budget(ConfigMap map) {
    return new NightPlan.Budget(Amounts.duration(map, "time"), map.strings("first"));
  }

  private static NightPlan.Accuracy accuracy(ConfigMap map) {
    boolean changed = map.choice("again", ALWAYS, List.of(ALWAYS, CHANGED)).equals(CHANGED);
    if (!changed && map.has("every")) {
      map.problem("every", "frames are judged every night; say again: " + CHANGED + " besides");
    }
    return new NightPlan.Accuracy(changed, atLeast(map, "every", NightPlan.USUAL_EVERY, 2));
  }

  private static OptionalDouble band(ConfigMap quiet) {
    Optional<Double> share = Amounts.share(quiet, "band");
    if (share.filter(s -> s == 0).isPresent()) {
      quiet.problem("band", "found 0, expected more than 0");
    }
    return share.filter(s -> s > 0).map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }

  private static NightPlan.Latency latency(ConfigMap map, ConfigMap quiet) {
    int forks = atLeast(map, "forks", NightPlan.USUAL_FORKS, 0);
    boolean ruler = map.flag("ruler", true);
    NightPlan.Quiet usual = NightPlan.Quiet.USUAL;
    return new NightPlan.Latency(
        forks,
        ruler,
        new NightPlan.Quiet(
            positive(quiet, "load", usual.load()),
            positive(quiet, "process", usual.process()),
            Amounts.duration(quiet, "wait").orElse(usual.patience()),
            quiet.optionalString("governor")));
  }

  private static double positive(ConfigMap map, String key, double usual) {
    double value = map.number(key, usual);
    if (!(value > 0)) {
      map.problem(key, "found " + value + ", expected more than 0");
      return usual;
    }
    return value;
  }

  private static JudgeRules rules(ConfigMap judge, ConfigMap confirm) {
    JudgeRules usual = JudgeRules.defaults();
    ConfigMap nights = judge.map("nights");
    int least = atLeast(nights, "least", usual.least(), 3);
    int window = atLeast(nights, "window", Math.max(usual.window(), least), least);
    int segment = atLeast(nights, "segment", usual.segment(), 3);
    double falseDiscovery = Amounts.share(judge, "false-discovery").orElse(usual.falseDiscovery());
    double coverage = Amounts.share(judge, "require-coverage").orElse(usual.coverage());
    double screen = Amounts.share(confirm, "screen").orElse(usual.screen());
    int forks = atLeast(confirm, "forks", usual.forks(), 1);
    int mates = atLeast(confirm, "mates", usual.mates(), 0);
    List<MetricRule> metrics = judge.has("metrics") ? metrics(judge, usual) : usual.metrics();
    return new JudgeRules(
        metrics, least, window, segment, falseDiscovery, screen, forks, mates, coverage);
  }

  /** Metrics that are named are judged, others are not; what is not said of one is as usual. */
  private static List<MetricRule> metrics(ConfigMap judge, JudgeRules usual) {
    ConfigMap map = judge.map("metrics");
    List<MetricRule> out = new ArrayList<>();
    for (MetricRule rule : usual.metrics()) {
      if (map.has(rule.metric())) {
        ConfigMap own = map.map(rule.metric());
        MetricRule changed = rule;
        Optional<Double> floor = Amounts.share(own, "floor");
        if (floor.isPresent()) {
          changed = changed.withFloor(floor.get());
        }
        Optional<Double> least = Amounts.number(own, "least", rule.unit());
        if (least.isPresent()) {
          changed = changed.withLeast(least.get());
        }
        out.add(changed);
      }
    }
    if (out.isEmpty()) {
      judge.problem(
          "metrics",
          "found none, expected some of "
              + String.join(", ", usual.metrics().stream().map(MetricRule::metric).toList()));
    }
    return out;
  }

  /** Pictures go first and nights last: what is gone keeps nothing. */
  private static NightPlan.Keep keep(ConfigMap map) {
    OptionalInt nights = count(map, "nights");
    OptionalInt pictures = count(map, "pictures");
    OptionalInt evidence = count(map, "evidence");
    int most = nights.orElse(Integer.MAX_VALUE);
    if (evidence.orElse(0) > most) {
      map.problem(
          "evidence", "found " + evidence.getAsInt() + ", expected at most nights, " + most);
    }
    most = Math.min(most, evidence.orElse(Integer.MAX_VALUE));
    if (pictures.orElse(0) > most) {
      map.problem(
          "pictures",
          "found " + pictures.getAsInt() + ", expected at most evidence and nights, " + most);
    }
    return new NightPlan.Keep(nights, pictures, evidence);
  }

  private static OptionalInt count(ConfigMap map, String key) {
    Optional<Integer> value = map.optionalInteger(key);
    if (value.isPresent() && value.get() < 1) {
      map.problem(key, "found " + value.get() + ", expected at least 1 night");
    }
    return value.isPresent() ? OptionalInt.of(value.get()) : OptionalInt.empty();
  }

  private NightPlan.Notice notice(ConfigMap map) {
    List<NightPlan.Occasion> on =
        map.has("on")
            ? words(map, "on", NightPlan.Occasion.values(), NightPlan.Occasion::word)
            : List.of(
                NightPlan.Occasion.OPENED,
                NightPlan.Occasion.CHANGED,
                NightPlan.Occasion.CLOSED,
                NightPlan.Occasion.UNJUDGED);
    List<String> command = new ArrayList<>(map.strings("command"));
    if (command.isEmpty()) {
      map.problem("command", "found none, expected a program and its arguments");
    } else if (command.get(0).contains("/")) {
      command.set(0, folder.resolve(command.get(0)).toAbsolutePath().normalize().toString());
    }
    return new NightPlan.Notice(on, command);
  }

  private static <T> List<T> words(
      ConfigMap map, String key, T[] values, Function<T, String> word) {
    List<String> known = Arrays.stream(values).map(word).toList();
    List<T> out = new ArrayList<>();
    for (String text : map.strings(key)) {
      int index = known.indexOf(text);
      if (index < 0) {
        map.problem(
            key,
            "found "
                + text
                + Nearest.hint(text, known)
                + ", expected some of "
                + String.join(", ", known));
      } else {
        out.add(values[index]);
      }
    }
    return out;
  }

  private static int atLeast(ConfigMap map, String key, int usual, int least) {
    int value = map.integer(key, usual);
    if (value < least) {
      map.problem(key, "found " + value + ", expected at least " + least);
    }
    return Math.max(value, least);
  }
}
