package io.drivemark.eval.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.metrics.ScoreIntervals.Estimate;
import io.drivemark.eval.statistics.ClusterBootstrap;
import io.drivemark.eval.statistics.Interval;
import io.drivemark.problem.BadInputException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Errors that are known by hand; confidences are kept to a billionth. */
class StateCalibrationsTest {
  private static final ClusterBootstrap DRAWS = new ClusterBootstrap(400, Interval.LEVEL, 1);

  /** Ten pixels of which the network says nine are right. */
  private static Calibration surely(int right) {
    Calibration out = new Calibration();
    out.add(0.9, right, 10 - right);
    return out;
  }

  @Test
  void errorsAreThoseOfPooledCountsAndDrawsTakeAllStatesTogether() {
    List<List<Calibration>> states =
        List.of(List.of(surely(9), surely(9)), List.of(surely(5), surely(7)));
    List<Estimate> estimates =
        StateCalibrations.estimates(
            states,
            Clusters.single(2),
            DRAWS,
            2,
            (errors, out) -> {
              out[0] = errors[0];
              out[1] = errors[1] - errors[0];
            });
    assertEquals(0, estimates.get(0).value().value().orElseThrow(), 1e-8);
    assertEquals(0.3, estimates.get(1).value().value().orElseThrow(), 1e-8);
    Interval interval = estimates.get(1).percentile().orElseThrow();
    assertEquals(0.2, interval.low(), 1e-8, "the second frame twice");
    assertEquals(0.4, interval.high(), 1e-8, "the first frame twice");
  }

  @Test
  void drawnErrorsAreThoseOfTheCounts() {
    Calibration first = surely(3);
    first.add(0.35, 4, 2);
    first.add(1, 1, 1);
    Calibration second = surely(8);
    second.add(0.05, 0, 7);
    Calibration both = Calibration.of(first.numbers());
    both.add(second);
    Estimate estimate =
        StateCalibrations.estimates(
                List.of(List.of(first, second)),
                Clusters.single(2),
                DRAWS,
                1,
                (errors, out) -> out[0] = errors[0])
            .get(0);
    assertEquals(
        both.expectedError().value().orElseThrow(), estimate.value().value().orElseThrow(), 1e-12);
  }

  /** Of eight exchanges two give a difference as large. */
  @Test
  void exchangesOfClusters() {
    List<List<Calibration>> sure = List.of(Collections.nCopies(3, surely(9)));
    List<List<Calibration>> unsure = List.of(Collections.nCopies(3, surely(5)));
    assertEquals(
        OptionalDouble.of(0.25),
        StateCalibrations.swapP(sure, unsure, Clusters.single(3), errors -> errors[0]));
    assertEquals(
        OptionalDouble.of(1),
        StateCalibrations.swapP(sure, sure, Clusters.single(3), errors -> errors[0]));
  }

  @Test
  void ofOneClusterNothingFollows() {
    List<List<Calibration>> one = List.of(List.of(surely(9)));
    assertEquals(
        List.of(),
        StateCalibrations.estimates(
            one, Clusters.single(1), DRAWS, 1, (errors, out) -> out[0] = errors[0]));
    assertEquals(
        OptionalDouble.empty(),
        StateCalibrations.swapP(one, one, Clusters.single(1), errors -> errors[0]));
  }

  @Test
  void otherFramesAreRefused() {
    Calibration larger = surely(9);
    larger.add(0.5, 1, 0);
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () ->
                StateCalibrations.swapP(
                    List.of(List.of(surely(9))),
                    List.of(List.of(larger)),
                    Clusters.single(1),
                    errors -> errors[0]));
    assertEquals(
        "calibration: the states are not of the same frames: their valid pixels differ",
        e.getMessage());
  }

  @Test
  void surerThanRightIsAboveZero() {
    assertEquals(0.4, surely(5).overconfidence().value().orElseThrow(), 1e-8);
    Calibration modest = new Calibration();
    modest.add(0.6, 9, 1);
    assertEquals(-0.3, modest.overconfidence().value().orElseThrow(), 1e-8);
    modest.add(surely(5));
    assertEquals(0.05, modest.overconfidence().value().orElseThrow(), 1e-8);
    assertTrue(new Calibration().overconfidence().value().isEmpty());
  }

  /** One sequence that is not cut is one cluster. */
  @Test
  void oneClusterIsOne() {
    assertEquals("1 cluster: one sequence", Clusters.of(List.of(Optional.of("a"))).description());
    assertEquals("1 cluster: one frame", Clusters.single(1).description());
    assertEquals(
        "2 clusters (few: intervals come out narrow): sequences",
        Clusters.of(List.of(Optional.of("a"), Optional.of("b"))).description());
  }
}
