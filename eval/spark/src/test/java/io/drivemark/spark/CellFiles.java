package io.drivemark.spark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.eval.runner.Runner;
import io.drivemark.eval.runner.record.json.ResultsJson;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.files.Digests;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What lies below {@code cells} of an output folder, to be compared byte by byte. */
final class CellFiles {
  private CellFiles() {}

  /** What one machine writes. */
  static Map<String, String> alone(Path study, Path out) {
    Runner.run(Study.read(study), out, Progress.NONE);
    return of(out);
  }

  /**
   * The digest of each file by its path; of records without the machine and the time that they
   * took, and without the file that says who measured what.
   */
  static Map<String, String> of(Path out) {
    Path cells = out.resolve("cells");
    Map<String, String> found = new TreeMap<>();
    if (!Files.exists(cells)) {
      return found;
    }
    try (Stream<Path> all = Files.walk(cells)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = cells.relativize(file).toString().replace('\\', '/');
        if (name.endsWith("/record.json")) {
          ObjectNode json = (ObjectNode) ResultsJson.readNode(file);
          json.remove("environment");
          ((ObjectNode) json.required("entry")).remove("accuracyPass");
          found.put(name, json.toPrettyString());
        } else if (!name.endsWith("/workers.csv")) {
          found.put(name, Digests.of(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }
}
