package io.drivemark.eval.runner;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.eval.runner.record.json.ResultsJson;
import io.drivemark.files.Digests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What lies below {@code cells} of an output folder, to be compared. */
public final class CellTrees {
  private CellTrees() {}

  /**
   * The digest of each file by its path; of records without the machine and the time that they
   * took, and without the file that says who measured what.
   */
  public static Map<String, String> of(Path out) {
    Path cells = out.resolve("cells");
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> all = Files.walk(cells)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = cells.relativize(file).toString().replace('\\', '/');
        if (name.endsWith("/record.json")) {
          found.put(name, record(file));
        } else if (!name.endsWith("/workers.csv")) {
          found.put(name, Digests.of(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static String record(Path file) {
    ObjectNode json = (ObjectNode) ResultsJson.readNode(file);
    json.remove("environment");
    ((ObjectNode) json.required("entry")).remove("accuracyPass");
    return json.toPrettyString();
  }
}
