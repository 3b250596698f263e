package io.drivemark.architectures.pruning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drivemark.config.ConfigFile;
import io.drivemark.config.ConfigMap;
import io.drivemark.config.ConfigText;
import io.drivemark.config.JsonText;
import io.drivemark.files.DurableFiles;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.UnavailableException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps pruning plans as files: JSON, or YAML where the name ends in {@code .yaml} or {@code .yml}.
 * Writing and reading gives an equal plan. Stateless.
 *
 * <pre>{@code
 * {"schema": "drivemark-plan/1", "technique": "filter", "network": "enet", "digest": "5d1c…",
 *  "criterion": "l1", "seed": 1, "goal": "macs=0.6 at 360x480, scope layer",
 *  "filters": {"stage1.1.middle": [3, 7, 12]}, "layers": []}
 * }</pre>
 */
public final class PlanFile {
  private static final String SCHEMA = "drivemark-plan/1";

  private PlanFile() {}

  /**
   * Writes a plan.
   *
   * @throws UnavailableException if the file cannot be written
   */
  public static void write(PruningPlan plan, Path file) {
    String name = file.getFileName().toString();
    boolean yaml = name.endsWith(".yaml") || name.endsWith(".yml");
    DurableFiles.write(file, yaml ? ConfigText.compact(keys(plan)) : json(plan, true) + "\n");
  }

  /** A plan as one line of JSON, for the metadata of what it made. */
  public static String text(PruningPlan plan) {
    return json(plan, false);
  }

  private static String json(PruningPlan plan, boolean indented) {
    if (indented) {
      return JsonText.indented(keys(plan));
    }
    try {
      return new ObjectMapper().writeValueAsString(keys(plan));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a plan is made of texts and numbers", e);
    }
  }

  private static Map<String, Object> keys(PruningPlan plan) {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("schema", SCHEMA);
    keys.put("technique", plan.technique().key());
    keys.put("network", plan.network());
    keys.put("digest", plan.digest());
    keys.put("criterion", plan.criterion());
    keys.put("seed", plan.seed());
    keys.put("goal", plan.goal());
    keys.put("filters", plan.filters());
    keys.put("layers", plan.layers());
    if (!plan.evidence().isEmpty()) {
      keys.put("evidence", plan.evidence());
    }
    return keys;
  }

  /**
   * Reads a plan.
   *
   * @throws BadInputException if there is no such file or it is no plan; the message names every
   *     problem
   */
  public static PruningPlan read(Path file) {
    return of(ConfigFile.read(file));
  }

  /**
   * Reads a plan from a text.
   *
   * @param source what to call it in messages
   * @throws BadInputException as above
   */
  public static PruningPlan parse(String source, String text) {
    return of(ConfigFile.parse(source, text));
  }

  /** JSON is YAML. */
  private static PruningPlan of(ConfigFile config) {
    ConfigMap root = config.root();
    String schema = root.string("schema");
    if (!schema.equals(SCHEMA)) {
      root.problem("schema", "found " + schema + ", expected " + SCHEMA);
    }
    final String technique =
        root.choice("technique", Technique.FILTER.key(), Technique.plannedKeys());
    if (!root.has("technique")) {
      root.problem(
          "technique", "is missing: expected one of " + String.join(", ", Technique.plannedKeys()));
    }
    final String network = root.string("network");
    final String digest = root.string("digest");
    final String criterion = root.string("criterion");
    final String goal = root.string("goal", "");
    final long seed = root.longInteger("seed", 0);
    Map<String, List<Integer>> filters = new LinkedHashMap<>();
    ConfigMap byLayer = root.map("filters");
    for (String layer : byLayer.keys()) {
      filters.put(layer, byLayer.integers(layer));
    }
    List<String> layers = root.strings("layers");
    Map<String, String> evidence = new LinkedHashMap<>();
    ConfigMap found = root.map("evidence");
    for (String key : found.keys()) {
      evidence.put(key, found.string(key));
    }
    Technique kind = Technique.named(technique).orElseThrow();
    for (String key : PruningPlan.others(kind, filters, layers)) {
      root.problem(key, "a plan of technique " + technique + " removes no " + key);
    }
    config.finish();
    return new PruningPlan(kind, network, digest, criterion, seed, goal, filters, layers, evidence);
  }
}
