package io.drivemark.eval.gauge.road;

import java.util.List;

/** The gauges in metres of road, which reports show together. Stateless. */
public final class RoadGauges {
  /** Their names, in the order in which reports show them. */
  public static final List<String> NAMES =
      List.of(DistanceGauge.NAME, FreespaceGauge.NAME, ObstacleGauge.NAME, StixelGauge.NAME);

  private RoadGauges() {}
}
