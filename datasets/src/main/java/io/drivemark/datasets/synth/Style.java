package io.drivemark.datasets.synth;

/**
 * What kind of place a drive goes through: how often each kind of lot comes, and how busy it is.
 */
enum Style {
  CITY(0.84, 0.05, 0.02, 0.03, 0.0, 1.5, 0.75, 3.2, 1.0),
  SUBURB(0.55, 0.2, 0.02, 0.15, 4.5, 5.5, 0.06, 1.6, 0.6),
  GREEN(0.2, 0.52, 0.05, 0.18, 5, 7, 0.05, 0.7, 0.5),
  OPEN(0.38, 0.24, 0.3, 0.02, 2, 9, 0.3, 1.2, 0.6);

  final double building;
  final double park;
  final double open;
  final double wall;
  final double setbackLow;
  final double setbackHigh;
  final double shops;

  /** People on a hundred metres of pavement. */
  final double people;

  /** Vehicles, relative to a busy street. */
  final double traffic;

  Style(
      double building,
      double park,
      double open,
      double wall,
      double setbackLow,
      double setbackHigh,
      double shops,
      double people,
      double traffic) {
    this.building = building;
    this.park = park;
    this.open = open;
    this.wall = wall;
    this.setbackLow = setbackLow;
    this.setbackHigh = setbackHigh;
    this.shops = shops;
    this.people = people;
    this.traffic = traffic;
  }

  static Style of(Rng rng) {
    double k = rng.unit();
    return k < 0.52 ? CITY : k < 0.76 ? SUBURB : k < 0.87 ? GREEN : OPEN;
  }
}
