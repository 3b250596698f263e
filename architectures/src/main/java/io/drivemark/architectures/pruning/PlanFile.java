package io.drivemark.architectures.pruning;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.drivemark.config.ConfigFile;
import io.drivemark.config.ConfigMap;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

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
    String name = file.getFileName().toString();
    try {
      String text =
          name.endsWith(".yaml") || name.endsWith(".yml")
              ? new Yaml().dump(keys)
              : new ObjectMapper()
                      .writer()
                      .with(SerializationFeature.INDENT_OUTPUT)
                      .writeValueAsString(keys)
                  + "\n";
      Files.writeString(file, text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UnavailableException(file + ": cannot be written: " + e, e);
    }
  }

  /**
   * Reads a plan.
   *
   * @throws BadInputException if there is no such file or it is no plan; the message names every
   *     problem
   */
  public static PruningPlan read(Path file) {
    ConfigFile config = ConfigFile.read(file); // JSON is YAML
    ConfigMap root = config.root();
    String schema = root.string("schema");
    if (!schema.equals(SCHEMA)) {
      root.problem("schema", "found " + schema + ", expected " + SCHEMA);
    }
    List<String> techniques = Arrays.stream(Technique.values()).map(Technique::key).toList();
    String technique = root.choice("technique", techniques.get(0), techniques);
    final String network = root.string("network");
    final String digest = root.string("digest");
    final String criterion = root.string("criterion");
    final String goal = root.string("goal", "");
    long seed = 0;
    String text = root.string("seed", "0");
    try {
      seed = Long.parseLong(text);
    } catch (NumberFormatException e) {
      root.problem("seed", "found " + text + ", expected a whole number");
    }
    Map<String, List<Integer>> filters = new LinkedHashMap<>();
    ConfigMap byLayer = root.map("filters");
    for (String layer : byLayer.keys()) {
      filters.put(layer, channels(byLayer, layer));
    }
    List<String> layers = root.strings("layers");
    Technique kind = Technique.values()[techniques.indexOf(technique)];
    if (kind == Technique.FILTER ? !layers.isEmpty() : !filters.isEmpty()) {
      String key = kind == Technique.FILTER ? "layers" : "filters";
      root.problem(key, "a plan of technique " + technique + " removes no " + key);
    }
    config.finish();
    return new PruningPlan(kind, network, digest, criterion, seed, goal, filters, layers);
  }

  private static List<Integer> channels(ConfigMap byLayer, String layer) {
    List<Integer> channels = new ArrayList<>();
    for (String text : byLayer.strings(layer)) {
      try {
        channels.add(Integer.valueOf(text));
      } catch (NumberFormatException e) {
        byLayer.problem(layer, "found " + text + ", expected the number of a filter");
      }
    }
    return channels;
  }
}
