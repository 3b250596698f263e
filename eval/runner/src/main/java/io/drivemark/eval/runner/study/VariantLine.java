package io.drivemark.eval.runner.study;

import io.drivemark.architectures.latency.EngineSetup;
import io.drivemark.architectures.pruning.FilterGoal;
import io.drivemark.architectures.pruning.Technique;
import io.drivemark.architectures.variant.GateRequest;
import io.drivemark.architectures.variant.PruneApproach;
import io.drivemark.architectures.variant.PruneRequest;
import io.drivemark.config.ConfigMap;
import io.drivemark.config.Numbers;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * One line of a {@code prune} section's variants; where keys hold lists, a variant for each
 * combination. Problems are kept by the file. Not thread-safe.
 */
final class VariantLine {
  static final String DENSE = "dense";
  static final String MEASURED = "auto";
  private static final List<String> TECHNIQUES =
      Stream.concat(Technique.keys().stream(), Stream.of(DENSE)).toList();
  private static final List<String> PLANNED_KEYS =
      List.of(
          "remove-layers",
          "criterion",
          "scope",
          "minimum-width",
          "multiple",
          "iterations",
          "round-epochs",
          "spare",
          "from-scratch");
  private static final List<String> PRUNING_KEYS =
      Stream.concat(Stream.of("keep"), PLANNED_KEYS.stream()).toList();

  private final ConfigMap line;
  private final UnaryOperator<String> resolve;
  private final EngineSetup latencyOn;
  private final int taken;
  private final List<Long> seeds;
  private final Optional<String> name;

  /**
   * A line.
   *
   * @param seed where the line says none
   * @param latencyOn the engine that shares of a latency are measured on
   * @param resolve a path of the file against its folder
   * @param taken variants that earlier lines ask for
   */
  VariantLine(
      ConfigMap line, long seed, EngineSetup latencyOn, UnaryOperator<String> resolve, int taken) {
    this.line = line;
    this.resolve = resolve;
    this.latencyOn = latencyOn;
    this.taken = taken;
    this.name = line.optionalString("name");
    this.seeds = seeds(seed);
  }

  private List<Long> seeds(long usual) {
    List<Long> out = new ArrayList<>();
    for (String text : LineValues.strings(line, "seed")) {
      Numbers.whole(text)
          .ifPresentOrElse(
              out::add,
              () ->
                  line.problem(
                      "seed", "found " + text + Numbers.hint(text) + ", expected a whole number"));
    }
    return out.isEmpty() ? List.of(usual) : out;
  }

  /** All variants the line asks for, in the order of its lists. */
  List<VariantSpec> variants() {
    List<VariantSpec> all = line.has("architecture") ? trained() : ofParents();
    if (name.isPresent() && all.size() > 1) {
      line.problem(
          "name",
          "stands for "
              + all.size()
              + " variants; give each a line of its own, or leave the name out");
    }
    return all;
  }

  private List<VariantSpec> trained() {
    String architecture = line.string("architecture");
    Map<String, String> options = line.map("options").allStrings();
    refuse("belongs to a pruned parent, not to an architecture", "parent", "technique");
    refuse("belongs to a pruned parent, not to an architecture", PRUNING_KEYS);
    refuse("belongs to a pruned parent, not to an architecture", presentOf(GatedLine.KEYS));
    refuse("belongs to a pruned parent, not to an architecture", presentOf(JointLine.KEYS));
    if (!LineValues.fit(line, taken, seeds)) {
      return List.of();
    }
    return seeds.stream()
        .<VariantSpec>map(s -> new VariantSpec.Trained(name, architecture, options, s))
        .toList();
  }

  private List<VariantSpec> ofParents() {
    List<String> parents = LineValues.strings(line, "parent").stream().map(resolve).toList();
    if (parents.isEmpty()) {
      line.string("parent");
    }
    List<String> techniques = techniques();
    if (!techniques.contains(Technique.JOINT.key())) {
      refuse("belongs to technique joint", presentOf(JointLine.KEYS));
    }
    if (techniques.contains(DENSE)) {
      if (techniques.size() > 1) {
        line.problem("technique", "dense removes nothing: give it a line of its own");
      }
      refuse("does not go with technique dense, which removes nothing", PRUNING_KEYS);
      refuse("belongs to technique dynamic", presentOf(GatedLine.KEYS));
      return LineValues.fit(line, taken, parents, seeds)
          ? product(parents, parent -> tuned(parent))
          : List.of();
    }
    if (techniques.contains(Technique.DYNAMIC.key())) {
      if (techniques.size() > 1) {
        line.problem("technique", "dynamic goes by keys of its own: give it a line of its own");
      }
      refuse("does not go with technique dynamic, which removes nothing for good", PLANNED_KEYS);
      List<GateRequest> requests = new GatedLine(line, latencyOn, taken).requests(parents, seeds);
      return product(parents, parent -> gated(parent, requests));
    }
    if (techniques.contains(Technique.JOINT.key())) {
      if (techniques.size() > 1) {
        line.problem("technique", "joint goes by keys of its own: give it a line of its own");
      }
      refuse("does not go with technique joint, which learns what stays", PLANNED_KEYS);
      refuse(
          "belongs to technique dynamic",
          presentOf(GatedLine.KEYS).stream().filter(k -> !JointLine.shares(k)).toList());
      return new JointLine(line, latencyOn, taken).variants(name, parents, seeds);
    }
    refuse("belongs to technique dynamic", presentOf(GatedLine.KEYS));
    return pruned(parents, techniques);
  }

  private List<VariantSpec> tuned(String parent) {
    return seeds.stream().<VariantSpec>map(s -> new VariantSpec.Tuned(name, parent, s)).toList();
  }

  private List<VariantSpec> gated(String parent, List<GateRequest> requests) {
    return requests.stream().<VariantSpec>map(r -> new VariantSpec.Gated(name, parent, r)).toList();
  }

  /** Keys of the line alone: what is not there is not to be named as known. */
  private List<String> presentOf(List<String> keys) {
    return keys.stream().filter(line.keys()::contains).toList();
  }

  private interface OfParent {
    List<VariantSpec> of(String parent);
  }

  private static List<VariantSpec> product(List<String> parents, OfParent each) {
    List<VariantSpec> all = new ArrayList<>();
    for (String parent : parents) {
      all.addAll(each.of(parent));
    }
    return all;
  }

  private List<String> techniques() {
    List<String> given = LineValues.strings(line, "technique");
    if (given.isEmpty()) {
      line.string("technique");
    }
    List<String> valid = new ArrayList<>();
    for (String technique : given) {
      if (TECHNIQUES.contains(technique)) {
        valid.add(technique);
      } else {
        line.problem(
            "technique",
            "found "
                + technique
                + Nearest.hint(technique, TECHNIQUES)
                + ", expected one of "
                + String.join(", ", TECHNIQUES));
      }
    }
    return valid;
  }

  private List<VariantSpec> pruned(List<String> parents, List<String> techniques) {
    List<PruneRequest.Amount> amounts = new KeptAmounts(line, latencyOn).read();
    List<String> given = LineValues.strings(line, "criterion");
    List<String> criteria = given.isEmpty() ? List.of("l1") : given;
    Optional<FilterGoal.Scope> scope = scope();
    int minimumWidth = atLeastOne("minimum-width");
    List<PruneApproach> approaches = approaches(techniques);
    int multiple = isMultipleMeasured() ? 1 : atLeastOne("multiple");
    Set<String> spared = new TreeSet<>(line.strings("spare"));
    boolean fromScratch = line.flag("from-scratch", false);
    if (!LineValues.fit(line, taken, parents, techniques, amounts, criteria, seeds, approaches)) {
      return List.of();
    }
    List<PruneRequest> requests = new ArrayList<>();
    LinkedHashSet<String> problems = new LinkedHashSet<>();
    for (String technique : techniques) {
      for (PruneRequest.Amount amount : amounts) {
        for (String criterion : criteria) {
          for (long seed : seeds) {
            try {
              requests.add(
                  new PruneRequest(
                      Technique.named(technique).orElseThrow(),
                      amount,
                      List.of(criterion.split("\\+")),
                      scope.orElse(PruneRequest.usualScope(amount)),
                      minimumWidth,
                      multiple,
                      spared,
                      seed));
            } catch (BadInputException e) {
              problems.add(e.getMessage());
            }
          }
        }
      }
    }
    problems.forEach(p -> line.problem("technique", p));
    List<VariantSpec> all = new ArrayList<>();
    for (String parent : parents) {
      for (PruneRequest request : requests) {
        for (PruneApproach approach : approaches) {
          all.add(new VariantSpec.Pruned(name, parent, request, approach, fromScratch));
        }
      }
    }
    return all;
  }

  private Optional<FilterGoal.Scope> scope() {
    List<String> words =
        Arrays.stream(FilterGoal.Scope.values()).map(FilterGoal.Scope::key).toList();
    return FilterGoal.Scope.named(line.choice("scope", "", words));
  }

  private boolean isMultipleMeasured() {
    return line.optionalString("multiple").filter(MEASURED::equals).isPresent();
  }

  /** In how many steps, and at widths that an engine likes or at any. */
  private List<PruneApproach> approaches(List<String> techniques) {
    int epochs = line.integer("round-epochs", 0);
    if (epochs < 0) {
      line.problem("round-epochs", "found " + epochs + ", expected at least 0");
    }
    boolean keepsWidths =
        techniques.stream()
            .flatMap(t -> Technique.named(t).stream())
            .anyMatch(t -> !t.changesWidths());
    if (isMultipleMeasured() && keepsWidths) {
      line.problem("multiple", "rounds the widths of filters; leave it out for layers");
    }
    List<PruneApproach> all = new ArrayList<>();
    List<String> given = LineValues.strings(line, "iterations");
    for (String text : given.isEmpty() ? List.of("1") : given) {
      int rounds = KeptAmounts.wholeNumber(text);
      if (rounds < 1) {
        line.problem("iterations", "found " + text + ", expected a whole number from 1 on");
      } else {
        all.add(
            new PruneApproach(
                rounds,
                rounds == 1 ? 0 : Math.max(0, epochs),
                isMultipleMeasured() ? Optional.of(latencyOn) : Optional.empty()));
      }
    }
    if (epochs > 0 && all.stream().allMatch(a -> a.rounds() == 1)) {
      line.problem(
          "round-epochs", "trains between rounds: say how many there are, iterations: 3 say");
    }
    return all;
  }

  private int atLeastOne(String key) {
    int value = line.integer(key, 1);
    if (value < 1) {
      line.problem(key, "found " + value + ", expected at least 1");
    }
    return Math.max(1, value);
  }

  private void refuse(String why, String... keys) {
    refuse(why, List.of(keys));
  }

  private void refuse(String why, List<String> keys) {
    for (String key : keys) {
      if (line.has(key)) {
        line.problem(key, why);
      }
    }
  }
}
