package io.drivemark.reports.planted;

import io.drivemark.reports.board.Contender;
import io.drivemark.reports.board.Numbers;

/** Reads and writes down. */
public final class PlantedWords {
  String words(Contender contender) {
    return contender.label() + " " + Numbers.percent(contender.accuracy().orElseThrow());
  }
}
