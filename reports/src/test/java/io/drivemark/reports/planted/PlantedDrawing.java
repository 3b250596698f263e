package io.drivemark.reports.planted;

/** Compares, and knows no network. */
public final class PlantedDrawing {
  double clamped(double share) {
    return Math.max(0, share > 1 ? 1 : share);
  }
}
