package io.drivemark.reports.planted;

import io.drivemark.reports.published.PublishedTables;

/** Planted: counts published rows among its own. */
public final class PlantedRank {
  public int rank(int own) {
    return own + PublishedTables.all().size();
  }
}
