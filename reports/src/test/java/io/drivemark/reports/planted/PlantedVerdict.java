package io.drivemark.reports.planted;

import io.drivemark.reports.board.Contender;

/** Decides what it should ask. */
public final class PlantedVerdict {
  String better(Contender a, Contender b) {
    return a.miou().getAsDouble() > b.miou().getAsDouble() ? a.label() : b.label();
  }
}
