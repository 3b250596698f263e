package io.drivemark.eval.runner.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.Frame;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.PixelArrays;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.coding.PredictionEncoding;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.eval.gauge.Counts;
import io.drivemark.eval.gauge.GaugePass;
import io.drivemark.eval.gauge.JudgedFrame;
import io.drivemark.eval.gauge.Subject;
import io.drivemark.eval.gauge.standard.FlickerGauge;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.eval.metrics.Protocols;
import io.drivemark.eval.metrics.safety.Flicker;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two sequences of 30 frames and one frame alone, in every order and read once each. */
class FlickerGaugeTest {
  private static final int HEIGHT = 4;
  private static final int WIDTH = 6;
  private static final int FRAMES = 61;
  private static final int PAIRS = 2 * 29;

  @TempDir Path root;
  private Dataset dataset;
  private final List<LabelMap> truths = new ArrayList<>();
  private final List<LabelMap> predictions = new ArrayList<>();
  private final Random random = new Random(40);

  @BeforeEach
  void write() throws IOException {
    Files.writeString(
        root.resolve("yard.yaml"),
        """
        name: yard
        classes:
          - {name: ground, color: '128,64,128'}
          - {name: car, color: '0,0,142'}
        layout: {image: 'photos/{id}.png', truth: 'truth/{id}.png'}
        coding: {kind: index, void: [255]}
        sequence: '^([^_]+)_'
        """);
    for (int i = 0; i < FRAMES; i++) {
      write("truth", i);
      write("predictions", i);
    }
    dataset =
        Datasets.open(
            DatasetRequest.of(root.resolve("yard.yaml").toString(), "all")
                .withRoot(root)
                .withLabelsOnly());
    for (int i = 0; i < FRAMES; i++) {
      truths.add(dataset.frame(i).truth());
      byte[] said = ImageCodec.readRaw(file("predictions", i)).bytes();
      predictions.add(LabelMap.of(dataset.labels(), HEIGHT, WIDTH, said));
    }
  }

  private void write(String where, int index) {
    byte[] values = new byte[HEIGHT * WIDTH];
    for (int i = 0; i < values.length; i++) {
      int value = random.nextInt(5);
      values[i] = (byte) (value == 4 ? 255 : value / 2);
    }
    ImageCodec.writeGray8(file(where, index), HEIGHT, WIDTH, values);
  }

  private Path file(String where, int index) {
    String sequence = index < 30 ? "a" : index < 60 ? "b" : "c";
    return root.resolve(where + "/" + sequence + "_" + String.format("%02d", index) + ".png");
  }

  private Flicker expected() {
    Flicker sum = null;
    for (int i = 0; i + 1 < FRAMES; i++) {
      if (i != 29 && i != 59) {
        Flicker pair =
            Flicker.between(
                truths.get(i), predictions.get(i), truths.get(i + 1), predictions.get(i + 1));
        sum = sum == null ? pair : sum.plus(pair);
      }
    }
    return sum;
  }

  @Test
  void everyOrderGivesTheCountsOfAPlainLoop() {
    List<Integer> order = new ArrayList<>(IntStream.range(0, FRAMES).boxed().toList());
    for (int trial = 0; trial < 50; trial++) {
      GaugePass pairs = pass();
      (trial % 2 == 0 ? order.stream() : order.parallelStream())
          .forEach(i -> count(pairs, i, truths.get(i), predictions.get(i)));
      Counts found = sum(pairs);
      assertEquals(PAIRS, FlickerGauge.pairs(found), "seed 40, trial " + trial);
      assertEquals(expected().byClass(), byClass(found), "seed 40, trial " + trial);
      assertEquals(List.of(), pairs.problems());
      Collections.shuffle(order, random);
    }
  }

  @Test
  void arraysMayBeUsedAgainAfterwards() {
    GaugePass pairs = pass();
    byte[] truth = new byte[HEIGHT * WIDTH];
    byte[] said = new byte[HEIGHT * WIDTH];
    for (int i = 0; i < FRAMES; i++) {
      System.arraycopy(truths.get(i).pixels(), 0, truth, 0, truth.length);
      System.arraycopy(predictions.get(i).pixels(), 0, said, 0, said.length);
      count(
          pairs,
          i,
          LabelMap.of(dataset.labels(), HEIGHT, WIDTH, truth),
          LabelMap.of(dataset.labels(), HEIGHT, WIDTH, said));
    }
    assertEquals(expected().byClass(), byClass(sum(pairs)));
  }

  private GaugePass pass() {
    return new GaugePass(List.of(new FlickerGauge()), Subject.labels(dataset));
  }

  private void count(GaugePass pass, int index, LabelMap truth, LabelMap prediction) {
    pass.count(new JudgedFrame(dataset, index, truth, prediction, new PixelArrays()));
  }

  private Counts sum(GaugePass pass) {
    return Counts.sum(
        new FlickerGauge().columns(dataset.labels()),
        pass.frames().stream().map(i -> pass.counts(FlickerGauge.NAME, i).orElseThrow()).toList());
  }

  private Map<String, MetricValue> byClass(Counts sum) {
    return FlickerGauge.counts(dataset.labels(), sum).byClass();
  }

  @Test
  void eachFrameIsReadOnce() {
    AtomicInteger reads = new AtomicInteger();
    Dataset counting =
        before(
            Dataset.class,
            dataset,
            (method, result) ->
                result instanceof Frame frame
                    ? before(
                        Frame.class,
                        frame,
                        (part, found) -> {
                          if (part.equals("truth") || part.equals("sample")) {
                            reads.incrementAndGet();
                          }
                          return found;
                        })
                    : result);
    Score score =
        Scorer.score(
            counting,
            root.resolve("predictions"),
            PredictionEncoding.TRAIN_IDS,
            Protocols.cityscapes(),
            ScoreOptions.of(FlickerGauge.NAME),
            Progress.NONE);
    assertEquals(PAIRS, score.details().flicker().orElseThrow().pairs());
    assertEquals(FRAMES, reads.get());
  }

  /** The same object, whose methods' results go through a function of their name first. */
  private static <T> T before(Class<T> type, T object, BiFunction<String, Object, Object> seen) {
    return type.cast(
        Proxy.newProxyInstance(
            FlickerGaugeTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                return seen.apply(method.getName(), method.invoke(object, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  @Test
  void unequalNeighboursAreNamedInOrder() {
    ImageCodec.writeGray8(file("truth", 12), 2, 3, new byte[6]);
    ImageCodec.writeGray8(file("predictions", 12), 2, 3, new byte[6]);
    String message =
        assertThrows(
                BadInputException.class,
                () ->
                    Scorer.score(
                        dataset,
                        root.resolve("predictions"),
                        PredictionEncoding.TRAIN_IDS,
                        Protocols.cityscapes(),
                        ScoreOptions.of(FlickerGauge.NAME),
                        Progress.NONE))
            .getMessage();
    assertEquals(
        root.resolve("predictions")
            + ": 2 problems\n"
            + "  flicker: frame a_12 is 2x3, the one before it in its sequence 4x6 (height x width);"
            + " frames of one sequence must have one size\n"
            + "  flicker: frame a_13 is 4x6, the one before it in its sequence 2x3 (height x width);"
            + " frames of one sequence must have one size",
        message);
  }
}
