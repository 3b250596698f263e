package io.drivemark.architectures.checkpoint;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** What a file says, as messages show it: short, on one line, without control characters. */
final class Shown {
  private static final int LONGEST = 120;
  private static final int EXAMPLES = 3;

  private Shown() {}

  /** A name. */
  static String name(String name) {
    String start = name.length() > LONGEST ? name.substring(0, LONGEST) + "…" : name;
    return start.replaceAll("\\p{Cntrl}", "?");
  }

  /** The first few of several things and how many more there are. */
  static String few(Collection<String> all, String separator) {
    List<String> first = all.stream().limit(EXAMPLES).toList();
    return String.join(separator, first)
        + (all.size() > first.size()
            ? separator + "and " + (all.size() - first.size()) + " more"
            : "");
  }

  /** The first few names. */
  static String names(Collection<String> all) {
    return few(all.stream().map(Shown::name).collect(Collectors.toList()), ", ");
  }
}
