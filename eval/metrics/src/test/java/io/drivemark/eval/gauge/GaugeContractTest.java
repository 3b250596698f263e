package io.drivemark.eval.gauge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.Depth;
import io.drivemark.datasets.LabelFacts;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.PixelArrays;
import io.drivemark.datasets.Sample;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.view.DatasetView;
import io.drivemark.eval.gauge.Figure.Better;
import io.drivemark.eval.gauge.Figure.Unit;
import io.drivemark.eval.gauge.Subject.Given;
import io.drivemark.eval.gauge.standard.CalibrationGauge;
import io.drivemark.eval.gauge.standard.ConfusionGauge;
import io.drivemark.eval.gauge.standard.ImageGauge;
import io.drivemark.eval.gauge.standard.SteadinessGauge;
import io.drivemark.eval.metrics.Calibration;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.Protocols;
import io.drivemark.eval.metrics.gates.GatedMacs;
import io.drivemark.eval.metrics.gates.SiteGates;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.UnavailableException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every installed gauge must do, on scenes that have all that a gauge can ask for. */
class GaugeContractTest {
  private static final int FRAMES = 8;
  private static final Set<Given> ALL = Set.of(Given.values());

  /** Scenes whose cars are weighed by their size. */
  private static final class Weighed extends DatasetView {
    Weighed(Dataset origin) {
      super(origin, "weighed", Map.of());
    }

    @Override
    public LabelFacts facts() {
      LabelFacts f = origin().facts();
      return new LabelFacts(
          Map.of("Car", 200.0),
          f.unscoredObjects(),
          f.unscoredClasses(),
          f.drivableClasses(),
          f.hasConfidence(),
          f.predictionsMayHaveSuffix());
    }
  }

  private final Dataset dataset =
      new Weighed(
          Datasets.open(
              DatasetRequest.of("synthdrive", "val")
                  .withOption("count", "40")
                  .withOption("seed", "5")
                  .withOption("size", "48x64")
                  .withOption("rate", "5")
                  .withOption("sequence", "8")));

  private final List<Sample> samples =
      IntStream.range(0, FRAMES).mapToObj(i -> dataset.frame(i).sample()).toList();

  /** Right but for one pixel in so many; right throughout for 0. */
  private JudgedFrame frame(int index, int oneIn) {
    Sample sample = samples.get(index);
    Random random = new Random(31 * index + oneIn);
    byte[] predicted = sample.truth().pixels().clone();
    float[] metres = sample.depth().orElseThrow().metres().clone();
    Calibration calibration = new Calibration();
    for (int i = 0; i < predicted.length; i++) {
      boolean wrong = oneIn > 0 && random.nextInt(oneIn) == 0;
      if (wrong) {
        predicted[i] = (byte) random.nextInt(dataset.labels().size());
        metres[i] *= 2;
      }
      calibration.add(1, !wrong);
    }
    LabelMap truth = sample.truth();
    return new JudgedFrame(
            dataset,
            index,
            truth,
            LabelMap.of(dataset.labels(), truth.height(), truth.width(), predicted),
            new PixelArrays())
        .withCalibration(calibration)
        .withDepth(Depth.of(truth.height(), truth.width(), metres))
        .withGates(List.of(gates("a", 9, random, oneIn), gates("b", 4, random, oneIn)))
        .withGatedMacs(new GatedMacs(oneIn == 0 ? 0 : 50 + index, 0, 100, 5));
  }

  /** All units are live for a faultless prediction, else at random. */
  private static SiteGates gates(String site, int units, Random random, int oneIn) {
    BitSet live = new BitSet();
    for (int unit = 0; unit < units; unit++) {
      live.set(unit, oneIn == 0 || random.nextBoolean());
    }
    return new SiteGates(site, units, live);
  }

  private GaugePass counted(Gauge gauge, List<Integer> order, boolean parallel, int oneIn) {
    GaugePass pass =
        new GaugePass(
            gauge instanceof ConfusionGauge ? List.of(gauge) : List.of(new ConfusionGauge(), gauge),
            new Subject(dataset, ALL));
    (parallel ? order.parallelStream() : order.stream()).forEach(i -> pass.count(frame(i, oneIn)));
    return pass;
  }

  private List<Integer> order() {
    return new ArrayList<>(IntStream.range(0, FRAMES).boxed().toList());
  }

  private Pool pool(Gauge gauge, GaugePass pass, List<Integer> frames) {
    List<ConfusionMatrix> confusion =
        frames.stream()
            .map(
                i ->
                    ConfusionGauge.matrix(
                        dataset.labels(), pass.counts(ConfusionGauge.NAME, i).orElseThrow()))
            .toList();
    return pass.pool(gauge, Protocols.cityscapes(), frames, confusion);
  }

  @TestFactory
  Stream<DynamicTest> everyGauge() {
    return Gauges.installed().all().stream()
        .flatMap(
            gauge ->
                Stream.of(
                    dynamicTest(gauge.name() + " counts alike in every order", () -> orders(gauge)),
                    dynamicTest(
                        gauge.name() + " counts alike on ranges with their neighbours",
                        () -> ranges(gauge)),
                    dynamicTest(
                        gauge.name() + " gives each figure the same twice", () -> readings(gauge)),
                    dynamicTest(
                        gauge.name() + " says which direction is good", () -> direction(gauge)),
                    dynamicTest(
                        gauge.name() + " names columns by the classes alone",
                        () ->
                            assertEquals(
                                gauge.columns(dataset.labels()),
                                gauge.columns(dataset.labels())))));
  }

  private void orders(Gauge gauge) {
    GaugePass plain = counted(gauge, order(), false, 7);
    assertTrue(plain.whole(order()).contains(gauge), "it counts every frame of these scenes");
    List<Integer> order = order();
    for (int trial = 0; trial < 4; trial++) {
      Collections.shuffle(order, new Random(trial));
      GaugePass other = counted(gauge, order, trial % 2 == 1, 7);
      for (int i = 0; i < FRAMES; i++) {
        assertEquals(
            plain.counts(gauge.name(), i), other.counts(gauge.name(), i), "order of seed " + trial);
      }
      assertEquals(List.of(), other.problems());
    }
  }

  /** What ranges of frames counted, each by itself, is put together again. */
  private void ranges(Gauge gauge) {
    GaugePass plain = counted(gauge, order(), false, 7);
    int reach = gauge.neighbours().orElseThrow();
    for (int size : List.of(1, 3, 5)) {
      GaugePass together = counted(gauge, List.of(), false, 7);
      for (int first = 0; first < FRAMES; first += size) {
        int last = Math.min(FRAMES, first + size);
        List<Integer> around =
            IntStream.range(Math.max(0, first - reach), Math.min(FRAMES, last + reach))
                .boxed()
                .toList();
        GaugePass part = counted(gauge, around, false, 7);
        for (int i = first; i < last; i++) {
          together.take(i, part.counts(i), part.problems(i));
        }
      }
      for (int i = 0; i < FRAMES; i++) {
        assertEquals(plain.counts(i), together.counts(i), "frame " + i + ", ranges of " + size);
      }
      assertTrue(together.whole(order()).contains(gauge));
    }
  }

  private void readings(Gauge gauge) {
    GaugePass pass = counted(gauge, order(), false, 7);
    for (List<Integer> frames : List.of(order(), List.of(2, 3, 5), List.of(6))) {
      Reading reading = gauge.read(pool(gauge, pass, frames));
      assertEquals(
          gauge.figures().stream().map(Figure::id).toList(),
          List.copyOf(reading.values().keySet()));
      assertEquals(reading, gauge.read(pool(gauge, pass, frames)));
      assertTrue(reading.values().values().stream().allMatch(v -> v.value() != null));
    }
  }

  /**
   * A faultless prediction gets the best of every figure; a faulty one is worse in some. Only what
   * has no column may have no value, where these scenes have nothing of that kind.
   */
  private void direction(Gauge gauge) {
    Reading best = gauge.read(pool(gauge, counted(gauge, order(), false, 0), order()));
    Reading worse = gauge.read(pool(gauge, counted(gauge, order(), false, 1), order()));
    boolean differs = false;
    for (Figure figure : gauge.figures()) {
      OptionalDouble atBest = best.values().get(figure.id()).value().value();
      OptionalDouble atWorst = worse.values().get(figure.id()).value().value();
      assertTrue(atBest.isPresent() || !figure.shown(), figure.id() + " is undefined");
      if (atBest.isEmpty() || atWorst.isEmpty()) {
        assertTrue(atBest.isPresent() || atWorst.isEmpty(), figure.id() + " needs a faulty one");
        continue;
      }
      double ideal = atBest.getAsDouble();
      double found = atWorst.getAsDouble();
      if (figure.unit() == Unit.FRACTION && figure.better() != Better.NEITHER) {
        assertEquals(figure.better() == Better.HIGHER ? 1 : 0, ideal, 1e-9, figure.id());
      }
      if (figure.better() == Better.HIGHER) {
        assertTrue(found <= ideal, figure.id() + ": " + found + " after " + ideal);
      } else if (figure.better() == Better.LOWER) {
        assertTrue(found >= ideal, figure.id() + ": " + found + " after " + ideal);
      }
      differs |= found != ideal;
    }
    assertTrue(differs, "no figure notices that every pixel is guessed");
  }

  @Test
  void calibrationSaysWhatItNeeds() {
    assertEquals(
        "calibration is judged by how sure predictions are: give the folder with a confidence PNG"
            + " for each sample (--confidences DIR); in a study, ask for it where all networks give"
            + " scores of classes, under grid: logits-bilinear",
        assertThrows(
                BadInputException.class,
                () -> new CalibrationGauge().counter(Subject.labels(dataset)))
            .getMessage());
  }

  @Test
  void whatAPassTakesMustBeOfItsGaugesAndNew() {
    GaugePass one = counted(new ConfusionGauge(), List.of(0), false, 7);
    GaugePass other = counted(new ConfusionGauge(), List.of(), false, 7);
    other.take(0, one.counts(0), List.of("images: it is odd"));
    assertEquals(List.of("images: it is odd"), other.problems());
    assertEquals(
        "gauge confusion has counted frame 0 before",
        assertThrows(IllegalArgumentException.class, () -> other.take(0, one.counts(0), List.of()))
            .getMessage());
    Counts counts = Counts.of(Columns.of(List.of("n")), 1);
    assertEquals(
        "gauge confusion has other columns",
        assertThrows(
                IllegalArgumentException.class,
                () -> other.take(1, Map.of(ConfusionGauge.NAME, counts), List.of()))
            .getMessage());
    assertEquals(
        "gauge sky does not apply here",
        assertThrows(
                IllegalArgumentException.class,
                () -> other.take(1, Map.of("sky", counts), List.of()))
            .getMessage());
  }

  @Test
  void steadinessNeedsFramesThatFollowEachOther() {
    assertEquals(
        "steadiness: synthdrive/val has no 8 frames of one sequence that are known to be at most"
            + " 0.2 s apart; a dataset file says by 'sequence' which part of an id names its"
            + " sequence and by 'rate' how many pictures a second numbers at the end of ids count"
            + " (synthdrive: options: {sequence: 60, rate: 30})",
        assertThrows(
                BadInputException.class,
                () ->
                    new SteadinessGauge()
                        .counter(
                            Subject.labels(
                                Datasets.open(
                                    DatasetRequest.of("synthdrive", "val")
                                        .withOption("count", "8")
                                        .withOption("size", "48x64")))))
            .getMessage());
  }

  @Test
  void twoOfOneNameAreRefused() {
    assertEquals(
        "gauge name 'images' is of io.drivemark.eval.gauge.standard.ImageGauge and of"
            + " io.drivemark.eval.gauge.standard.ImageGauge; rename one, or remove one from the"
            + " class path",
        assertThrows(
                UnavailableException.class,
                () -> Gauges.of(List.of(new ImageGauge(), new ImageGauge())))
            .getMessage());
  }

  @Test
  void anUnknownNameIsRefusedWithTheNearest() {
    assertEquals(
        "no further metric is called 'trimaps' (did you mean 'trimap'?); known: boundary-iou,"
            + " boundary-f, trimap, specks, flicker, steadiness, calibration,"
            + " distance, freespace, obstacles, stixels",
        assertThrows(
                BadInputException.class,
                () -> Gauges.installed().require("trimaps", Gauge.Occasion.SCORE))
            .getMessage());
  }

  @Test
  void numbersAddAndNothingElse() {
    Columns columns = new Columns(List.of("class"), List.of("n"));
    Counts a = new Counts.Rows(columns).add(List.of("car"), 1).add(List.of("bus"), 2).counts();
    Counts b = new Counts.Rows(columns).add(List.of("bus"), 5).counts();
    Counts sum = Counts.sum(columns, List.of(a, b));
    assertEquals(
        new Counts.Rows(columns).add(List.of("car"), 1).add(List.of("bus"), 7).counts(), sum);
    assertThrows(IllegalArgumentException.class, () -> Counts.of(Columns.of(List.of("n")), -1));
    assertThrows(IllegalArgumentException.class, () -> Counts.of(Columns.of(List.of("n")), 1, 2));
    assertThrows(IllegalArgumentException.class, () -> Columns.of(List.of("n", "n")));
    assertThrows(
        ArithmeticException.class,
        () ->
            Counts.sum(
                columns,
                List.of(b, new Counts.Rows(columns).add(List.of("bus"), Long.MAX_VALUE).counts())));
  }
}
