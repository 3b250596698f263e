package io.drivemark.reports.page;

import io.drivemark.reports.page.PageView.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A bar of parts that make up a whole; what is too narrow to be seen is left out. Stateless. */
final class Segments {
  /** A segment that is narrower cannot be seen. */
  private static final double VISIBLE = 0.002;

  /** A segment that is narrower has no room for its share. */
  private static final double ROOM = 0.09;

  private Segments() {}

  /** A part of the whole, and its colour. */
  record Part(String name, double share, String color) {}

  /** These parts. */
  static List<Segment> of(List<Part> parts) {
    return parts.stream().filter(p -> p.share() >= VISIBLE).map(Segments::segment).toList();
  }

  /** These parts, and what they leave of the whole. */
  static List<Segment> withRest(List<Part> parts, String name, String color) {
    double rest = 1;
    for (Part part : parts) {
      rest -= part.share();
    }
    List<Part> all = new ArrayList<>(parts);
    all.add(new Part(name, rest, color));
    return of(all);
  }

  private static Segment segment(Part part) {
    return new Segment(
        part.name() + ": " + percent(part.share()),
        part.share() >= ROOM ? percent(part.share()) : "",
        String.format(Locale.ROOT, "%.2f%%", 100 * part.share()),
        part.color());
  }

  /** A share as people read it, one decimal where it is small. */
  static String percent(double share) {
    return String.format(Locale.ROOT, share < 0.0995 ? "%.1f %%" : "%.0f %%", 100 * share);
  }
}
