package io.drivemark.reports.board;

import io.drivemark.eval.decide.FrameCostVerdict;
import io.drivemark.eval.decide.PairedDifference;
import io.drivemark.eval.decide.StaticTwins;
import io.drivemark.eval.decide.StaticTwins.Kind;
import io.drivemark.eval.decide.StaticTwins.Row;
import io.drivemark.eval.decide.StaticTwins.Twin;
import io.drivemark.eval.runner.record.Cost;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Speed;
import io.drivemark.problem.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Sentences about networks that choose by the frame. Stateless. */
public final class DynamicWords {
  private static final Map<String, String> FORMS =
      Map.of(
          "masked",
          "everything is computed and then multiplied by 0 or 1, which saves no time",
          "gathered",
          "the weights of live units are gathered for each frame, the others are not computed",
          "blocked",
          "live units are gathered in blocks of the engine's own layout, the others are not"
              + " computed");

  private DynamicWords() {}

  /** What its gates do, what frames cost, and how it was run; a sentence each. */
  public static List<String> about(Entry entry) {
    List<String> out = new ArrayList<>();
    entry
        .cost()
        .flatMap(Cost::gated)
        .ifPresent(
            gated -> {
              out.add(gates(gated.sites()));
              out.add(variation(entry));
              gated.work().ifPresent(work -> out.add(work(work)));
            });
    entry.speed().flatMap(Speed::byFrame).ifPresent(times -> out.add(form(entry, times)));
    agreement(entry).ifPresent(out::add);
    estimate(entry).ifPresent(out::add);
    return out;
  }

  private static String gates(List<Cost.Site> sites) {
    double units = sites.stream().mapToInt(Cost.Site::units).sum();
    double live = sites.stream().mapToDouble(Cost.Site::live).sum();
    return String.format(
        Locale.ROOT,
        "Of %s units at %s %.1f %% are live on a frame in the mean: %.1f %% on every frame,"
            + " %.1f %% on none, %.1f %% on some.",
        Numbers.grouped(Math.round(units)),
        Numbers.counted(sites.size(), "site"),
        100 * live / units,
        100 * sites.stream().mapToInt(Cost.Site::always).sum() / units,
        100 * sites.stream().mapToInt(Cost.Site::never).sum() / units,
        100 * sites.stream().mapToInt(Cost.Site::varying).sum() / units);
  }

  private static String variation(Entry entry) {
    if (isConstant(entry)) {
      return "The same units are live on every frame, so what a frame shows does not matter: this"
          + " is a static network that computes its gate heads besides.";
    }
    OptionalDouble alike = figure(entry, "gatesAlike");
    return alike.isPresent()
        ? String.format(
            Locale.ROOT,
            "Two frames have %.1f %% of their live units in common (Jaccard index, mean over pairs"
                + " of frames).",
            100 * alike.getAsDouble())
        : "Of one frame it cannot be said whether gates differ.";
  }

  private static boolean isConstant(Entry entry) {
    return entry
        .cost()
        .flatMap(Cost::gated)
        .filter(gated -> gated.sites().stream().allMatch(site -> site.varying() == 0))
        .isPresent();
  }

  private static OptionalDouble figure(Entry entry, String id) {
    return entry.readings().stream()
        .flatMap(reading -> reading.figures().stream())
        .filter(figure -> figure.id().equals(id))
        .map(figure -> figure.value())
        .findFirst()
        .orElse(OptionalDouble.empty());
  }

  private static String work(Cost.Work work) {
    double dense = work.dense();
    return String.format(
        Locale.ROOT,
        "A frame takes %.1f %% of the multiply-accumulates of the network without gates: standard"
            + " deviation %.2f points, least %.1f %%, most %.1f %%; %.2f points of it are the gate"
            + " heads. Counted as published, without heads, it is %.1f %%.",
        100 * work.strict().mean() / dense,
        100 * work.strict().std() / dense,
        100 * work.strict().min() / dense,
        100 * work.strict().max() / dense,
        100 * work.heads() / dense,
        100 * work.paper().mean() / dense);
  }

  private static String form(Entry entry, Speed.ByFrame times) {
    String how = FORMS.get(times.form());
    return "On "
        + entry.engine().name()
        + " it ran in "
        + times.form()
        + " form"
        + (how == null ? "." : ": " + how + ".");
  }

  /** How often heads are right, beside what a mask for all frames gets right. */
  private static Optional<String> agreement(Entry entry) {
    Map<String, String> facts = entry.model().provenance();
    Optional<Double> right = share(facts.get("fit-right"));
    Optional<Double> constant = share(facts.get("fit-constant-right"));
    return right.isPresent() && constant.isPresent()
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "On %s the heads have %.1f %% of the bits as their targets have them; one mask for"
                    + " all frames would have %.1f %%.",
                facts.getOrDefault("fit-frames", "the frames they were tried on"),
                100 * right.get(),
                100 * constant.get()))
        : Optional.empty();
  }

  /** What was estimated before training beside what was found. */
  private static Optional<String> estimate(Entry entry) {
    Optional<Double> estimated = share(entry.model().provenance().get("estimate-macs"));
    Optional<Cost.Work> work = entry.cost().flatMap(Cost::work);
    return estimated.isPresent() && work.isPresent()
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "The estimate before training said %.1f %% of the multiply-accumulates: %s points"
                    + " from what was counted here.",
                100 * estimated.get(),
                Numbers.points(estimated.get() - work.get().strict().mean() / work.get().dense())))
        : Optional.empty();
  }

  private static Optional<Double> share(String text) {
    return text != null && text.matches("[01]\\.[0-9]{1,9}")
        ? Optional.of(Double.parseDouble(text))
        : Optional.empty();
  }

  /** Whether time follows the calculation, and why not; the slowest frame and the worst case. */
  public static List<String> clock(Entry entry) {
    Optional<Speed.ByFrame> times = entry.speed().flatMap(Speed::byFrame);
    Optional<FrameCostVerdict> verdict = FrameCostVerdict.of(entry);
    if (times.isEmpty() || verdict.isEmpty()) {
      return List.of();
    }
    return List.of(follows(verdict.get(), times.get()), worst(entry, times.get()));
  }

  private static String follows(FrameCostVerdict verdict, Speed.ByFrame times) {
    String correlation = correlation(times);
    return switch (verdict.answer()) {
      case TOO_FEW ->
          "Only "
              + Counted.of(verdict.frames(), "frame was", "frames were")
              + " timed: too few to say whether time follows the calculation.";
      case SAME_COST ->
          "All timed frames take the same calculation, so there is nothing for time to follow.";
      case FOLLOWS -> "Time follows the calculation: " + correlation + ".";
      case MASKED ->
          "Time does not follow the calculation ("
              + correlation
              + "): the engine computed everything, whatever the gates said.";
      case BELOW_NOISE ->
          String.format(
              Locale.ROOT,
              "Time cannot be seen to follow the calculation (%s): what frames take differs by about"
                  + " %.3f ms, less than a frame's measured time is off (%.3f ms).",
              correlation,
              verdict.expectedMs(),
              times.noiseMs().orElse(0));
      case DOES_NOT ->
          String.format(
              Locale.ROOT,
              "Time does not follow the calculation (%s), although what frames take should differ by"
                  + " about %.3f ms and a frame's measured time is off by %.3f ms.",
              correlation,
              verdict.expectedMs(),
              times.noiseMs().orElse(0));
    };
  }

  private static String correlation(Speed.ByFrame times) {
    if (times.correlation().isEmpty()) {
      return "no correlation is defined";
    }
    String interval =
        times.correlationLow().isPresent() && times.correlationHigh().isPresent()
            ? String.format(
                Locale.ROOT,
                ", 95 %% interval %.2f to %.2f",
                times.correlationLow().getAsDouble(),
                times.correlationHigh().getAsDouble())
            : "";
    return String.format(
            Locale.ROOT,
            "over %s their correlation is %.2f%s",
            Numbers.counted(times.frames().size(), "frame"),
            times.correlation().getAsDouble(),
            interval)
        .replace('-', '−');
  }

  private static String worst(Entry entry, Speed.ByFrame times) {
    double mean = entry.speed().orElseThrow().model().mean();
    double worst = times.worstMs();
    return String.format(
        Locale.ROOT,
        "The slowest frame, %s, took %s ms of the engine's time (median of its runs), %.2f times the"
            + " mean. With all units live%s, it is %s ms, %.2f times the mean.",
        times.worst(),
        Numbers.milliseconds(worst),
        worst / mean,
        isConstant(entry) ? "" : ", which some frame may bring about",
        Numbers.milliseconds(times.allLiveModel().mean()),
        times.allLiveModel().mean() / mean);
  }

  /** What a network beside a dynamic one is. */
  public static String kind(Kind kind) {
    return switch (kind) {
      case CONSTANT -> "same masks for all frames";
      case FILTER -> "filters removed";
      case LAYER -> "layers removed";
      case OTHER -> "pruned otherwise";
      case DENSE -> "nothing removed, trained alike";
    };
  }

  /** In what two networks are equal. */
  public static String equal(Twin twin) {
    if (twin.equalMacs() && twin.equalLatency()) {
      return "MACs and latency";
    }
    if (twin.equalMacs()) {
      return "MACs";
    }
    return twin.equalLatency() ? "latency" : twin.kind() == Kind.DENSE ? "–" : "neither: nearest";
  }

  /** Which of two is more accurate, in a table's cell. */
  public static String verdict(Twin twin) {
    return switch (twin.verdict()) {
      case DYNAMIC_BETTER -> "the dynamic one";
      case TWIN_BETTER -> "this one";
      case UNDECIDED -> "may be chance";
      case TOO_FEW -> ClusterWords.tooFew(clusters(twin));
      case UNTESTED -> "not tested";
    };
  }

  private static Optional<Integer> clusters(Twin twin) {
    return twin.difference().flatMap(PairedDifference::clusters);
  }

  /** Who wins at equal cost or latency, in one sentence. */
  public static String summary(String name, Row row) {
    StaticTwins.Tally tally = row.tally();
    if (tally.equal() == 0) {
      return "No static network of this study costs or takes as much as " + name + " does.";
    }
    String of =
        tally.equal() == 1 ? "the one static network" : "the " + tally.equal() + " static networks";
    if (tally.isOpen()) {
      return "Against "
          + of
          + " of equal cost or latency "
          + name
          + " is neither more nor less accurate beyond chance"
          + row.twins().stream()
              .filter(t -> t.verdict() == StaticTwins.Verdict.TOO_FEW)
              .findFirst()
              .map(t -> ": " + ClusterWords.tooFew(clusters(t), row.tests()))
              .orElse("")
          + ".";
    }
    return "Against "
        + of
        + " of equal cost or latency "
        + name
        + " is more accurate than "
        + tally.better()
        + " and less accurate than "
        + tally.worse()
        + " beyond chance.";
  }
}
