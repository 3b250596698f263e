package io.drivemark.eval.gauge.road;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.Camera;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.Depth;
import io.drivemark.datasets.Frame;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelFacts;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.PixelArrays;
import io.drivemark.datasets.Task;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.view.DatasetView;
import io.drivemark.datasets.view.FrameView;
import io.drivemark.eval.gauge.Counts;
import io.drivemark.eval.gauge.Gauge;
import io.drivemark.eval.gauge.GaugePass;
import io.drivemark.eval.gauge.JudgedFrame;
import io.drivemark.eval.gauge.Subject;
import io.drivemark.eval.gauge.standard.VulnerableGauge;
import io.drivemark.eval.metrics.driving.FoundByDistance;
import io.drivemark.problem.BadInputException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Gauges in metres on drawn drives, and on datasets that lack what they need. */
class RoadGaugesTest {
  private static final Dataset DRIVES =
      Datasets.open(
          DatasetRequest.of("synthdrive", "val")
              .withOption("count", "6")
              .withOption("seed", "9")
              .withOption("sequence", "3")
              .withOption("size", "96x128"));

  /** The drives without some of what is known of them. */
  private static final class Without extends DatasetView {
    private final Set<String> what;

    Without(String... what) {
      super(DRIVES, "without", Map.of("what", String.join(" ", what)));
      this.what = Set.of(what);
    }

    @Override
    public Set<Task> tasks() {
      return what.contains("depth") ? Set.of(Task.SEGMENTATION) : origin().tasks();
    }

    @Override
    public LabelFacts facts() {
      return what.contains("drivable") ? LabelFacts.NONE : origin().facts();
    }

    @Override
    public LabelSpace labels() {
      return what.contains("people")
          ? new LabelSpace(
              "plain",
              origin().labels().classes().stream()
                  .map(c -> new LabelClass(c.name(), c.color(), c.category(), false, false))
                  .toList())
          : origin().labels();
    }

    @Override
    public Frame frame(int index) {
      return new FrameView(origin().frame(index)) {
        @Override
        public boolean hasCamera() {
          return !(what.contains("camera") && index == 2) && super.hasCamera();
        }

        @Override
        public Optional<Camera> camera(int height, int width) {
          return hasCamera() ? super.camera(height, width) : Optional.empty();
        }

        @Override
        public Optional<Double> metresPerSecond() {
          return what.contains("speed") ? Optional.empty() : super.metresPerSecond();
        }
      };
    }
  }

  private static GaugePass counted(Dataset dataset, List<Gauge> gauges, int oneIn) {
    GaugePass pass = new GaugePass(gauges, Subject.labels(dataset));
    for (int i = 0; i < dataset.ids().size(); i++) {
      LabelMap truth = dataset.frame(i).truth();
      byte[] predicted = truth.pixels().clone();
      Random random = new Random(i);
      for (int p = 0; p < predicted.length; p++) {
        if (random.nextInt(oneIn) == 0) {
          predicted[p] = (byte) random.nextInt(dataset.labels().size());
        }
      }
      pass.count(
          new JudgedFrame(
              dataset,
              i,
              truth,
              LabelMap.of(truth.space(), truth.height(), truth.width(), predicted),
              new PixelArrays()));
    }
    return pass;
  }

  private static Counts sum(GaugePass pass, Gauge gauge) {
    return Counts.sum(
        gauge.columns(DRIVES.labels()),
        IntStream.range(0, 6).mapToObj(i -> pass.counts(gauge.name(), i).orElseThrow()).toList());
  }

  @Test
  void bandsOfDistanceAddUpToAllPeople() {
    Gauge distance = new DistanceGauge();
    Gauge people = new VulnerableGauge();
    GaugePass pass = counted(DRIVES, List.of(distance, people), 2);
    FoundByDistance found = DistanceGauge.people(sum(pass, distance));
    assertEquals(VulnerableGauge.counts(sum(pass, people)), found.all());
    assertEquals(0, found.unknown().regions(), "each pixel of a person has a distance");
    assertTrue(found.all().regions() > 3, found.all() + " people are enough to see it");
    assertTrue(DistanceGauge.objects(sum(pass, distance)).all().regions() > 3, "and cars");
  }

  /** With and without true distances people are about as far: their feet stand on the road. */
  @Test
  void feetOnTheRoadAreAsFarAsTheDistancesSay() {
    Gauge distance = new DistanceGauge();
    Dataset flat =
        new DatasetView(DRIVES, "flat", Map.of()) {
          @Override
          public Frame frame(int index) {
            return new FrameView(origin().frame(index)) {
              @Override
              public Optional<Depth> depth() {
                return Optional.empty();
              }
            };
          }
        };
    FoundByDistance known =
        DistanceGauge.people(sum(counted(DRIVES, List.of(distance), 9), distance));
    FoundByDistance feet = DistanceGauge.people(sum(counted(flat, List.of(distance), 9), distance));
    assertEquals(known.all(), feet.all());
    assertTrue(
        Math.abs(known.within(0, 12).regions() - feet.within(0, 12).regions()) <= 2,
        known.within(0, 12) + " and " + feet.within(0, 12));
  }

  @Test
  void theWayIsWhatTheCarDroveToTheNextFrame() {
    Gauge obstacles = new ObstacleGauge();
    Counts counts = sum(counted(DRIVES, List.of(obstacles), 9), obstacles);
    double metres = 0;
    for (int i = 0; i < 6; i++) {
      metres += DRIVES.frame(i).metresPerSecond().orElseThrow() * 0.5; // two frames a second
    }
    assertEquals(1000 * metres, counts.number("driven mm"), 6);
    assertEquals(6, counts.number("frames of known speed"));
    Dataset still = new Without("speed");
    Counts unknown = sum(counted(still, List.of(obstacles), 9), obstacles);
    assertEquals(0, unknown.number("frames of known speed"));
  }

  @Test
  void camerasArePartOfWhatACellIsKnownBy() {
    for (Gauge gauge : List.of(new DistanceGauge(), new FreespaceGauge(), new ObstacleGauge())) {
      assertTrue(gauge.furtherData(DRIVES).isPresent());
      assertNotEquals(gauge.furtherData(DRIVES), gauge.furtherData(new Without("camera")));
    }
    assertEquals(Optional.empty(), new VulnerableGauge().furtherData(DRIVES));
  }

  private static String refusal(Gauge gauge, String... without) {
    return assertThrows(
            BadInputException.class, () -> gauge.counter(Subject.labels(new Without(without))))
        .getMessage()
        .replaceAll("\\+without\\(what=[^)]*\\)", "");
  }

  @Test
  void aDatasetThatLacksSomethingIsToldWhichLineToDeclare() {
    String frame = DRIVES.ids().get(2);
    assertEquals(
        "gauge freespace on synthdrive/val: the camera of frame "
            + frame
            + " is not known, so no row of pixels has a distance; declare camera: {height: 1.3, fx:"
            + " 1000, u0: 640, v0: 360, pitch: 0} (metres, pixels, radians), or layout.camera where"
            + " files of frames state it",
        refusal(new FreespaceGauge(), "camera"));
    assertEquals(
        "gauge distance on synthdrive/val: frame "
            + frame
            + " has neither distances nor a known camera; declare layout.depth with depth:"
            + " {metresPerUnit: 0.01}, or camera: {height: 1.3, fx: 1000, u0: 640, v0: 360, pitch:"
            + " 0} (metres, pixels, radians), or layout.camera where files of frames state it",
        refusal(new DistanceGauge(), "camera", "depth"));
    assertTrue(
        new DistanceGauge().counter(Subject.labels(new Without("camera"))).isPresent(),
        "distances are enough");
    assertEquals(
        "gauge obstacles on synthdrive/val: it does not say which classes can be driven on; declare"
            + " drivable: [Sky] with the names of its classes that can",
        refusal(new ObstacleGauge(), "drivable"));
    assertEquals(
        "gauge obstacles on synthdrive/val: none of its classes has single objects; declare"
            + " instances: true or vulnerable: true at the classes of cars, people and the like",
        refusal(new ObstacleGauge(), "people"));
    assertEquals(
        "gauge distance on synthdrive/val: none of its classes are people; declare vulnerable: true"
            + " at the classes of pedestrians and riders",
        refusal(new DistanceGauge(), "people"));
    Subject noLabels = new Subject(DRIVES, Set.of(Subject.Given.DEPTH));
    assertEquals(Optional.empty(), new FreespaceGauge().counter(noLabels));
    assertEquals(Optional.empty(), new DistanceGauge().counter(noLabels));
  }

  /** The drives with another camera and other distances. */
  private static Dataset with(Camera camera, Depth depth) {
    return new DatasetView(DRIVES, "with", Map.of()) {
      @Override
      public Frame frame(int index) {
        return new FrameView(origin().frame(index)) {
          @Override
          public Optional<Camera> camera(int height, int width) {
            return Optional.of(camera);
          }

          @Override
          public Optional<Depth> depth() {
            return Optional.of(depth);
          }
        };
      }
    };
  }

  @Test
  void aCameraThatSeesNoRoadIsSaidAndNotCounted() {
    Camera up = new Camera(120, 90, 64, 1.3, -0.2, 0); // radians as degrees would be
    Dataset wrong = with(up, Depth.of(96, 128, new float[96 * 128]));
    Gauge freespace = new FreespaceGauge();
    Gauge obstacles = new ObstacleGauge();
    GaugePass pass = counted(wrong, List.of(freespace, obstacles), 9);
    assertEquals(List.of(), pass.whole(List.of(0)), "no figure of such frames");
    assertEquals(
        "freespace: frame "
            + DRIVES.ids().get(0)
            + ": its camera sees no road within 50 m: the horizon is at row 114.3 of 96; check v0"
            + " (pixels of the photograph, or state its size), pitch (radians, down is above 0) and"
            + " height (metres)",
        pass.problems().get(0));
    assertEquals(12, pass.problems().size());
  }

  @Test
  void distancesOfAnotherSizeAreSaidAndNotCounted() {
    Dataset small = with(new Camera(120, 48, 64, 1.3, 0, 0), Depth.of(48, 64, new float[48 * 64]));
    Gauge distance = new DistanceGauge();
    GaugePass pass = counted(small, List.of(distance), 9);
    assertEquals(
        "distance: frame "
            + DRIVES.ids().get(0)
            + ": distances are 48x64, but its labels are 96x128 (height x width); they must be equal",
        pass.problems().get(0));
  }
}
