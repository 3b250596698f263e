package io.drivemark.architectures.cue;

import io.drivemark.config.ConfigMap;
import io.drivemark.problem.Closer;
import io.drivemark.problem.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The cues around a network, from the network outwards: {@code [{smooth: {keep: 0.5}}, {keyframes:
 * {every: 2}}]} smooths the scores of key frames and keeps their labels. Immutable.
 *
 * @param all at least one
 */
public record Cues(List<Cue> all) {
  /** The technique of a network with cues, as its description says it. */
  public static final String TECHNIQUE = "cue";

  /** Holds the name of a cue that is written without settings. */
  private static final String NAME = "cue";

  public Cues {
    all = List.copyOf(all);
    if (all.isEmpty()) {
      throw new IllegalArgumentException("cues: at least one");
    }
  }

  /**
   * Reads a list of cues. What is wrong is recorded in the mapping.
   *
   * @param key where the list stands
   * @return those that could be read
   */
  public static List<Cue> read(ConfigMap map, String key) {
    List<Cue> out = new ArrayList<>();
    List<ConfigMap> items = map.maps(key, NAME);
    if (items.isEmpty()) {
      map.problem(key, "names no cue; there are " + String.join(", ", CueTypes.names()));
    }
    for (ConfigMap item : items) {
      List<String> keys = List.copyOf(item.keys());
      keys.forEach(item::has); // known, or named below
      if (keys.size() != 1) {
        item.problem(
            keys.isEmpty() ? NAME : keys.get(1),
            "found "
                + (keys.isEmpty() ? "nothing" : String.join(", ", keys))
                + ", expected one cue; begin each with a dash");
        continue;
      }
      String name = keys.get(0).equals(NAME) ? item.string(NAME) : keys.get(0);
      CueTypes.find(name)
          .ifPresentOrElse(
              type -> out.add(type.read(item.map(name))),
              () ->
                  item.problem(
                      keys.get(0),
                      "no cue is called '"
                          + name
                          + "'"
                          + Nearest.hint(name, CueTypes.names())
                          + "; there are "
                          + String.join(", ", CueTypes.names())));
    }
    return out;
  }

  /** The list as a study writes it, every default spelled out, settings sorted by name. */
  public List<Map<String, Object>> keys() {
    return all.stream()
        .map(cue -> Map.<String, Object>of(cue.type(), new TreeMap<>(cue.keys())))
        .toList();
  }

  /** The same naming further networks otherwise, see {@link Cue#withModels}. */
  public Cues withModels(UnaryOperator<String> names) {
    return new Cues(all.stream().map(cue -> cue.withModels(names)).toList());
  }

  /** Whether one of them needs frames of a sequence in their order. */
  public boolean remember() {
    return all.stream().anyMatch(Cue::remembers);
  }

  /** After how many frames the work of all of them repeats: the least common multiple. */
  public int period() {
    return all.stream().mapToInt(Cue::period).reduce(1, Cues::leastCommonMultiple);
  }

  private static int leastCommonMultiple(int a, int b) {
    int x = a;
    int y = b;
    while (y != 0) {
      int rest = x % y;
      x = y;
      y = rest;
    }
    return (int) Math.min(Integer.MAX_VALUE, (long) (a / x) * b);
  }

  /** How names of variants call them: {@code smooth0.5+keyframes2}. */
  public String shortName() {
    return all.stream().map(Cue::shortName).collect(Collectors.joining("+"));
  }

  /** Names or paths of further networks that they run, each once. */
  public List<String> models() {
    return all.stream().flatMap(cue -> cue.models().stream()).distinct().toList();
  }

  /**
   * Lets each learn what it needs.
   *
   * @throws io.drivemark.problem.BadInputException if one cannot
   */
  public Ready ready(CueData data) {
    return new Ready(all.stream().map(cue -> cue.ready(data)).toList());
  }

  /**
   * Cues that have learnt what they need. Immutable, safe to share.
   *
   * @param all from the network outwards
   */
  public record Ready(List<ReadyCue> all) {
    public Ready {
      all = List.copyOf(all);
    }

    /** Everything that labels depend on besides the network, a line a cue; for digests. */
    public String identity() {
      return all.stream().map(cue -> cue.identity() + "\n").collect(Collectors.joining());
    }

    /**
     * Puts them around a network.
     *
     * @param network owned by what is returned, and closed if it fails
     * @param others opens further networks
     * @throws io.drivemark.problem.BadInputException if one does not fit what is inside of it
     */
    public FramePath around(FramePath network, PathOpener others) {
      FramePath path = network;
      try {
        for (ReadyCue cue : all) {
          path = cue.around().of(path, others);
        }
        return path;
      } catch (RuntimeException e) {
        Closer.after(e, path);
        throw e;
      }
    }
  }
}
