package io.drivemark.eval.runner.accuracy;

import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.model.Model;
import io.drivemark.datasets.Dataset;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.Protocol;
import io.drivemark.eval.runner.derive.Accuracies;
import io.drivemark.eval.runner.derive.DepthAccuracies;
import io.drivemark.eval.runner.derive.DiagnosisView;
import io.drivemark.eval.runner.derive.Reliability;
import io.drivemark.eval.runner.inference.OpenedReading;
import io.drivemark.eval.runner.plan.Cell;
import io.drivemark.eval.runner.plan.cue.CellCues;
import io.drivemark.eval.runner.record.Cost.Gated;
import io.drivemark.eval.runner.record.DepthAccuracy;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.eval.runner.record.GaugeReading;
import io.drivemark.eval.runner.record.ImageScore;
import io.drivemark.eval.runner.record.Picture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Writes entries from what was found of a cell, but for their prints. Immutable. */
public final class EntryForm {
  private final Method method;

  public EntryForm(Method method) {
    this.method = method;
  }

  /** The entry of a cell whose frames were judged. */
  Entry judged(
      Cell cell,
      String folder,
      AccuracyPass.Result result,
      List<Picture> pictures,
      List<GaugeReading> readings,
      List<Picture> worstFrames,
      Optional<Gated> gated) {
    Protocol protocol = cell.protocol();
    List<ConfusionMatrix> counts = List.copyOf(result.counts().values());
    List<ImageScore> perImage =
        Accuracies.perImage(protocol, result.counts(), attributes(cell.dataset()));
    List<Map<String, String>> attributes = perImage.stream().map(ImageScore::attributes).toList();
    return new Entry(
        folder,
        cell.modelFacts().withReading(result.reading().lines()),
        result.issues().isEmpty(),
        result.issues(),
        cell.engineFacts(),
        cell.datasetFacts(result.counts().size()),
        cell.input(),
        cell.protocolFacts(),
        Optional.of(Accuracies.of(protocol, cell.dataset().labels(), result.counts())),
        cost(cell).map(cost -> cost.withGated(gated)),
        Optional.empty(),
        perImage,
        pictures,
        result.time(),
        method.of(cell),
        Reliability.confidence(protocol, counts, attributes),
        Reliability.sliceScores(protocol, counts, attributes),
        List.of(),
        DiagnosisView.of(readings, worstFrames),
        notes(cell, result),
        readings,
        Optional.empty(),
        Optional.empty());
  }

  /** The entry of a cell whose frames were judged by their distances. */
  Entry judged(
      Cell cell,
      String folder,
      DepthPass.Result result,
      List<Picture> pictures,
      List<Picture> worstFrames) {
    AccuracyPass.Result pass = result.result();
    DepthAccuracy depth =
        DepthAccuracies.of(cell.depth().orElseThrow(), result.frames(), attributes(cell.dataset()));
    return new Entry(
        folder,
        cell.modelFacts().withReading(pass.reading().lines()),
        pass.issues().isEmpty(),
        pass.issues(),
        cell.engineFacts(),
        cell.datasetFacts(result.frames().size()),
        cell.input(),
        cell.protocolFacts(),
        Optional.empty(),
        cost(cell),
        Optional.empty(),
        List.of(),
        pictures,
        pass.time(),
        method.of(cell),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        notes(cell, pass),
        List.of(DepthAccuracies.reading(depth)),
        Optional.of(depth.withWorstFrames(worstFrames)),
        Optional.empty());
  }

  /** How the file was read, what was found when it was opened, and what its outputs came to. */
  public static List<String> notes(Cell cell, AccuracyPass.Result result) {
    List<String> notes = new ArrayList<>(cell.model().notes());
    notes.addAll(result.reading().notes());
    OpenedReading.ofUse(result.use()).ifPresent(notes::add);
    notes.addAll(result.notes());
    return notes;
  }

  /** The entry of a cell that runs and has random weights, so no accuracy. */
  Entry untrained(Cell cell, String folder) {
    return withoutAccuracy(cell, folder, true, List.of());
  }

  /** The entry of a cell that could not be measured. */
  Entry unmeasured(Cell cell, List<String> issues) {
    return withoutAccuracy(cell, "", false, issues);
  }

  private Entry withoutAccuracy(Cell cell, String folder, boolean complete, List<String> issues) {
    Entry entry =
        new Entry(
            folder,
            cell.modelFacts(),
            complete,
            issues,
            cell.engineFacts(),
            cell.datasetFacts(0),
            cell.input(),
            cell.protocolFacts(),
            Optional.empty(),
            cost(cell),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            method.of(cell));
    return cell.depth().map(rule -> entry.withDepth(DepthAccuracy.unjudged(rule))).orElse(entry);
  }

  private static Map<String, Map<String, String>> attributes(Dataset dataset) {
    Map<String, Map<String, String>> out = new HashMap<>();
    for (int i = 0; i < dataset.ids().size(); i++) {
      out.put(dataset.ids().get(i), dataset.frame(i).attributes());
    }
    return out;
  }

  /** Of several networks the learned values of all; how often each runs is known afterwards. */
  private static Optional<io.drivemark.eval.runner.record.Cost> cost(Cell cell) {
    Optional<io.drivemark.eval.runner.record.Cost> own = cost(cell.model(), cell.padded());
    if (cell.cues().isEmpty()) {
      return own;
    }
    OptionalLong params = own.map(c -> c.params()).orElse(OptionalLong.empty());
    for (CellCues.Further further : cell.cues().get().further().values()) {
      OptionalLong more =
          cost(further.model(), cell.padded()).map(c -> c.params()).orElse(OptionalLong.empty());
      params =
          params.isPresent() && more.isPresent()
              ? OptionalLong.of(params.getAsLong() + more.getAsLong())
              : OptionalLong.empty();
    }
    return Optional.of(
        new io.drivemark.eval.runner.record.Cost(
            params, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty()));
  }

  private static Optional<io.drivemark.eval.runner.record.Cost> cost(
      Model model, FrameSize padded) {
    Cost cost;
    try {
      cost = model.cost(padded.height(), padded.width());
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // the network does not take this size, which the entry's issue says
    }
    boolean hidden = model.network().isTorchScript() || !cost.parametersExact();
    OptionalLong exactMacs = cost.exact() ? OptionalLong.of(cost.macs()) : OptionalLong.empty();
    return Optional.of(
        new io.drivemark.eval.runner.record.Cost(
            hidden ? OptionalLong.empty() : OptionalLong.of(cost.parameters()),
            exactMacs,
            OptionalLong.of(cost.macs()),
            cost.exact() ? OptionalLong.of(cost.activationBytes()) : OptionalLong.empty()));
  }
}
