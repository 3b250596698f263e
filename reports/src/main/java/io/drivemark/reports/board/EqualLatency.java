package io.drivemark.reports.board;

import io.drivemark.eval.runner.record.MiouDifference;
import io.drivemark.eval.runner.record.Speed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which way of pruning is more accurate at equal latency, in words: among variants of one parent
 * whose latencies lie within the A-A band of each other, and, where two ways have none in common,
 * by interpolation on the latency axis. Stateless.
 */
public final class EqualLatency {
  private EqualLatency() {}

  /**
   * First whether a kind is beaten whole, then a sentence or two for each group of equally fast
   * variants; what is no verdict says so.
   */
  public static List<String> verdicts(Family family) {
    List<Variant> rated =
        family.variants().stream()
            .filter(v -> v.isPruned() && v.contender().rated())
            .sorted(Comparator.comparingDouble(v -> ms(v.contender())))
            .toList();
    if (rated.stream().map(Variant::method).distinct().count() < 2) {
      return List.of();
    }
    List<String> out = new ArrayList<>();
    KindVerdict.of(family).ifPresent(out::add);
    boolean compared = !out.isEmpty();
    for (List<Variant> group : groups(rated)) {
      if (group.stream().map(Variant::method).distinct().count() > 1) {
        out.add(verdict(group));
        compared = true;
      }
    }
    if (!compared) {
      out.add(interpolated(family, rated));
    }
    return out;
  }

  /** From the fastest on: those whose latency ties with the fastest of their group. */
  private static List<List<Variant>> groups(List<Variant> byLatency) {
    List<List<Variant>> groups = new ArrayList<>();
    for (Variant v : byLatency) {
      List<Variant> last = groups.isEmpty() ? List.of() : groups.get(groups.size() - 1);
      if (!last.isEmpty() && last.get(0).contender().ties(v.contender())) {
        last.add(v);
      } else {
        List<Variant> next = new ArrayList<>();
        next.add(v);
        groups.add(next);
      }
    }
    return groups;
  }

  private static String verdict(List<Variant> group) {
    List<Variant> byMiou =
        group.stream()
            .sorted(Comparator.comparingDouble((Variant v) -> -miou(v.contender())))
            .toList();
    Variant best = byMiou.get(0);
    Variant rival =
        byMiou.stream().filter(v -> !v.method().equals(best.method())).findFirst().orElseThrow();
    double gap = miou(best.contender()) - miou(rival.contender());
    Optional<MiouDifference> paired = best.pairedWith(rival);
    boolean isTie = paired.isEmpty() || !paired.get().isSure();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "At %s (equally fast: inside the A-A band of %.1f %%) ",
            span(group),
            100 * band(best.contender())));
    text.append(
        isTie
            ? String.format(
                Locale.ROOT,
                "no way of pruning wins: %s has %s %% mIoU (%s), %s %s %% (%s)",
                best.contender().model(),
                Numbers.percent(miou(best.contender())),
                best.method(),
                rival.contender().model(),
                Numbers.percent(miou(rival.contender())),
                rival.method())
            : String.format(
                Locale.ROOT,
                "%s wins: %s has %s %% mIoU, the best of another way, %s (%s), %s %%",
                best.method(),
                best.contender().model(),
                Numbers.percent(miou(best.contender())),
                rival.contender().model(),
                rival.method(),
                Numbers.percent(miou(rival.contender()))));
    text.append(String.format(Locale.ROOT, "; the difference of %.2f points ", 100 * gap));
    text.append(
        paired
            .filter(d -> d.low().isPresent() && d.high().isPresent())
            .map(
                d ->
                    String.format(
                        Locale.ROOT,
                        "has a 95 %% interval of %s to %s on the same frames, which %s zero.",
                        Numbers.points(d.low().getAsDouble()),
                        Numbers.points(d.high().getAsDouble()),
                        d.isSure() ? "leaves out" : "holds"))
            .orElse("has no interval: too few frames."));
    text.append(training(group));
    return text.toString();
  }

  /** What else differs between variants that are compared. */
  private static String training(List<Variant> group) {
    TreeSet<String> ways = new TreeSet<>();
    group.stream().map(Variant::training).filter(t -> !t.isEmpty()).forEach(ways::add);
    return ways.size() < 2
        ? ""
        : " They were not trained alike after pruning (" + String.join("; ", ways) + ").";
  }

  /**
   * Where no two ways meet: the most accurate variant against the line through another way's
   * neighbours in latency, the parent among them.
   */
  private static String interpolated(Family family, List<Variant> rated) {
    for (Variant v : byMiou(rated)) {
      List<Contender> others =
          rated.stream()
              .filter(o -> !o.method().equals(v.method()))
              .map(Variant::contender)
              .collect(Collectors.toCollection(ArrayList::new));
      family.parent().filter(Contender::rated).ifPresent(others::add);
      double at = ms(v.contender());
      Optional<Contender> faster =
          others.stream()
              .filter(c -> ms(c) <= at)
              .max(Comparator.comparingDouble(EqualLatency::ms));
      Optional<Contender> slower =
          others.stream().filter(c -> ms(c) > at).min(Comparator.comparingDouble(EqualLatency::ms));
      if (faster.isPresent() && slower.isPresent()) {
        double share = (at - ms(faster.get())) / (ms(slower.get()) - ms(faster.get()));
        double line = miou(faster.get()) + share * (miou(slower.get()) - miou(faster.get()));
        return String.format(
            Locale.ROOT,
            "No two ways of pruning are equally fast here. At the %s ms of %s (%s, %s %% mIoU) the"
                + " line from %s to %s runs at %s %%: %s points %s. An interpolated value has no"
                + " interval, so this is a hint and no verdict.%s",
            Numbers.milliseconds(at),
            v.contender().model(),
            v.method(),
            Numbers.percent(miou(v.contender())),
            faster.get().model(),
            slower.get().model(),
            Numbers.percent(line),
            Numbers.percent(Math.abs(miou(v.contender()) - line)),
            line <= miou(v.contender()) ? "lower" : "higher",
            training(rated));
      }
    }
    return "No two ways of pruning are equally fast here, and their latencies do not overlap: none"
        + " can be preferred at equal latency.";
  }

  private static List<Variant> byMiou(List<Variant> variants) {
    return variants.stream()
        .sorted(Comparator.comparingDouble((Variant v) -> -miou(v.contender())))
        .toList();
  }

  private static String span(List<Variant> group) {
    String from = Numbers.milliseconds(ms(group.get(0).contender()));
    String to = Numbers.milliseconds(ms(group.get(group.size() - 1).contender()));
    return from.equals(to) ? from + " ms" : from + " to " + to + " ms";
  }

  private static double band(Contender contender) {
    return contender.entry().speed().flatMap(Speed::control).map(Contender::halfBand).orElse(0.0);
  }

  private static double ms(Contender contender) {
    return contender.meanMs().orElseThrow();
  }

  private static double miou(Contender contender) {
    return contender.miou().orElseThrow();
  }
}
