package io.drivemark.eval.gauge.road;

import io.drivemark.eval.gauge.Columns;
import io.drivemark.eval.gauge.Counter;
import io.drivemark.eval.gauge.Counts;
import io.drivemark.eval.gauge.JudgedFrame;
import io.drivemark.eval.metrics.driving.Components;
import io.drivemark.eval.metrics.driving.FoundByDistance;
import io.drivemark.eval.metrics.driving.RegionDistances;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Counts people and other objects of frames, by distance. Distances are read of frames alone in
 * which there is anybody.
 *
 * @param columns those of people, then those of objects
 * @param groups by label, 256 of them, who belongs to people, and what to objects
 */
record DistanceCounter(Columns columns, List<boolean[]> groups) implements Counter {
  private static final int LEAST_PIXELS = 25;

  @Override
  public void count(JudgedFrame frame, Sink sink) {
    int width = frame.truth().width();
    byte[] truth = frame.truth().pixels();
    Components people = Components.of(width, truth, groups.get(0));
    Components objects =
        frame
            .objects()
            .map(n -> Components.ofObjects(width, n.ids(), truth, groups.get(1)))
            .orElseGet(() -> Components.of(width, truth, groups.get(1)));
    boolean any = isAny(people) || isAny(objects);
    Optional<String> problem =
        any
            ? frame.depth().flatMap(d -> RoadNeeds.otherSize(DistanceGauge.NAME, frame, d))
            : Optional.empty();
    if (problem.isPresent()) {
      sink.problem(frame.index(), problem.get());
      return;
    }
    long[] ofPeople = found(frame, people, groups.get(0));
    long[] ofObjects = found(frame, objects, groups.get(1));
    long[] all = Arrays.copyOf(ofPeople, ofPeople.length + ofObjects.length);
    System.arraycopy(ofObjects, 0, all, ofPeople.length, ofObjects.length);
    sink.add(frame.index(), Counts.of(columns, all));
  }

  private static boolean isAny(Components pieces) {
    for (int piece = 0; piece < pieces.count(); piece++) {
      if (pieces.pixels(piece) >= LEAST_PIXELS) {
        return true;
      }
    }
    return false;
  }

  private static long[] found(JudgedFrame frame, Components pieces, boolean[] group) {
    FoundByDistance.Tally tally = new FoundByDistance.Tally();
    if (!isAny(pieces)) {
      return tally.numbers();
    }
    OptionalDouble[] metres = RegionDistances.of(pieces, frame.depth(), frame.road());
    byte[] prediction = frame.prediction().pixels();
    long[] found = new long[pieces.count()];
    for (int p = 0; p < prediction.length; p++) {
      if (pieces.at(p) != Components.NONE && group[prediction[p] & 0xFF]) {
        found[pieces.at(p)]++;
      }
    }
    for (int piece = 0; piece < pieces.count(); piece++) {
      if (pieces.pixels(piece) >= LEAST_PIXELS) {
        tally.add(metres[piece], 2 * found[piece] >= pieces.pixels(piece));
      }
    }
    return tally.numbers();
  }
}
