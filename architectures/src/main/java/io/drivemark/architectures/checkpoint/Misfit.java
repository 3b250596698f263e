package io.drivemark.architectures.checkpoint;

import io.drivemark.architectures.checkpoint.PublishedWeights.Setting;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Why a file's weights do not fit a network, and what would mend it. Immutable. */
final class Misfit {
  private static final int MOST_PROPOSALS = 3;
  private static final int MOST_CONSIDERED = 2000;

  private final String source;
  private final Network network;
  private final Setting setting;
  private final Match match;
  private final int needed;

  Misfit(String source, Network network, Setting setting, Match match, int needed) {
    this.source = source;
    this.network = network;
    this.setting = setting;
    this.match = match;
    this.needed = needed;
  }

  BadInputException problem() {
    List<String> lines = new ArrayList<>();
    String where = match.set().path().isEmpty() ? "" : " (under " + match.set().shown() + ")";
    String prefix = match.prefix().isEmpty() ? "" : ", without the prefix '" + match.prefix() + "'";
    lines.add(
        source
            + where
            + ": does not fit network "
            + network.name()
            + ": of its "
            + needed
            + " weights "
            + match.score()
            + " are there"
            + prefix);
    add(lines, "missing", match.missing(), ", ");
    add(
        lines,
        "of another shape",
        match.misshapen().stream().map(Match.Misshapen::text).toList(),
        "; ");
    add(lines, "without a place in the network", match.leftover(), ", ");
    add(lines, "meant twice", match.twice(), ", ");
    lines.add(remedy());
    return new BadInputException(String.join("\n  ", lines));
  }

  private static void add(List<String> lines, String what, List<String> items, String separator) {
    if (!items.isEmpty()) {
      List<String> shown = items.stream().map(Shown::name).toList();
      lines.add(items.size() + " " + what + ": " + Shown.few(shown, separator));
    }
  }

  private String remedy() {
    if (!match.rivals().isEmpty()) {
      return "All weights are there with the prefix '"
          + match.prefix()
          + "' and with '"
          + String.join("', '", match.rivals())
          + "'; leave one aside, for example  drop: ['"
          + match.rivals().get(0)
          + "*']";
    }
    if (match.found().isEmpty()) {
      return "No name fits: another architecture than "
          + setting.architecture()
          + ", or other names; these are changed with  rename: {OLD: NEW}";
    }
    int classes = classesOfTheFile();
    if (classes > 0) {
      return "The file seems to have "
          + classes
          + " outputs, expected were "
          + setting.classes()
          + ": add  options: {classes: "
          + classes
          + "}";
    }
    if (match.misshapen().isEmpty() && match.missing().isEmpty()) {
      return "All weights are there: if inference does not need the others, add  drop: ["
          + String.join(", ", dropped())
          + "]; else other options ("
          + options()
          + ")";
    }
    String renames = match.misshapen().isEmpty() ? renames() : "";
    return renames.isEmpty()
        ? "Other options than the network was built with? These were " + options()
        : "Other names for the same? Add  rename: {"
            + renames
            + "}; else other options ("
            + options()
            + ")";
  }

  /**
   * The number of outputs if that explains every shape, else 0: extents that are the number of
   * classes differ by one amount, and all others by multiples of it.
   */
  private int classesOfTheFile() {
    Set<Integer> more = new LinkedHashSet<>();
    Set<Integer> others = new LinkedHashSet<>();
    for (Match.Misshapen wrong : match.misshapen()) {
      if (wrong.expected().length != wrong.found().length) {
        return 0;
      }
      for (int i = 0; i < wrong.expected().length; i++) {
        int change = wrong.found()[i] - wrong.expected()[i];
        if (change != 0) {
          (wrong.expected()[i] == setting.classes() ? more : others).add(change);
        }
      }
    }
    if (more.size() != 1 || !match.missing().isEmpty()) {
      return 0;
    }
    int change = more.iterator().next();
    boolean explains = others.stream().allMatch(other -> other % change == 0 && other / change > 0);
    return explains ? Math.max(0, setting.classes() + change) : 0;
  }

  private List<String> dropped() {
    Set<String> groups = new LinkedHashSet<>();
    for (String name : match.leftover()) {
      String bare =
          name.startsWith(match.prefix()) ? name.substring(match.prefix().length()) : name;
      int dot = bare.indexOf('.');
      String begin = name.substring(0, name.length() - bare.length());
      groups.add("'" + Shown.name(begin + (dot < 0 ? bare : bare.substring(0, dot) + ".*")) + "'");
    }
    List<String> all = new ArrayList<>(groups);
    return all.size() > MOST_PROPOSALS ? List.of("'NAME.*'") : all;
  }

  /** Renamings that make a left-over name of a missing one: both have one shape and one ending. */
  private String renames() {
    Map<String, String> renames = new TreeMap<>();
    List<String> considered = match.leftover().stream().limit(MOST_CONSIDERED).toList();
    for (String missing : match.missing()) {
      Weight weight = network.weights().get(missing);
      for (String name : considered) {
        int same = sameParts(missing, name);
        if (same > 0 && match.set().tensors().get(name).shape().equals(weight.tensor().shape())) {
          renames.putIfAbsent(
              name.substring(0, name.length() - same),
              missing.substring(0, missing.length() - same));
          break;
        }
      }
      if (renames.size() > MOST_PROPOSALS) {
        return "OLD: NEW";
      }
    }
    List<String> entries = new ArrayList<>();
    renames.forEach((from, to) -> entries.add("'" + Shown.name(from) + "': '" + to + "'"));
    return String.join(", ", entries);
  }

  /** Letters of the dotted parts at the end that two names share. */
  private static int sameParts(String a, String b) {
    int same = 0;
    int whole = 0;
    while (same < Math.min(a.length(), b.length())
        && a.charAt(a.length() - 1 - same) == b.charAt(b.length() - 1 - same)) {
      same++;
      if (a.charAt(a.length() - same) == '.') {
        whole = same - 1;
      }
    }
    return whole;
  }

  private String options() {
    Map<String, String> all = new TreeMap<>(setting.options());
    all.put("classes", setting.classes() + "");
    List<String> entries = new ArrayList<>();
    all.forEach((name, value) -> entries.add(name + ": " + value));
    return String.join(", ", entries);
  }
}
