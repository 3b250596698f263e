package io.drivemark.eval.gauge.standard;

import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.gauge.Columns;
import io.drivemark.eval.gauge.Counter;
import io.drivemark.eval.gauge.Counts;
import io.drivemark.eval.gauge.Figure;
import io.drivemark.eval.gauge.Gauge;
import io.drivemark.eval.gauge.Pool;
import io.drivemark.eval.gauge.Reading;
import io.drivemark.eval.gauge.Subject;
import io.drivemark.eval.metrics.MetricValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Single wrong pixels, and whether they stand in a grid. A speck is a pixel of which the truth is
 * known, whose predicted class is another one, and of whose neighbours (above, below, left, right)
 * none is predicted to be of its class. A predicted void is no speck.
 *
 * <p>Specks are told apart by their phase: row even or odd, column even or odd, from 0. A last
 * layer that doubles height and width computes each phase by weights of its own; where those differ
 * for no reason, specks of one phase make a checkerboard (Odena, Dumoulin, Olah, <i>Deconvolution
 * and Checkerboard Artifacts</i>, 2016, doi:10.23915/distill.00003). It is judged on the truth's
 * grid: where logits are enlarged to it by more than the last layer's stride, a grid of the
 * network's shows in no phase.
 *
 * <p>Example: 4×4 pixels of road, predicted as road but for a car in row 0, column 1: one speck of
 * 16 pixels; of the 4 pixels of phase even, odd it is a quarter.
 */
public final class SpecksGauge implements Gauge {
  /** Its name. */
  public static final String NAME = "specks";

  private static final List<String> PHASES = List.of("EvenEven", "EvenOdd", "OddEven", "OddOdd");

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
    return OptionalInt.of(0);
  }

  @Override
  public Set<Occasion> occasions() {
    return Set.of();
  }

  @Override
  public List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    figures.add(
        Figure.error(
            "specks",
            "Specks",
            "The share of the pixels that are wrong and of a class that none of the four pixels"
                + " beside them is predicted to be of."));
    figures.add(
        Figure.error(
            "specksInGrid",
            "Specks in a grid",
            "The same among the pixels of one phase (rows even or odd, columns even or odd), of the"
                + " one that has most of them. Far above the share of all pixels it is a"
                + " checkerboard, as the weights of a last layer of stride 2 make."));
    for (String phase : PHASES) {
      figures.add(
          Figure.error(
                  "specks" + phase,
                  "Specks, " + phase,
                  "The same among the pixels of this phase: row, then column, from 0.")
              .hidden());
    }
    return List.copyOf(figures);
  }

  @Override
  public Columns columns(LabelSpace space) {
    List<String> names = new ArrayList<>();
    PHASES.forEach(phase -> names.add("pixels " + phase));
    for (String phase : PHASES) {
      space.classNames().forEach(name -> names.add("specks " + phase + " " + name));
    }
    return Columns.of(names);
  }

  @Override
  public Optional<Counter> counter(Subject subject) {
    if (!subject.has(Subject.Given.LABELS)) {
      return Optional.empty();
    }
    LabelSpace space = subject.dataset().labels();
    Columns columns = columns(space);
    return Optional.of(
        (frame, sink) ->
            sink.add(
                frame.index(),
                Counts.of(columns, numbers(frame.truth(), frame.prediction(), space.size()))));
  }

  /** In the order of the columns. */
  private static long[] numbers(LabelMap truth, LabelMap prediction, int classes) {
    long[] numbers = new long[PHASES.size() * (1 + classes)];
    byte[] known = truth.pixels();
    byte[] predicted = prediction.pixels();
    int width = truth.width();
    int last = truth.height() - 1;
    for (int row = 0; row <= last; row++) {
      for (int column = 0; column < width; column++) {
        int at = row * width + column;
        if ((known[at] & 0xFF) == LabelSpace.VOID) {
          continue;
        }
        int phase = 2 * (row & 1) + (column & 1);
        numbers[phase]++;
        byte label = predicted[at];
        if (label != known[at]
            && (label & 0xFF) != LabelSpace.VOID
            && !(row > 0 && predicted[at - width] == label)
            && !(row < last && predicted[at + width] == label)
            && !(column > 0 && predicted[at - 1] == label)
            && !(column < width - 1 && predicted[at + 1] == label)) {
          numbers[PHASES.size() + phase * classes + (label & 0xFF)]++;
        }
      }
    }
    return numbers;
  }

  @Override
  public Reading read(Pool pool) {
    long[] sum = pool.sum(columns(pool.space())).numbers();
    List<String> names = pool.space().classNames();
    int phases = PHASES.size();
    long[] ofClass = new long[names.size()];
    List<MetricValue> ofPhase = new ArrayList<>();
    long pixels = 0;
    long specks = 0;
    for (int phase = 0; phase < phases; phase++) {
      long here = 0;
      for (int c = 0; c < ofClass.length; c++) {
        long n = sum[phases + phase * ofClass.length + c];
        ofClass[c] = Math.addExact(ofClass[c], n);
        here = Math.addExact(here, n);
      }
      ofPhase.add(share(here, sum[phase]));
      pixels = Math.addExact(pixels, sum[phase]);
      specks = Math.addExact(specks, here);
    }
    Map<String, MetricValue> byClass = new LinkedHashMap<>();
    for (int c = 0; c < ofClass.length; c++) {
      byClass.put(names.get(c), share(ofClass[c], pixels));
    }
    Reading reading =
        Reading.empty()
            .with("specks", share(specks, pixels), byClass)
            .with("specksInGrid", most(ofPhase));
    for (int phase = 0; phase < phases; phase++) {
      reading = reading.with("specks" + PHASES.get(phase), ofPhase.get(phase));
    }
    return reading;
  }

  private static MetricValue share(long part, long pixels) {
    return pixels == 0
        ? MetricValue.undefined("the truth of no such pixel is known")
        : MetricValue.of((double) part / pixels);
  }

  private static MetricValue most(List<MetricValue> ofPhase) {
    return ofPhase.stream()
        .filter(MetricValue::isDefined)
        .max((a, b) -> Double.compare(a.value().orElseThrow(), b.value().orElseThrow()))
        .orElse(ofPhase.get(0));
  }
}
