package io.drivemark.datasets.synth;

import io.drivemark.datasets.random.Rng;

/**
 * What kind of place a drive goes through: how often each kind of lot comes, and how busy it is.
 */
enum Style {
  CITY(0.86, 0.05, 0.01, 0.03, 0.0, 1.5, 0.75, 8, 0.9),
  SUBURB(0.55, 0.2, 0.02, 0.15, 4.5, 5.5, 0.06, 3, 0.5),
  GREEN(0.2, 0.52, 0.05, 0.18, 5, 7, 0.05, 1.6, 0.45),
  OPEN(0.38, 0.24, 0.3, 0.02, 2, 9, 0.3, 3, 0.5);

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
    return k < 0.58 ? CITY : k < 0.8 ? SUBURB : k < 0.9 ? GREEN : OPEN;
  }
}
