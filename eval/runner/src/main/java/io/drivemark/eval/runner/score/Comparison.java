package io.drivemark.eval.runner.score;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.datasets.Dataset;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.eval.metrics.ModelDifference;
import io.drivemark.eval.metrics.Protocol;
import io.drivemark.eval.runner.derive.Reliability;
import io.drivemark.eval.runner.record.json.ResultsJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Two folders of predictions scored on the same frames: by how much the first is better, and how
 * sure that is. Every draw of the bootstrap sees both, so what both find hard cancels out.
 * Immutable.
 *
 * @param name what the second is called
 * @param second its score under the first's protocol
 * @param difference first minus second; empty if the frames make fewer than two clusters
 */
public record Comparison(String name, Score second, Optional<ModelDifference> difference) {
  public Comparison {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(second, "second");
    Objects.requireNonNull(difference, "difference");
  }

  /**
   * Compares two scores.
   *
   * @param dataset on which both were scored
   * @param name what the second is called
   * @throws io.drivemark.problem.BadInputException if they were counted over different frames
   */
  public static Comparison of(Dataset dataset, Score first, String name, Score second) {
    Protocol protocol = first.scores().protocol();
    List<Map<String, String>> attributes =
        IntStream.range(0, dataset.ids().size())
            .mapToObj(i -> dataset.frame(i).attributes())
            .toList();
    return new Comparison(
        name,
        second,
        Reliability.fineDifference(protocol, first.frames(), second.frames(), attributes));
  }

  /** Writes the first's JSON file with an object {@code against}. */
  public void write(Score first, Path file) {
    ObjectNode out = first.json();
    ObjectNode against = out.putObject("against");
    against.put("predictions", name);
    MetricValue miou = second.scores().miou();
    ScoreJson.put(against, "miou", miou.value());
    ScoreJson.values(against.putObject("iou"), second.scores().iou());
    difference.ifPresent(d -> ScoreJson.difference(against.putObject("difference"), d));
    ResultsJson.writeNode(file, out);
  }
}
