package io.drivemark.architectures.checkpoint;

import io.drivemark.architectures.checkpoint.PickleValues.Foreign;
import io.drivemark.architectures.checkpoint.PickleValues.TensorRef;
import io.drivemark.architectures.checkpoint.PickleValues.Tuple;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the dictionaries of tensors in what a file holds, however they are nested; a module saved
 * whole counts as the dictionary of its parameters and buffers. Not thread-safe.
 */
final class WeightSets {
  /** What training keeps beside weights, by the beginning of its key. */
  private static final Pattern TRAINING =
      Pattern.compile(
          "(?i)(optim|.*optimizer|opt$|.*sched|amp|.*scaler|callback|loops|rng|hyper_)");

  private static final int DEEPEST = 8;
  private static final int DEEPEST_MODULE = 64;
  private static final int MOST_VISITS = 100_000;
  private static final int MOST_ITEMS = 16;
  private static final int LONGEST_KEY = 256;
  private static final int LONGEST_NAME = 4096;

  private final WeightFile file;
  private final TensorChecks checks;
  private final List<WeightSet> found = new ArrayList<>();
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private int visits;

  private WeightSets(WeightFile file) {
    this.file = file;
    this.checks = new TensorChecks(file.source());
  }

  /**
   * All sets of a file, outer ones first.
   *
   * @throws BadInputException if there is none; the message says what there is
   */
  static List<WeightSet> of(WeightFile file) {
    WeightSets sets = new WeightSets(file);
    sets.visit("", file.root(), 0, "");
    if (sets.found.isEmpty()) {
      throw new BadInputException(
          file.source()
              + ": holds "
              + kind(file.root())
              + ", expected tensors by name (a state dict), or a dictionary that has them under a"
              + " key; save the network's state_dict()");
    }
    return sets.found;
  }

  /**
   * The set at a path.
   *
   * @throws BadInputException if there is none; the message lists those there are
   */
  static WeightSet at(WeightFile file, String path) {
    WeightSets sets = new WeightSets(file);
    sets.visit("", file.root(), 0, path);
    for (WeightSet set : sets.found) {
      if (set.path().equals(path)) {
        return set;
      }
    }
    List<String> paths =
        of(file).stream().filter(s -> !s.path().isEmpty()).map(WeightSet::path).toList();
    throw new BadInputException(
        file.source()
            + ": key: found '"
            + path
            + "', under which the file has no tensors by name; it has them under "
            + (paths.isEmpty() ? "no key at all: leave 'key' out" : Shown.names(paths)));
  }

  private void visit(String path, Object value, int depth, String wanted) {
    if (depth > DEEPEST || value instanceof Map && !seen.add(value)) {
      return;
    }
    if (++visits > MOST_VISITS) {
      throw new BadInputException(
          file.source()
              + ": holds more than "
              + MOST_VISITS
              + " dictionaries; say where the weights are, for example  key: state_dict");
    }
    if (value instanceof Map<?, ?> map) {
      add(path, map);
      map.forEach(
          (key, item) -> {
            if (key instanceof String name && leadsOn(path, name, wanted)) {
              visit(child(path, name), item, depth + 1, wanted);
            }
          });
    } else if (value instanceof Foreign foreign && isModule(foreign.state())) {
      Map<Object, Object> flat = new LinkedHashMap<>();
      flatten("", foreign.state(), 0, flat);
      add(path, flat);
    } else if (value instanceof Tuple || value instanceof List) {
      List<?> items = value instanceof Tuple tuple ? tuple.items() : (List<?>) value;
      for (int i = 0; i < Math.min(MOST_ITEMS, items.size()); i++) {
        if (leadsOn(path, i + "", wanted)) {
          visit(child(path, i + ""), items.get(i), depth + 1, wanted);
        }
      }
    }
  }

  /** Towards what is wanted, or where nothing is, away from what training keeps. */
  private static boolean leadsOn(String path, String key, String wanted) {
    if (key.length() > LONGEST_KEY) {
      return false;
    }
    String next = child(path, key);
    return wanted.isEmpty()
        ? !TRAINING.matcher(key).lookingAt()
        : wanted.equals(next) || wanted.startsWith(next + ".");
  }

  private static String child(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private void add(String path, Map<?, ?> map) {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    List<String> others = new ArrayList<>();
    map.forEach(
        (key, value) -> {
          Optional<StoredTensor> tensor =
              key instanceof String name ? checks.stored(name, value) : Optional.empty();
          if (tensor.isPresent()) {
            tensors.put((String) key, tensor.get());
          } else {
            others.add(key instanceof String || key instanceof Long ? key.toString() : "?");
          }
        });
    if (!tensors.isEmpty()) {
      found.add(new WeightSet(path, tensors, others));
    }
  }

  private static boolean isModule(Object state) {
    return state instanceof Map<?, ?> map
        && map.get("_modules") instanceof Map
        && map.get("_parameters") instanceof Map;
  }

  /** Names as {@code state_dict()} gives them: of modules, joined by dots. */
  private void flatten(String prefix, Object state, int depth, Map<Object, Object> into) {
    if (depth > DEEPEST_MODULE || !isModule(state) || prefix.length() > LONGEST_NAME) {
      return;
    }
    Map<?, ?> module = (Map<?, ?>) state;
    visits += 1 + ((Map<?, ?>) module.get("_parameters")).size();
    if (visits > MOST_VISITS) {
      return;
    }
    for (String part : List.of("_parameters", "_buffers")) {
      if (module.get(part) instanceof Map<?, ?> tensors && tensors.size() < MOST_VISITS) {
        tensors.forEach(
            (name, value) -> {
              if (name instanceof String && value instanceof TensorRef) {
                into.put(PickleReader.key(prefix + name), value);
              }
            });
      }
    }
    ((Map<?, ?>) module.get("_modules"))
        .forEach(
            (name, inner) -> {
              if (name instanceof String && inner instanceof Foreign foreign) {
                flatten(prefix + name + ".", foreign.state(), depth + 1, into);
              }
            });
  }

  private static String kind(Object value) {
    if (value instanceof Map<?, ?> map) {
      List<String> keys =
          map.keySet().stream()
              .filter(k -> k instanceof String || k instanceof Long)
              .map(Object::toString)
              .toList();
      return keys.isEmpty() ? "an empty dictionary" : "a dictionary of " + Shown.names(keys);
    }
    if (value instanceof List || value instanceof Tuple) {
      return "a list";
    }
    if (value instanceof Foreign foreign) {
      return "an object of class " + Shown.name(foreign.type());
    }
    return value instanceof TensorRef ? "one tensor" : "one value";
  }
}
