package io.drivemark.reports.board;

import io.drivemark.eval.decide.Comparison;
import io.drivemark.eval.decide.FamilyVerdicts;
import io.drivemark.eval.decide.GroupVerdict;
import io.drivemark.eval.decide.Interpolation;
import io.drivemark.eval.decide.Measure;
import io.drivemark.eval.decide.PairedDifference;
import io.drivemark.eval.decide.TechniqueVerdict;
import io.drivemark.eval.decide.VariantCandidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;

/**
 * The verdicts on a family's variants in words: which technique or recipe is more accurate at equal
 * latency, or that none can be preferred. {@link FamilyVerdicts} decides; this class only words it.
 * For one family.
 */
public final class EqualLatency {
  private final Family family;
  private final FamilyVerdicts verdicts;
  private final Measure measure;

  private EqualLatency(Family family) {
    this.family = family;
    this.verdicts = Variant.verdicts(family);
    this.measure = family.variants().get(0).contender().measure();
  }

  /**
   * First, whether every variant of one technique is beaten; then a sentence or two for each group
   * of equally fast variants. A sentence that is only a hint says so.
   */
  public static List<String> verdicts(Family family) {
    return new EqualLatency(family).sentences();
  }

  private List<String> sentences() {
    List<String> out = new ArrayList<>();
    if (!verdicts.isContested()) {
      return out;
    }
    verdicts.technique().map(this::technique).ifPresent(out::add);
    verdicts.groups().stream().map(this::group).forEach(out::add);
    if (out.isEmpty()) {
      out.add(
          verdicts
              .interpolation()
              .map(this::interpolation)
              .orElse(
                  "No two pruning recipes are equally fast here, and their latencies do not overlap:"
                      + " none can be preferred at equal latency."));
    }
    return out;
  }

  private String technique(TechniqueVerdict verdict) {
    Comparison closest = verdict.closest();
    int beaten = verdict.matches().size();
    PairedDifference difference = closest.difference().orElseThrow();
    return String.format(
        Locale.ROOT,
        "By the clock %s pruning beats %s pruning here: %s has a %s-pruned variant that is as fast"
            + " or faster and more accurate. %s is %s; %s is %s, %s (%s%s).",
        verdict.winner(),
        verdict.loser(),
        beaten == 1
            ? "the " + verdict.loser() + "-pruned variant"
            : "each of the " + beaten + " " + verdict.loser() + "-pruned variants",
        verdict.winner(),
        variant(closest.worse()).shortLabel() + (beaten == 1 ? "" : ", the best of them,"),
        figures(closest.worse()),
        variant(closest.better()).shortLabel(),
        figures(closest.better()),
        MeasureWords.briefDifference(measure, difference.value()),
        interval(difference, "95 %% interval %s to %s, "),
        p(closest));
  }

  private String group(GroupVerdict verdict) {
    Comparison best = verdict.best();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "At %s (equally fast: inside the A-A band of %.1f %%) ",
            span(verdict.group()),
            100 * verdict.group().get(0).candidate().timing().orElseThrow().band().orElse(0)));
    if (best.isEven()) {
      return text + even(best) + training(verdict.group());
    }
    text.append(
        verdict.winner().isPresent()
            ? String.format(
                Locale.ROOT,
                "%s wins: %s has %s, the best of another recipe, %s (%s), %s",
                best.better().recipe(),
                model(best.better()),
                phrase(best.better()),
                model(best.worse()),
                best.worse().recipe(),
                brief(best.worse()))
            : String.format(
                Locale.ROOT,
                "no pruning recipe wins: %s has %s (%s), %s %s (%s)",
                model(best.better()),
                phrase(best.better()),
                best.better().recipe(),
                model(best.worse()),
                brief(best.worse()),
                best.worse().recipe()));
    text.append("; the difference of ").append(difference(best)).append('.');
    return text.append(training(verdict.group())).toString();
  }

  private String even(Comparison c) {
    return String.format(
        Locale.ROOT,
        "no pruning recipe wins: %s (%s) and %s (%s) have the same %s, whichever frames are drawn.",
        model(c.better()),
        c.better().recipe(),
        model(c.worse()),
        c.worse().recipe(),
        phrase(c.better()));
  }

  private String difference(Comparison c) {
    String points =
        measure.isMoreBetter()
            ? MeasureWords.lead(measure, c.gap())
            : MeasureWords.briefDifference(measure, -c.gap());
    boolean tooFew = verdicts.isTooFew(c);
    if (c.adjustedP().isEmpty() && !tooFew) {
      return points + " has no test: too few frames, or a record of an older program";
    }
    PairedDifference d = c.difference().orElseThrow();
    String found = "a 95 %% interval (widened for few clusters) of %s to %s";
    return points
        + " on the same frames has "
        + (tooFew
            ? interval(d, found + "; ") + ClusterWords.tooFew(d.clusters(), verdicts.adjustedFor())
            : interval(d, found + " and ") + p(c));
  }

  /** For how many comparisons a p-value was adjusted is part of what it says. */
  private String p(Comparison c) {
    int pairs = verdicts.adjustedFor();
    return Numbers.probability(c.adjustedP().orElseThrow())
        + (pairs == 1 ? "" : ", adjusted for " + pairs + " comparisons");
  }

  private String interval(PairedDifference d, String format) {
    OptionalDouble low = d.low();
    OptionalDouble high = d.high();
    return low.isPresent() && high.isPresent()
        ? String.format(
            Locale.ROOT,
            format,
            MeasureWords.difference(measure, low.getAsDouble()),
            MeasureWords.difference(measure, high.getAsDouble()))
        : "";
  }

  private String interpolation(Interpolation hint) {
    return String.format(
        Locale.ROOT,
        "No two pruning recipes are equally fast here. At the %s ms of %s (%s, %s) the"
            + " line from %s to %s runs at %s: %s %s. An interpolated value has no"
            + " interval, so this is a hint and no verdict.%s",
        Numbers.milliseconds(hint.atMs()),
        model(hint.variant()),
        hint.variant().recipe(),
        phrase(hint.variant()),
        family.contender(hint.faster()).model(),
        family.contender(hint.slower()).model(),
        MeasureWords.brief(measure, hint.lineValue()),
        MeasureWords.lead(measure, Math.abs(hint.gap())),
        hint.isOnOrAboveLine() == measure.isMoreBetter() ? "lower" : "higher",
        training(
            family.variants().stream()
                .filter(v -> v.isPruned() && !v.isBeforeTuning() && v.contender().rated())
                .map(Variant::candidate)
                .toList()));
  }

  /** What else differs between variants that are compared. */
  private String training(List<VariantCandidate> group) {
    TreeSet<String> ways = new TreeSet<>();
    group.stream()
        .map(v -> variant(v).wholeTraining())
        .filter(t -> !t.isEmpty())
        .forEach(ways::add);
    return ways.size() < 2
        ? ""
        : " They were not trained alike after pruning (" + String.join("; ", ways) + ").";
  }

  private String span(List<VariantCandidate> group) {
    String from = milliseconds(group.get(0));
    String to = milliseconds(group.get(group.size() - 1));
    return from.equals(to) ? from + " ms" : from + " to " + to + " ms";
  }

  private String figures(VariantCandidate v) {
    return "at " + milliseconds(v) + " ms and " + brief(v);
  }

  private String milliseconds(VariantCandidate v) {
    return Numbers.milliseconds(variant(v).contender().meanMs().orElseThrow());
  }

  private static String phrase(VariantCandidate v) {
    return MeasureWords.phrase(v.candidate().measure(), v.candidate().value().orElseThrow());
  }

  private static String brief(VariantCandidate v) {
    return MeasureWords.brief(v.candidate().measure(), v.candidate().value().orElseThrow());
  }

  private String model(VariantCandidate v) {
    return variant(v).contender().model();
  }

  private Variant variant(VariantCandidate v) {
    Optional<Variant> found =
        family.variants().stream()
            .filter(known -> known.contender().number() == v.candidate().number())
            .findFirst();
    return found.orElseThrow();
  }
}
