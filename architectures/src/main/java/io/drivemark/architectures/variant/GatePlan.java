package io.drivemark.architectures.variant;

import io.drivemark.config.ConfigFile;
import io.drivemark.config.ConfigMap;
import io.drivemark.config.JsonText;
import io.drivemark.files.DurableFiles;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is decided about a dynamic model before it is made: the ratio its gates learn by, and what
 * an estimate says of it. Kept as JSON; writing and reading gives an equal plan. Immutable.
 *
 * @param ratio above 0 to 1
 * @param evidence what the estimate found, for provenance: key and text
 */
public record GatePlan(double ratio, Map<String, String> evidence) {
  private static final String SCHEMA = "drivemark-gate-plan/1";

  public GatePlan {
    new GateRequest.Ratio(ratio);
    evidence = Collections.unmodifiableMap(new TreeMap<>(evidence));
  }

  /**
   * Writes it.
   *
   * @throws io.drivemark.problem.UnavailableException if the file cannot be written
   */
  public void write(Path file) {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("schema", SCHEMA);
    keys.put("ratio", ratio);
    keys.put("evidence", evidence);
    DurableFiles.write(file, JsonText.indented(keys) + "\n");
  }

  /**
   * Reads a plan.
   *
   * @throws BadInputException if there is no such file or it is no plan; the message names every
   *     problem
   */
  public static GatePlan read(Path file) {
    ConfigFile config = ConfigFile.read(file);
    ConfigMap root = config.root();
    String schema = root.string("schema");
    if (!schema.equals(SCHEMA)) {
      root.problem("schema", "found " + schema + ", expected " + SCHEMA);
    }
    double ratio = root.number("ratio", Double.NaN);
    if (!(ratio > 0 && ratio <= 1)) {
      root.problem("ratio", "found " + ratio + ", expected above 0 to 1");
    }
    Map<String, String> evidence = root.map("evidence").allStrings();
    config.finish();
    return new GatePlan(ratio, evidence);
  }
}
