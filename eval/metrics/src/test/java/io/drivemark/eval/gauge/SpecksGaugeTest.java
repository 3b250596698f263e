package io.drivemark.eval.gauge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.PixelArrays;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.eval.gauge.standard.ConfusionGauge;
import io.drivemark.eval.gauge.standard.SpecksGauge;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.eval.metrics.Protocols;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is a speck, of which class and of which phase. */
class SpecksGaugeTest {
  private static final byte VOID = (byte) LabelSpace.VOID;

  private final Dataset dataset =
      Datasets.open(
          DatasetRequest.of("synthdrive", "val")
              .withOption("count", "4")
              .withOption("seed", "5")
              .withOption("size", "48x64"));

  private final LabelSpace space = dataset.labels();
  private final byte road = (byte) space.indexOf("Road").orElseThrow();
  private final byte car = (byte) space.indexOf("Car").orElseThrow();
  private final byte sign = (byte) space.indexOf("SignSymbol").orElseThrow();

  private byte[] filled(int height, int width, byte label) {
    byte[] pixels = new byte[height * width];
    Arrays.fill(pixels, label);
    return pixels;
  }

  private JudgedFrame frame(int index, int height, byte[] truth, byte[] predicted) {
    int width = truth.length / height;
    return new JudgedFrame(
        dataset,
        index,
        LabelMap.of(space, height, width, truth),
        LabelMap.of(space, height, width, predicted),
        new PixelArrays());
  }

  private Reading read(int height, byte[] truth, byte[] predicted) {
    return read(List.of(frame(0, height, truth, predicted)));
  }

  private Reading read(List<JudgedFrame> frames) {
    SpecksGauge gauge = new SpecksGauge();
    GaugePass pass = new GaugePass(List.of(new ConfusionGauge(), gauge), Subject.labels(dataset));
    frames.forEach(pass::count);
    assertEquals(List.of(), pass.problems());
    List<Integer> order = IntStream.range(0, frames.size()).boxed().toList();
    return gauge.read(
        new Pool(
            space,
            Protocols.cityscapes(),
            Map.of(),
            List.of(),
            order.stream().map(i -> pass.counts(SpecksGauge.NAME, i).orElseThrow()).toList()));
  }

  private static double value(Reading reading, String id) {
    return reading.values().get(id).value().value().orElseThrow();
  }

  private static List<Double> phases(Reading reading) {
    List<Double> values = new ArrayList<>();
    for (String phase : List.of("EvenEven", "EvenOdd", "OddEven", "OddOdd")) {
      values.add(value(reading, "specks" + phase));
    }
    return values;
  }

  @Test
  void aSingleWrongPixelIsASpeckOfItsClassAndPhase() {
    byte[] predicted = filled(4, 4, road);
    predicted[1] = car;
    Reading reading = read(4, filled(4, 4, road), predicted);
    assertEquals(1 / 16.0, value(reading, "specks"));
    assertEquals(1 / 4.0, value(reading, "specksInGrid"));
    assertEquals(List.of(0.0, 0.25, 0.0, 0.0), phases(reading));
    Map<String, MetricValue> byClass = reading.values().get("specks").byClass();
    assertEquals(space.classNames(), List.copyOf(byClass.keySet()));
    assertEquals(MetricValue.of(1 / 16.0), byClass.get("Car"));
    assertEquals(MetricValue.of(0), byClass.get("Road"));
  }

  @Test
  void twoBesideEachOtherAreNoSpecksAndTwoAcrossACornerAreTwo() {
    byte[] predicted = filled(4, 4, road);
    predicted[5] = car;
    predicted[6] = car;
    assertEquals(0, value(read(4, filled(4, 4, road), predicted), "specks"));
    predicted[6] = road;
    predicted[9] = car;
    assertEquals(0, value(read(4, filled(4, 4, road), predicted), "specks"));
    predicted[9] = road;
    predicted[10] = car;
    Reading reading = read(4, filled(4, 4, road), predicted);
    assertEquals(2 / 16.0, value(reading, "specks"));
    assertEquals(List.of(0.25, 0.0, 0.0, 0.25), phases(reading));
  }

  @Test
  void theEndOfARowIsNotBesideTheBeginningOfTheNext() {
    byte[] predicted = filled(3, 4, road);
    predicted[3] = car;
    predicted[4] = car;
    assertEquals(2 / 12.0, value(read(3, filled(3, 4, road), predicted), "specks"));
  }

  @Test
  void aRightPixelIsNoneHoweverAloneItStands() {
    byte[] truth = filled(4, 4, road);
    truth[5] = sign;
    assertEquals(0, value(read(4, truth, truth.clone()), "specks"));
  }

  @Test
  void whereTheTruthIsVoidNothingCountsAndAPredictedVoidIsNone() {
    byte[] truth = filled(4, 4, road);
    truth[5] = VOID;
    byte[] predicted = filled(4, 4, road);
    predicted[5] = car;
    predicted[10] = VOID;
    Reading reading = read(4, truth, predicted);
    assertEquals(0, value(reading, "specks"));
    predicted[3] = sign;
    reading = read(4, truth, predicted);
    assertEquals(1 / 15.0, value(reading, "specks"));
    assertEquals(List.of(0.0, 0.25, 0.0, 0.0), phases(reading));
  }

  @Test
  void withoutAKnownPixelThereIsNoShare() {
    Reading reading = read(2, filled(2, 2, VOID), filled(2, 2, road));
    MetricValue none = MetricValue.undefined("the truth of no such pixel is known");
    reading.values().values().forEach(v -> assertEquals(none, v.value()));
  }

  @Test
  void plantedSpecksAreCountedToTheLast() {
    long seed = 11;
    Random random = new Random(seed);
    int height = 16;
    int width = 20;
    List<JudgedFrame> frames = new ArrayList<>();
    int[] planted = new int[4];
    for (int f = 0; f < 3; f++) {
      byte[] predicted = filled(height, width, road);
      for (int row = 0; row < height; row += 2) {
        for (int column = 0; column < width; column += 2) {
          int phase = random.nextInt(4);
          int y = row + phase / 2;
          int x = column + phase % 2;
          boolean alone =
              (y == 0 || predicted[(y - 1) * width + x] == road)
                  && (x == 0 || predicted[y * width + x - 1] == road)
                  && (x == width - 1 || predicted[y * width + x + 1] == road);
          if (alone && random.nextInt(phase == 1 ? 2 : 6) == 0) {
            predicted[y * width + x] = sign;
            planted[phase]++;
          }
        }
      }
      frames.add(frame(f, height, filled(height, width, road), predicted));
    }
    Reading reading = read(frames);
    double pixels = 3.0 * height * width;
    String message = "seed " + seed;
    assertEquals(Arrays.stream(planted).sum() / pixels, value(reading, "specks"), message);
    assertEquals(
        Arrays.stream(planted).mapToObj(n -> 4 * n / pixels).toList(), phases(reading), message);
    assertEquals(4 * planted[1] / pixels, value(reading, "specksInGrid"), message);
    assertEquals(
        reading.values().get("specks").value(),
        reading.values().get("specks").byClass().get("SignSymbol"));
  }
}
