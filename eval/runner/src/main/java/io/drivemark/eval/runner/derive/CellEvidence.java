package io.drivemark.eval.runner.derive;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.Task;
import io.drivemark.eval.gauge.Gauge;
import io.drivemark.eval.gauge.Gauges;
import io.drivemark.eval.gauge.Pool;
import io.drivemark.eval.latency.LatencySamples;
import io.drivemark.eval.metrics.Clusters;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.DrawnScore;
import io.drivemark.eval.metrics.Protocol;
import io.drivemark.eval.metrics.Protocols;
import io.drivemark.eval.runner.evidence.Evidence;
import io.drivemark.eval.runner.evidence.GaugeEvidence;
import io.drivemark.eval.runner.evidence.SheetFile;
import io.drivemark.eval.runner.evidence.TimedRuns;
import io.drivemark.eval.runner.record.DepthAccuracy;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.GaugeReading;
import io.drivemark.eval.runner.record.ImageScore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a finished cell counted and timed, in the form that decisions about several cells take. The
 * cell is one that {@code RunStore.read} has checked. Immutable.
 */
public final class CellEvidence {
  private final Path folder;
  private final Entry entry;
  private final Map<String, ConfusionMatrix> counts; // empty of depth

  private CellEvidence(Path folder, Entry entry, Map<String, ConfusionMatrix> counts) {
    this.folder = folder;
    this.entry = entry;
    this.counts = counts;
  }

  /**
   * Reads what an entry follows from.
   *
   * @param out the folder that its cell's folder is relative to
   * @param entry one that was judged
   * @throws io.drivemark.problem.BadInputException if a file is damaged
   */
  public static CellEvidence of(Path out, Entry entry) {
    Path folder = out.resolve(entry.folder());
    if (entry.task() == Task.DEPTH) {
      return new CellEvidence(folder, entry, Map.of());
    }
    LabelSpace space = Accuracies.space(entry.accuracy().orElseThrow());
    return new CellEvidence(
        folder, entry, Evidence.readCounts(folder.resolve(Evidence.CONFUSION), space));
  }

  /**
   * Whether the files are there that an entry's accuracy, and its speed where it has one, follow
   * from.
   */
  public static boolean isThere(Path out, Entry entry) {
    Path folder = out.resolve(entry.folder());
    boolean counts =
        entry.task() == Task.DEPTH || Files.isRegularFile(folder.resolve(Evidence.CONFUSION));
    boolean runs = entry.speed().isEmpty() || Files.isRegularFile(folder.resolve(Evidence.LATENCY));
    return counts && runs;
  }

  /** The ids of the judged frames, in sample order. */
  public List<String> frames() {
    return entry.task() == Task.DEPTH
        ? depth().frames().stream().map(DepthAccuracy.Frame::id).toList()
        : List.copyOf(counts.keySet());
  }

  /**
   * How much truth of which class each frame has; of depth how many pixels were judged. Two cells
   * of which it differs were judged by different truths, for example under mappings that leave
   * other pixels out.
   */
  public List<List<Long>> truth() {
    if (entry.task() == Task.DEPTH) {
      return depth().frames().stream().map(f -> List.of(f.scores().pixels())).toList();
    }
    return counts.values().stream()
        .map(m -> Arrays.stream(m.allCounts()).map(r -> Arrays.stream(r).sum()).toList())
        .toList();
  }

  /** Which frames hang together. */
  public Clusters clusters() {
    return Reliability.clusters(attributes());
  }

  private List<Map<String, String>> attributes() {
    return entry.task() == Task.DEPTH
        ? depth().frames().stream().map(DepthAccuracy.Frame::attributes).toList()
        : entry.perImage().stream().map(ImageScore::attributes).toList();
  }

  /**
   * A figure in the form that joint draws take: {@code miou}, an error of distances, or a figure of
   * an installed gauge that follows from summed counts by the recorded derivation.
   *
   * @return empty where the cell has no such figure, it is undefined, or it does not follow from
   *     sums
   */
  public Optional<DrawnScore> score(String figure) {
    if (entry.task() == Task.DEPTH) {
      boolean has = depth().frames().get(0).scores().byName().containsKey(figure);
      return has
          ? Optional.of(
              DrawnScore.mean(
                  depth().frames().stream()
                      .mapToDouble(f -> f.scores().byName().get(figure))
                      .toArray(),
                  clusters()))
          : Optional.empty();
    }
    if (figure.equals("miou")) {
      Protocol protocol = Protocols.named(entry.protocol().name());
      return Optional.of(DrawnScore.miou(protocol, List.copyOf(counts.values()), clusters()));
    }
    return entry.readings().stream()
        .filter(r -> r.figures().stream().anyMatch(f -> f.id().equals(figure)))
        .flatMap(r -> score(figure, r).stream())
        .findFirst();
  }

  private Optional<DrawnScore> score(String figure, GaugeReading reading) {
    Optional<Gauge> gauge =
        Gauges.installed()
            .find(reading.gauge())
            .filter(g -> g.derivation() == reading.derivation());
    if (gauge.isEmpty()) {
      return Optional.empty();
    }
    LabelSpace space = Accuracies.space(entry.accuracy().orElseThrow());
    Pool pool =
        new Pool(
            space,
            Protocols.named(entry.protocol().name()),
            reading.settings(),
            List.copyOf(counts.values()),
            GaugeEvidence.read(folder, gauge.get(), space, frames()));
    return FigureScores.of(gauge.get(), figure, pool, clusters());
  }

  /**
   * Every timed run of an entry in milliseconds, by round; empty if speed was not measured.
   *
   * @param out the folder that its cell's folder is relative to
   * @throws io.drivemark.problem.BadInputException if the file is damaged
   */
  public static Optional<double[][]> roundsMs(Path out, Entry entry) {
    Path file = out.resolve(entry.folder()).resolve(Evidence.LATENCY);
    return entry.speed().isPresent() && Files.isRegularFile(file)
        ? Optional.of(rounds(TimedRuns.read(file).endToEnd()))
        : Optional.empty();
  }

  /** Runs in milliseconds, by the round they were taken in. */
  public static double[][] rounds(LatencySamples samples) {
    Map<Integer, List<Double>> byRound = new LinkedHashMap<>();
    List<Double> ms = Speeds.millis(samples);
    for (int i = 0; i < samples.size(); i++) {
      byRound.computeIfAbsent(samples.block(i), b -> new ArrayList<>()).add(ms.get(i));
    }
    return byRound.values().stream()
        .map(r -> r.stream().mapToDouble(Double::doubleValue).toArray())
        .toArray(double[][]::new);
  }

  /** Most bytes of intermediate values that are needed at one time; empty where not known. */
  public OptionalLong peakActivationBytes() {
    return SheetFile.read(folder).stream()
        .flatMap(sheet -> sheet.sizes().stream())
        .filter(
            at ->
                at.size().height() == entry.input().height()
                    && at.size().width() == entry.input().width())
        .flatMap(at -> at.figures().stream())
        .filter(f -> f.exact())
        .mapToLong(f -> f.peakActivationBytes())
        .findFirst();
  }

  private DepthAccuracy depth() {
    return entry.depth().orElseThrow();
  }
}
