package io.drivemark.eval.history.judge.method;

import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.statistics.Robust;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Which nights were fit for timing. A night is not if it was found unquiet before, if its A-A band
 * is more than three times the usual one or than the rules allow, or if fixed work took more than a
 * tenth longer or shorter than usual.
 */
final class Fitness {
  private static final double BAND = 3;
  private static final double RULER = 0.1;

  /** A night whose cells scatter so much more than usual says nothing of any of them. */
  static final double MOST_SCATTER = 3;

  /** Nights of a usual band or ruler. */
  private static final int WINDOW = 60;

  private static final int FEWEST = 5;

  private final String[] why; // null: fit
  private final double[] bands;
  private final double[] rulers;
  private final int[] rulersSince;
  private final OptionalDouble widest;

  /**
   * Judges all nights.
   *
   * @param rebased whether a change of the machine that is known already begins at a night
   * @param widest the widest A-A band of a fit night, whatever is usual; empty for any
   */
  Fitness(Nights nights, boolean[] rebased, OptionalDouble widest) {
    this.widest = widest;
    int n = nights.size();
    why = new String[n];
    bands = new double[n];
    rulers = new double[n];
    rulersSince = new int[n];
    double[][] byKind = rulers(nights);
    int since = 0;
    for (int t = 0; t < n; t++) {
      since = rebased[t] ? t : since;
      rulersSince[t] = since;
      bands[t] = band(nights.get(t).rotations());
      rulers[t] = Double.NaN;
      int night = t;
      double[] shifts =
          Arrays.stream(byKind)
              .mapToDouble(row -> row[night] - usual(row, rulersSince[night], night))
              .filter(Double::isFinite)
              .toArray();
      if (shifts.length > 0) {
        rulers[t] = Robust.median(shifts);
      }
      why[t] =
          nights
              .get(t)
              .unquiet()
              .or(() -> tooWide("", nights.get(night).rotations()))
              .orElseGet(() -> measured(night, bands[night]));
    }
  }

  private String measured(int t, double band) {
    double usual = usual(bands, 0, t);
    if (band > BAND * usual) {
      return String.format(
          Locale.ROOT,
          "the A-A band is %.1f %%, more than three times the usual %.1f %%",
          100 * band,
          100 * usual);
    }
    if (Math.abs(rulers[t]) > RULER) {
      return took(rulers[t]);
    }
    return null;
  }

  private Optional<String> tooWide(String when, List<Night.Rotation> rotations) {
    double band = band(rotations);
    if (widest.isEmpty() || rotations.isEmpty() || band <= widest.getAsDouble()) {
      return Optional.empty();
    }
    String found =
        Double.isNaN(band)
            ? "no A-A band is known"
            : String.format(Locale.ROOT, "the A-A band is %.1f %%", 100 * band);
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s%s, the night's file allows at most %.1f %%",
            when,
            found,
            100 * widest.getAsDouble()));
  }

  private static String took(double log) {
    return String.format(
        Locale.ROOT,
        "fixed work took %.0f %% %s than usual",
        Math.abs(100 * Math.expm1(log)),
        log > 0 ? "longer" : "shorter");
  }

  /** The words for a night whose cells scatter too much. */
  static String scattered(double factor) {
    return String.format(
        Locale.ROOT, "latencies scatter %.1f times as much as in the nights before", factor);
  }

  /** Why a night was not fit; empty if it was. */
  Optional<String> why(int t) {
    return Optional.ofNullable(why[t]);
  }

  boolean isFit(int t) {
    return why[t] == null;
  }

  /** Tonight's band by the usual one; 1 where one is not known, never less than 1. */
  double bandFactor(int t) {
    double factor = bands[t] / usual(bands, 0, t);
    return factor > 1 && Double.isFinite(factor) ? factor : 1;
  }

  /** How a confirmation's band and rulers compare to those of the nights before; empty if well. */
  Optional<String> whyNot(Night confirmation, Nights nights) {
    int t = nights.tonight();
    if (confirmation.unquiet().isPresent()) {
      return confirmation.unquiet();
    }
    double usual = usual(bands, 0, t);
    double band = band(confirmation.rotations());
    Optional<String> wide = tooWide("of what was timed again ", confirmation.rotations());
    if (wide.isPresent()) {
      return wide;
    }
    if (band > BAND * usual) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "when it was timed again the A-A band was %.1f %%, usually %.1f %%",
              100 * band,
              100 * usual));
    }
    double[][] byKind = rulers(nights);
    List<String> kinds = kinds(nights);
    double[] shifts =
        confirmation.rulers().stream()
            .filter(ruler -> kinds.contains(ruler.kind()))
            .mapToDouble(
                ruler ->
                    ruler.logMs() - usual(byKind[kinds.indexOf(ruler.kind())], rulersSince[t], t))
            .filter(Double::isFinite)
            .toArray();
    if (shifts.length > 0 && Math.abs(Robust.median(shifts)) > RULER) {
      return Optional.of("when it was timed again " + took(Robust.median(shifts)));
    }
    return Optional.empty();
  }

  private static double band(List<Night.Rotation> rotations) {
    double[] known =
        rotations.stream().mapToDouble(Night.Rotation::band).filter(b -> b >= 0).toArray();
    return known.length == 0 ? Double.NaN : Robust.median(known);
  }

  /** The median of at most 60 values before a night; NaN of fewer than five. */
  private static double usual(double[] row, int since, int t) {
    double[] known =
        Arrays.stream(row, Math.max(since, t - WINDOW), t).filter(Double::isFinite).toArray();
    return known.length < FEWEST ? Double.NaN : Robust.median(known);
  }

  /** All kinds of rulers in the nights, sorted. */
  static List<String> kinds(Nights nights) {
    return IntStream.range(0, nights.size())
        .boxed()
        .flatMap(t -> nights.get(t).rulers().stream())
        .map(Night.Ruler::kind)
        .distinct()
        .sorted()
        .toList();
  }

  /** By kind and night the logarithm of a ruler's time; NaN where it was not measured. */
  static double[][] rulers(Nights nights) {
    List<String> kinds = kinds(nights);
    double[][] out = new double[kinds.size()][nights.size()];
    for (double[] row : out) {
      Arrays.fill(row, Double.NaN);
    }
    for (int t = 0; t < nights.size(); t++) {
      for (Night.Ruler ruler : nights.get(t).rulers()) {
        out[kinds.indexOf(ruler.kind())][t] = ruler.logMs();
      }
    }
    return out;
  }
}
