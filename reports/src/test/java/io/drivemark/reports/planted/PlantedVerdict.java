package io.drivemark.reports.planted;

import io.drivemark.reports.board.Contender;

/** Decides what it should ask. */
public final class PlantedVerdict {
  String better(Contender a, Contender b) {
    return a.accuracy().getAsDouble() > b.accuracy().getAsDouble() ? a.label() : b.label();
  }
}
