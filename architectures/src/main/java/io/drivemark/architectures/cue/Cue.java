package io.drivemark.architectures.cue;

import io.drivemark.files.Digests;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * One thing that is put around a network, with its settings: {@code keyframes} with {@code every:
 * 2}. Immutable, with {@code equals}.
 */
public interface Cue {
  /** The name of its {@link CueType}. */
  String type();

  /** Raised with each change of the labels that it gives; part of what results depend on. */
  int derivation();

  /** Its settings as a study writes them, every default spelled out. */
  Map<String, Object> keys();

  /**
   * How names of variants call it, no two settings alike: {@code keyframes2}; lower case letters,
   * digits, dots and dashes, and the names of networks.
   */
  String shortName();

  /** Names or paths of further networks that it runs. */
  default List<String> models() {
    return List.of();
  }

  /**
   * The same naming further networks otherwise, as {@link #models} then says; itself where it runs
   * none.
   *
   * @param names from a name or path as it is to what it becomes
   */
  default Cue withModels(UnaryOperator<String> names) {
    return this;
  }

  /**
   * Whether what it answers for a frame may depend on frames before, so that it needs them in their
   * order; one that says no answers each frame by itself.
   */
  default boolean remembers() {
    return true;
  }

  /**
   * After how many frames its work repeats: k where the network runs on every k-th. Whoever times
   * it takes a multiple of as many frames.
   */
  default int period() {
    return 1;
  }

  /** All of it as text, for digests; digests are stored, so it never changes for one derivation. */
  default String setting() {
    Map<String, Object> sorted = new TreeMap<>(keys());
    Object[] fields =
        sorted.entrySet().stream()
            .flatMap(e -> List.of(e.getKey(), e.getValue()).stream())
            .toArray();
    return Digests.text(type(), fields) + " derivation " + derivation();
  }

  /**
   * Learns what it needs from data, before anything is opened.
   *
   * @throws io.drivemark.problem.BadInputException if that cannot be
   */
  ReadyCue ready(CueData data);
}
