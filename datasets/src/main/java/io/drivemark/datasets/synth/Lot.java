package io.drivemark.datasets.synth;

/**
 * A stretch of one side of the street: what lies beside the carriageway between two distances.
 *
 * @param from metres along the road
 * @param to metres along the road, more than {@code from}
 * @param kind what stands there
 * @param pavement width of the pavement, metres
 * @param setback metres from the pavement to the building line
 * @param height height of what casts a shadow there, metres
 * @param beyond what the ground beyond the pavement is
 */
record Lot(
    double from,
    double to,
    Kind kind,
    double pavement,
    double setback,
    double height,
    Yard beyond) {
  enum Kind {
    BUILDING,
    PARK,
    OPEN,
    WALL,
    JUNCTION
  }

  enum Yard {
    PAVING,
    GRASS,
    ASPHALT
  }
}
