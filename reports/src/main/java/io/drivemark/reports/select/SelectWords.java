package io.drivemark.reports.select;

import io.drivemark.eval.decide.select.BoardSelection;
import io.drivemark.eval.decide.select.Certainty;
import io.drivemark.eval.decide.select.Choice;
import io.drivemark.eval.decide.select.Choice.Measured;
import io.drivemark.eval.decide.select.Fit;
import io.drivemark.eval.decide.select.Obstacle;
import io.drivemark.eval.decide.select.Rival;
import io.drivemark.eval.decide.select.Selection;
import io.drivemark.eval.decide.select.Separation;
import io.drivemark.reports.board.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a selection says, in sentences for people. Stateless. */
public final class SelectWords {
  /** So many names a sentence holds. */
  private static final int NAMES = 4;

  private SelectWords() {}

  /** The dataset and split, and the task where others stand beside it. */
  public static String title(BoardSelection board, List<BoardSelection> all) {
    String frames = board.yardstick().dataset() + " " + board.yardstick().split();
    boolean mixed =
        all.stream().anyMatch(b -> b.yardstick().measure() != board.yardstick().measure());
    return mixed ? frames + ", " + board.yardstick().measure().task().word() : frames;
  }

  /** What it rests on: {@code 101 frames in 11 clusters, timed in 3 processes}. */
  public static String basis(Selection s) {
    if (s.clusters() == 0) {
      return "nothing could be compared";
    }
    return Numbers.counted(s.frames(), "frame")
        + " in "
        + Numbers.counted(s.clusters(), "cluster")
        + ", timed in "
        + Numbers.counted(s.processes(), "process")
        + (s.occasions() > 1 ? " on " + Numbers.counted(s.occasions(), "occasion") : "");
  }

  /** Whom to take, one sentence without its full stop. */
  public static String headline(Selection s) {
    List<Choice> possible = s.possibleBest();
    String within = s.terms().budgets().isEmpty() ? "" : " within the " + budgets(s);
    if (s.clusters() == 0) {
      return "Nothing here can be compared";
    }
    if (possible.isEmpty()) {
      return "No network keeps the " + budgets(s);
    }
    Choice first = possible.get(0);
    if (possible.size() == 1) {
      String sure = chance(s.terms().sure());
      return first.isWithin()
          ? first.label() + " is the most accurate" + within + ", with " + sure + " certainty"
          : first.label()
              + " alone may be the most accurate"
              + within
              + "; it is open whether it"
              + " keeps the "
              + budgets(s);
    }
    String others =
        possible.size() == 2
            ? possible
                .get(s.best().filter(b -> b.number() == first.number()).isPresent() ? 1 : 0)
                .label()
            : "one of " + (possible.size() - 1) + " others";
    if (s.best().isEmpty()) {
      return "One of "
          + possible.size()
          + " networks may be the most accurate"
          + within
          + "; none keeps it for certain";
    }
    return s.terms().budgets().isEmpty()
        ? s.best().get().label() + " is the most accurate here; it may as well be " + others
        : s.best().get().label()
            + " is the most accurate that keeps the "
            + budgets(s)
            + " for certain; the best may as well be "
            + others;
  }

  private static String budgets(Selection s) {
    String texts =
        s.terms().budgets().stream().map(b -> b.text()).collect(Collectors.joining(" and "));
    return (s.terms().budgets().size() == 1 ? "budget " : "budgets ") + texts;
  }

  /** How many of each state, and what the certainty means. */
  public static String summary(Selection s) {
    if (s.clusters() == 0) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        "%d on the front for certain, %d certainly beaten, %d open, %d not comparable. The chance"
            + " that any of these claims is false is %s at most.%s",
        s.of(Certainty.ON_FRONT).size(),
        s.of(Certainty.BEATEN).size(),
        s.of(Certainty.OPEN).size(),
        s.of(Certainty.NOT_COMPARABLE).size(),
        chance(1 - s.terms().sure()),
        s.possibleBest().size() > 2
            ? " The most accurate may be "
                + Numbers.names(s.possibleBest().stream().map(Choice::label).toList(), NAMES)
                + "."
            : "");
  }

  /** A share in per cent: {@code 5 %}, {@code 0.1 %}. */
  public static String chance(double share) {
    String text = String.format(Locale.ROOT, "%.1f", 100 * share);
    return (text.endsWith(".0") ? text.substring(0, text.length() - 2) : text) + " %";
  }

  /** The heading of a state. */
  public static String heading(Certainty certainty) {
    return switch (certainty) {
      case ON_FRONT -> "On the front for certain";
      case BEATEN -> "Certainly beaten";
      case OPEN -> "Open";
      case NOT_COMPARABLE -> "Not comparable";
    };
  }

  /** What a state means, a sentence. */
  public static String meaning(Certainty certainty) {
    return switch (certainty) {
      case ON_FRONT -> "Each other network is certainly less accurate or certainly slower.";
      case BEATEN ->
          "Another network is certainly more accurate, or answers exactly alike, and certainly"
              + " faster.";
      case OPEN -> "Neither is shown: a network here may be worth its time, and may be beaten.";
      case NOT_COMPARABLE -> "These cannot be held against the others.";
    };
  }

  /** The whole selection as lines. */
  public static List<String> lines(BoardSelection board, String title) {
    Selection s = board.selection();
    List<String> out = new ArrayList<>();
    out.add(title + ": " + headline(s) + ".");
    if (s.clusters() > 0) {
      out.add(basis(s) + ". " + summary(s));
    }
    for (Certainty certainty : Certainty.values()) {
      List<Choice> of = s.of(certainty);
      if (!of.isEmpty()) {
        out.add(heading(certainty) + ":");
        for (Choice c : of) {
          String figures = figures(c, s);
          out.add("  " + c.label() + (figures.isEmpty() ? "" : ": " + figures));
          remark(c, s).ifPresent(r -> out.add("      " + r));
        }
      }
    }
    if (!s.terms().budgets().isEmpty() && s.clusters() > 0) {
      out.add("Budgets:");
      for (int b = 0; b < s.terms().budgets().size(); b++) {
        int at = b;
        out.add("  " + s.terms().budgets().get(b).text() + ":");
        s.choices().stream()
            .filter(c -> c.obstacle().isEmpty())
            .forEach(c -> out.add("    " + c.label() + ": " + fit(c.fits().get(at))));
      }
    }
    return out;
  }

  private static String figures(Choice c, Selection s) {
    List<String> parts = new ArrayList<>();
    c.accuracy().ifPresent(a -> parts.add(accuracy(a, s)));
    c.latencyMs().ifPresent(l -> parts.add(measured("latencyMs", l)));
    if (c.frontShare().isPresent()) {
      parts.add("front in " + share(c.frontShare().getAsDouble()) + " of draws");
    }
    if (c.bestShare().isPresent()) {
      parts.add("best in " + share(c.bestShare().getAsDouble()));
    }
    return String.join(", ", parts);
  }

  /** An accuracy with its figure and interval: {@code mIoU 66.81 [62.10, 71.52] %}. */
  public static String accuracy(Measured accuracy, Selection s) {
    return FigureWords.title(s.terms().accuracy()) + " " + measured(s.terms().accuracy(), accuracy);
  }

  /** A value with its interval, where it has one: {@code 43.5 [43.1, 43.9] ms}. */
  public static String measured(String word, Measured m) {
    String value = FigureWords.number(word, m.value());
    return m.low().isPresent() && m.high().isPresent()
        ? value
            + " ["
            + FigureWords.number(word, m.low().getAsDouble())
            + ", "
            + FigureWords.number(word, m.high().getAsDouble())
            + "]"
            + FigureWords.unit(word)
        : value + FigureWords.unit(word);
  }

  /** A share of draws. */
  public static String share(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  /**
   * What else there is to say of a network: by whom it is beaten, what would end its being open.
   */
  public static Optional<String> remark(Choice c, Selection s) {
    if (c.obstacle().isPresent()) {
      return Optional.of(obstacle(c.obstacle().get()));
    }
    String twin = c.twinOf().map(n -> "the same file as " + s.choices().get(n).label()).orElse("");
    if (!twin.isEmpty()) {
      return Optional.of(twin);
    }
    return switch (c.certainty()) {
      case BEATEN -> Optional.of("by " + beaten(c, s));
      case OPEN -> open(c);
      case ON_FRONT, NOT_COMPARABLE -> Optional.empty();
    };
  }

  private static String beaten(Choice c, Selection s) {
    Rival first = c.beatenBy().get(0);
    int more = c.beatenBy().size() - 1;
    return first.label()
        + " ("
        + lead(first, s)
        + ")"
        + (more == 0 ? "" : " and " + Numbers.counted(more, "other"));
  }

  /** How much better a rival is: {@code 6.70 points of mIoU more, in 0.72 of the time}. */
  static String lead(Rival r, Selection s) {
    String accuracy = r.sameCounts() ? "the same answers" : gain(r, s);
    return accuracy + ", in " + ratio(r.latencyRatio()) + " of the time";
  }

  static String gain(Rival r, Selection s) {
    return FigureWords.lead(s.terms().accuracy(), r.gain(), s.terms().moreIsBetter());
  }

  private static String ratio(double ratio) {
    return String.format(Locale.ROOT, "%.2f", ratio);
  }

  private static Optional<String> open(Choice c) {
    if (c.separations().isEmpty()) {
      return Optional.empty();
    }
    Separation first = c.separations().get(0);
    int more = c.separations().size() - 1;
    return Optional.of(
        separation(first) + (more == 0 ? "" : "; " + more + " more to be told from"));
  }

  /** What would end a network's being open. */
  public static String separation(Separation x) {
    List<String> parts = new ArrayList<>();
    if (x.processes().isPresent()) {
      parts.add("about " + Numbers.counted(x.processes().getAsInt(), "process") + " of timing");
    }
    if (x.clusters().isPresent()) {
      parts.add(
          "another split of about "
              + Numbers.counted(x.frames().getAsInt(), "frame")
              + " in "
              + Numbers.counted(x.clusters().getAsInt(), "cluster"));
    }
    if (parts.isEmpty()) {
      return "nothing within reach would tell it from " + x.label();
    }
    return switch (x.claim()) {
      case BEATEN -> String.join(" and ", parts) + " would show that " + x.label() + " beats it";
      case ON_FRONT -> String.join(" or ", parts) + " would tell it from " + x.label();
    };
  }

  /** Why a network cannot be compared. */
  public static String obstacle(Obstacle o) {
    return switch (o.kind()) {
      case UNTRAINED -> "its weights are random, so it has no accuracy";
      case NO_ACCURACY -> "nothing was judged, or the figure is undefined";
      case NO_EVIDENCE -> "the counts or timed runs that its record follows from are not there";
      case NO_DRAWS -> "its figure does not follow from summed counts, so its spread is not known";
      case OTHER_FRAMES ->
          "it was judged on "
              + o.found()
              + (o.found().equals("1") ? " frame" : " frames")
              + ", others on the same "
              + o.expected();
      case OTHER_TRUTH ->
          "its frames have another truth than the others' (mapping " + o.found() + ")";
      case ONE_CLUSTER ->
          "its frames make a single cluster, so nothing is known of other frames; judge more";
      case NO_LATENCY -> "its speed was not measured";
      case OTHER_MACHINE ->
          "it was timed on another machine ("
              + Numbers.shortDigest(o.found())
              + ", others on "
              + Numbers.shortDigest(o.expected())
              + ")";
      case NO_COMMON_REFERENCE ->
          "it was timed in turns that have no network in common with the others'";
    };
  }

  /** Whether a budget is kept. */
  public static String fit(Fit f) {
    String word = f.budget().word();
    if (f.value().isEmpty()) {
      return "not known, so not kept";
    }
    String value = FigureWords.value(word, f.value().getAsDouble());
    return switch (f.answer()) {
      case WITHIN -> "kept for certain (" + value + bound(f) + ")";
      case OVER -> "broken for certain (" + value + bound(f) + ")";
      case OPEN ->
          "open ("
              + value
              + bound(f)
              + (f.runsNeeded() == 0 ? "" : "; a bound takes " + f.runsNeeded() + " timed runs")
              + ")";
      case UNKNOWN -> "not known, so not kept";
    };
  }

  private static String bound(Fit f) {
    String word = f.budget().word();
    String low = f.low().isPresent() ? FigureWords.number(word, f.low().getAsDouble()) : "";
    String high = f.high().isPresent() ? FigureWords.number(word, f.high().getAsDouble()) : "";
    if (low.isEmpty() && high.isEmpty()) {
      return "";
    }
    return low.isEmpty()
        ? ", at most " + high
        : high.isEmpty() ? ", at least " + low : ", bounds " + low + " and " + high;
  }
}
