package io.drivemark.architectures.checkpoint;

import io.drivemark.config.ConfigMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a model file says of the names in its file of weights:
 *
 * <pre>{@code
 * key: ema                          # where the weights are, if not where they are looked for first;
 *                                   # a dot between the keys of nested dictionaries: ema.state_dict
 * rename: {backbone.: encoder.}     # a name that begins with OLD begins with NEW instead
 *                                   # with a * for any text, the whole name: 'head.*.w': 'last.*.w'
 * drop: ['proj_head.*']             # names that are left aside: the whole name, * as above
 * }</pre>
 *
 * <p>Names are those in the file. {@code drop} comes first; then the first entry of {@code rename}
 * that fits a name changes it, once. An entry that fits no name is an error. Immutable.
 *
 * @param key path of the dictionary that holds the weights
 * @param renames in the order they are tried
 * @param drops patterns
 */
public record WeightNames(Optional<String> key, List<Rename> renames, List<Drop> drops) {
  /** No key, no renames and no drops. */
  public static final WeightNames NONE = new WeightNames(Optional.empty(), List.of(), List.of());

  /** The keys of a model file that are read here. */
  public static final List<String> KEYS = List.of("key", "rename", "drop");

  /**
   * One entry of {@code rename}.
   *
   * @param from as the model file has it
   * @param to as the model file has it
   */
  public record Rename(String from, String to) {
    /** The name with its beginning, or the parts between stars, replaced; nothing if none fits. */
    Optional<String> apply(String name) {
      if (!from.contains("*")) {
        return name.startsWith(from)
            ? Optional.of(to + name.substring(from.length()))
            : Optional.empty();
      }
      return Stars.match(from, name).map(parts -> Stars.fill(to, parts));
    }
  }

  /** One pattern of {@code drop}. */
  public record Drop(String pattern) {
    boolean fits(String name) {
      return Stars.match(pattern, name).isPresent();
    }
  }

  public WeightNames {
    renames = List.copyOf(renames);
    drops = List.copyOf(drops);
  }

  /** Reads the keys of a model file; what is wrong becomes a problem of it. */
  public static WeightNames read(ConfigMap root) {
    Optional<String> key = root.optionalString("key");
    List<Rename> renames = new ArrayList<>();
    ConfigMap map = root.map("rename");
    for (String from : map.keys()) {
      String to = map.string(from, "");
      if (stars(to) > stars(from)) {
        map.problem(from, "the new name '" + to + "' has more stars than the old one");
      } else if (from.isEmpty() && to.isEmpty()) {
        map.problem(from, "an empty name for an empty one changes nothing");
      } else {
        renames.add(new Rename(from, to));
      }
    }
    List<Drop> drops = root.strings("drop").stream().map(Drop::new).toList();
    return new WeightNames(key, renames, drops);
  }

  private static long stars(String text) {
    return text.chars().filter(c -> c == '*').count();
  }
}
