package io.drivemark.reports.published;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where a published row was read. */
public enum Provenance {
  /** The page that a repository shows first. */
  README("in the repository's README"),
  /** A figure or the picture of a table. */
  FIGURE("off a figure"),
  /** The supplement of the paper. */
  SUPPLEMENT("in the paper's supplement"),
  /** The abstract of the paper. */
  ABSTRACT("in the paper's abstract"),
  /** The abstract as catalogues of papers give it. */
  CATALOGUE("in the abstract as catalogues give it");

  private final String words;

  Provenance(String words) {
    this.words = words;
  }

  /** Its name in files: {@code readme}. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Where that is, as a sentence on the reading goes on: {@code in the repository's README}. */
  public String words() {
    return words;
  }

  static List<String> tags() {
    return Arrays.stream(values()).map(Provenance::tag).toList();
  }

  static Optional<Provenance> of(String tag) {
    return Arrays.stream(values()).filter(p -> p.tag().equals(tag)).findFirst();
  }
}
