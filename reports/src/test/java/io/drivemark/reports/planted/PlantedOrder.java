package io.drivemark.reports.planted;

import io.drivemark.eval.runner.record.Speed;
import java.util.Comparator;
import java.util.List;

/** Decides by the lambda of a comparator, which is a method of its own. */
public final class PlantedOrder {
  List<Speed> fastestFirst(List<Speed> all) {
    return all.stream()
        .sorted(Comparator.comparingDouble(speed -> speed.endToEnd().mean()))
        .toList();
  }
}
