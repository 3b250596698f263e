package io.drivemark.eval.gauge.standard;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.gauge.Columns;
import io.drivemark.eval.gauge.Counter;
import io.drivemark.eval.gauge.Counts;
import io.drivemark.eval.gauge.Figure;
import io.drivemark.eval.gauge.Gauge;
import io.drivemark.eval.gauge.Pool;
import io.drivemark.eval.gauge.Reading;
import io.drivemark.eval.gauge.Subject;
import io.drivemark.eval.metrics.safety.Flicker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How much predictions change between neighbouring frames of a sequence where the truth does not;
 * on request. A pair of neighbours counts for the later frame.
 */
public final class FlickerGauge implements Gauge {
  /** Its name. */
  public static final String NAME = "flicker";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int derivation() {
    return 1;
  }

  @Override
  public OptionalInt neighbours() {
    return OptionalInt.of(1);
  }

  @Override
  public Set<Occasion> occasions() {
    return Set.of();
  }

  @Override
  public List<Figure> figures() {
    return List.of(
        Figure.error(
            "flicker",
            "Flicker",
            "Share of the pixels whose truth is the same class in two frames that follow each other"
                + " and whose prediction changes."));
  }

  @Override
  public Columns columns(LabelSpace space) {
    List<String> names = new ArrayList<>(List.of("pairs"));
    space.classNames().forEach(name -> names.add("still " + name));
    space.classNames().forEach(name -> names.add("changed " + name));
    return Columns.of(names);
  }

  @Override
  public Optional<Counter> counter(Subject subject) {
    return subject.has(Subject.Given.LABELS)
        ? Optional.of(FlickerPairs.of(subject.dataset(), columns(subject.dataset().labels())))
        : Optional.empty();
  }

  static Counts counts(Columns columns, Flicker flicker) {
    long[] ofPair = flicker.numbers();
    long[] numbers = new long[1 + ofPair.length];
    numbers[0] = 1;
    System.arraycopy(ofPair, 0, numbers, 1, ofPair.length);
    return Counts.of(columns, numbers);
  }

  /** How many pairs of neighbours were compared. */
  public static int pairs(Counts sum) {
    return Math.toIntExact(sum.numbers()[0]);
  }

  /** The counts over all pairs as their own type. */
  public static Flicker counts(LabelSpace space, Counts sum) {
    long[] numbers = sum.numbers();
    return Flicker.of(space, Arrays.copyOfRange(numbers, 1, numbers.length));
  }

  @Override
  public Reading read(Pool pool) {
    Flicker flicker = counts(pool.space(), pool.sum(columns(pool.space())));
    return Reading.empty().with("flicker", flicker.share(), flicker.byClass());
  }
}
