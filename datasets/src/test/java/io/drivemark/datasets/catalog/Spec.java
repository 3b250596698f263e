package io.drivemark.datasets.catalog;

import io.drivemark.testkit.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Tables taken from the official tools, where they are present. */
final class Spec {
  private Spec() {}

  /** The rows of the first table of a section whose first heading is the given one. */
  static List<List<String>> table(String section, String heading) throws IOException {
    List<List<String>> out = new ArrayList<>();
    boolean inside = false;
    for (String line : lines(section)) {
      List<String> cells = new ArrayList<>();
      if (line.startsWith("|")) {
        for (String cell : line.substring(1, line.lastIndexOf('|')).split("\\|")) {
          cells.add(cell.strip());
        }
      }
      if (inside && cells.isEmpty()) {
        return out;
      }
      if (inside && !cells.get(0).startsWith("---")) {
        out.add(cells);
      }
      inside |= !cells.isEmpty() && cells.get(0).equals(heading);
    }
    return out;
  }

  /** The lines of a section up to the next heading of the same or a higher level. */
  static List<String> lines(String section) throws IOException {
    List<String> out = new ArrayList<>();
    String level = section.substring(0, section.indexOf(' ') + 1);
    for (String line : Files.readAllLines(SharedData.require("specs/datasets.md"))) {
      if (!out.isEmpty() && (line.startsWith(level) || line.startsWith("## "))) {
        break;
      }
      if (!out.isEmpty() || line.startsWith(section)) {
        out.add(line);
      }
    }
    return out;
  }
}
