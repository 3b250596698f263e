package io.drivemark.architectures.checkpoint;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.problem.BadInputException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds a network's weights among the tensors of a set, by their names: what the model file says
 * comes first, then wrappers of training code, a prefix that all names share, and what is known of
 * the architecture's published files. Immutable.
 */
final class Matcher {
  /** What training code wraps modules in. */
  private static final Pattern WRAPPER =
      Pattern.compile(
          "(?<=\\.)(module|_orig_mod|_fsdp_wrapped_module|_checkpoint_wrapped_module)\\.");

  private static final int MOST_PREFIX_PARTS = 6;

  private final Map<String, Weight> needed = new LinkedHashMap<>();
  private final WeightNames given;
  private final NameMap nameMap;
  private final String source;

  Matcher(String source, Network network, WeightNames given, NameMap nameMap) {
    this.source = source;
    this.given = given;
    this.nameMap = nameMap;
    for (Weight weight : network.weights().values()) {
      if (weight.role() != Weight.Role.CONSTANT) {
        needed.put(weight.name(), weight);
      }
    }
  }

  /** How many weights the network has. */
  int needed() {
    return needed.size();
  }

  /** How a set fits. */
  Match match(WeightSet set) {
    Map<String, String> dropped = new LinkedHashMap<>();
    Map<String, String> names = renamed(set, dropped);
    Map<String, String> plain = new LinkedHashMap<>();
    names.forEach((file, name) -> plain.put(file, WRAPPER.matcher(name).replaceAll("")));
    Map<String, Integer> prefixes = prefixes(plain);
    String prefix = best(prefixes);
    Match match = new Match(set, prefix);
    prefixes.forEach(
        (other, count) -> {
          if (count >= needed.size() && !other.equals(prefix)) {
            match.rivals().add(other);
          }
        });
    dropped.values().forEach(match::leaveAside);
    names.forEach(
        (file, name) -> {
          var wrapper = WRAPPER.matcher(name);
          if (wrapper.find() && !match.unwrapped().contains(wrapper.group())) {
            match.unwrapped().add(wrapper.group());
          }
        });
    plain.forEach((file, name) -> place(match, file, name));
    needed.keySet().stream()
        .filter(name -> !match.found().containsKey(name))
        .forEach(match.missing()::add);
    return match;
  }

  /** Names after what the model file asks for; those it drops are left out. */
  private Map<String, String> renamed(WeightSet set, Map<String, String> dropped) {
    Map<String, String> names = new LinkedHashMap<>();
    for (String file : set.tensors().keySet()) {
      Optional<WeightNames.Drop> drop =
          given.drops().stream().filter(d -> d.fits(file)).findFirst();
      if (drop.isPresent()) {
        dropped.put(file, drop.get().pattern());
      } else {
        names.put(
            file,
            given.renames().stream().flatMap(r -> r.apply(file).stream()).findFirst().orElse(file));
      }
    }
    return names;
  }

  /**
   * Refuses entries of the model file that fit no name.
   *
   * @throws BadInputException naming the first of them
   */
  void requireUse(WeightSet set) {
    for (WeightNames.Drop drop : given.drops()) {
      if (set.tensors().keySet().stream().noneMatch(drop::fits)) {
        throw unused("drop: '" + drop.pattern() + "'", set);
      }
    }
    for (WeightNames.Rename rename : given.renames()) {
      if (set.tensors().keySet().stream().noneMatch(n -> rename.apply(n).isPresent())) {
        throw unused("rename: '" + rename.from() + "'", set);
      }
    }
  }

  private BadInputException unused(String what, WeightSet set) {
    return new BadInputException(
        source
            + ": "
            + what
            + " fits no name in the file; it has "
            + Shown.names(set.tensors().keySet()));
  }

  /** How many weights there are under each prefix. */
  private Map<String, Integer> prefixes(Map<String, String> names) {
    Map<String, Integer> counts = new HashMap<>();
    for (String name : names.values()) {
      int at = 0;
      for (int part = 0; part < MOST_PREFIX_PARTS && at < name.length(); part++) {
        if (needed.containsKey(nameMap.rename(name.substring(at)))) {
          counts.merge(name.substring(0, at), 1, Integer::sum);
        }
        int dot = name.indexOf('.', at);
        at = dot < 0 ? name.length() : dot + 1;
      }
    }
    return counts;
  }

  private static String best(Map<String, Integer> prefixes) {
    String best = "";
    int most = prefixes.getOrDefault("", 0);
    for (Map.Entry<String, Integer> entry : prefixes.entrySet()) {
      int count = entry.getValue();
      boolean shorter = entry.getKey().length() < best.length();
      if (count > most || count == most && shorter) {
        best = entry.getKey();
        most = count;
      }
    }
    return best;
  }

  private void place(Match match, String file, String name) {
    boolean within = name.startsWith(match.prefix());
    String bare = within ? name.substring(match.prefix().length()) : name;
    String here = nameMap.rename(bare);
    Weight weight = within ? needed.get(here) : null;
    if (weight == null) {
      Optional<String> label = nameMap.aside(bare).or(() -> nameMap.aside(name));
      if (label.isPresent()) {
        match.leaveAside(label.get());
      } else {
        match.leftover().add(file);
      }
      return;
    }
    String first = match.found().putIfAbsent(here, file);
    if (first != null) {
      match.twice().add(file + " and " + first);
      return;
    }
    StoredTensor tensor = match.set().tensors().get(file);
    Shape expected = weight.tensor().shape();
    String called =
        here.equals(file) ? Shown.name(file) : Shown.name(file) + " (here " + here + ")";
    int[] extents = tensor.shape().extents();
    if (!tensor.type().isFloat()) {
      misshapen(
          match, here, file, extents, expected, called + ": found whole numbers, expected float32");
    } else if (!tensor.shape().equals(expected)) {
      if (equalUpToOnes(tensor.shape(), expected)) {
        match.reshaped().add(Shown.name(file) + " " + tensor.shape() + " as " + expected);
      } else {
        String text = called + ": found " + tensor.shape() + ", expected " + expected;
        misshapen(match, here, file, extents, expected, text);
      }
    }
  }

  private static void misshapen(
      Match match, String weight, String file, int[] found, Shape expected, String text) {
    match.misshapen().add(new Match.Misshapen(weight, file, found, expected.extents(), text));
  }

  /** Whether one has extents of one more than the other; of equal rank, a one has moved. */
  static boolean equalUpToOnes(Shape a, Shape b) {
    return a.rank() != b.rank() && Arrays.equals(withoutOnes(a), withoutOnes(b));
  }

  private static int[] withoutOnes(Shape shape) {
    return Arrays.stream(shape.extents()).filter(e -> e != 1).toArray();
  }

  /** Shapes by the names of this network, for the weights that were found, and the others. */
  static Map<String, Shape> shapes(Match match) {
    Map<String, Shape> shapes = new HashMap<>();
    match
        .found()
        .forEach((here, file) -> shapes.put(here, match.set().tensors().get(file).shape()));
    for (String file : match.leftover()) {
      String bare =
          file.startsWith(match.prefix()) ? file.substring(match.prefix().length()) : file;
      shapes.putIfAbsent(bare, match.set().tensors().get(file).shape());
    }
    return shapes;
  }

  /** All matches, the fitting ones first in the order of the file. */
  List<Match> matches(List<WeightSet> sets) {
    return sets.stream().map(this::match).toList();
  }
}
