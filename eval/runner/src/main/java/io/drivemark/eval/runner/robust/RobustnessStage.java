package io.drivemark.eval.runner.robust;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.FrameCache;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.Task;
import io.drivemark.datasets.corruption.CorruptionLevel;
import io.drivemark.datasets.corruption.Corruptions;
import io.drivemark.eval.gauge.standard.CalibrationGauge;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.runner.accuracy.AccuracyPass;
import io.drivemark.eval.runner.derive.Accuracies;
import io.drivemark.eval.runner.derive.Reliability;
import io.drivemark.eval.runner.derive.RobustCalibrations;
import io.drivemark.eval.runner.derive.Robustnesses;
import io.drivemark.eval.runner.evidence.Evidence;
import io.drivemark.eval.runner.evidence.StateEvidence;
import io.drivemark.eval.runner.inference.InferencePipeline;
import io.drivemark.eval.runner.plan.Cell;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.ImageScore;
import io.drivemark.eval.runner.record.robust.Robustness;
import io.drivemark.eval.runner.record.robust.Robustness.Condition;
import io.drivemark.eval.runner.record.robust.Robustness.Level;
import io.drivemark.eval.runner.record.robust.Robustness.Shot;
import io.drivemark.eval.runner.record.robust.Span;
import io.drivemark.eval.runner.store.Ledger;
import io.drivemark.eval.runner.study.robust.RobustnessSpec;
import io.drivemark.eval.runner.tasks.Allowance;
import io.drivemark.files.Digests;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import io.drivemark.problem.UnavailableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Judges finished cells of labels on corrupted frames and under other weather and light, one after
 * the other, and keeps each at once. What an earlier run found on the same frames in the same
 * states is taken as it is. The clean counts are those of the cell: nothing is inferred twice. For
 * one thread.
 */
public final class RobustnessStage {
  private static final String VERSION = "drivemark-robustness/1";

  /** Corrupted frames may take one of so many parts of the heap. */
  private static final int HEAP_PARTS = 8;

  private final RobustnessSpec spec;
  private final Ledger ledger;
  private final Progress progress;
  private final Allowance allowance;
  private final List<CorruptionLevel> levels;
  private Optional<Corrupted> latest = Optional.empty();

  /** Frames in all states, kept for the next network that is judged on them. */
  private record Corrupted(StateFrames frames, FrameCache cache) {}

  /**
   * @param allowance asked before each cell
   * @throws BadInputException if there is no such corruption
   */
  public RobustnessStage(
      RobustnessSpec spec, Ledger ledger, Progress progress, Allowance allowance) {
    this.spec = spec;
    this.ledger = ledger;
    this.progress = progress;
    this.allowance = allowance;
    Corruptions installed = Corruptions.installed();
    this.levels =
        spec.corruptions().stream()
            .flatMap(name -> spec.severities().stream().map(s -> installed.level(name, s)))
            .toList();
  }

  /**
   * Refuses conditions that a dataset lacks, and conditions that none of the datasets can be seen
   * under.
   */
  public static void requireConditions(RobustnessSpec spec, List<Dataset> datasets) {
    List<Dataset> able = datasets.stream().filter(d -> !d.conditions().isEmpty()).toList();
    if (able.isEmpty() && !spec.conditions().isEmpty()) {
      throw new BadInputException(
          "robustness: conditions are asked for, but "
              + datasets.stream().map(Dataset::name).distinct().collect(Collectors.joining(", "))
              + " has one photograph of each scene; take 'conditions' out of the study, or add"
              + " synthdrive to its datasets");
    }
    able.forEach(dataset -> FrameState.conditions(dataset, spec));
  }

  /** How its figures are made, for the report. */
  public static String method() {
    return "photographs are corrupted at their own size before anything else, with random numbers"
        + " that follow from corruption, severity and frame alone; truth and preprocessing stay;"
        + " mIoU is pooled over the frames; mPC is the mean over corruptions of the mean over"
        + " severities, rPC its share of the clean mIoU of the same frames; intervals widened for"
        + " few clusters, "
        + Reliability.PAIRED_DRAWS
        + " draws, clean and corrupted frames together; conditions are held against the plain"
        + " weather and light of the same scenes";
  }

  /**
   * Judges what is not there yet. Cells of depth, of random weights and with cues are passed over.
   */
  public void measure(List<Cell> cells) {
    List<Cell> open = cells.stream().filter(this::isOpen).toList();
    if (open.isEmpty()) {
      return;
    }
    progress.begin("corrupted frames", open.stream().mapToLong(this::steps).sum());
    long before = 0;
    for (Cell cell : open) {
      progress.step(before, cell.title());
      Optional<String> refusal = allowance.refusal(Allowance.Work.ACCURACY);
      try {
        if (refusal.isPresent()) {
          ledger.addIssue(cell, "corrupted frames not judged: " + refusal.get());
        } else {
          judge(cell, before);
        }
      } catch (BadInputException | UnavailableException e) {
        ledger.addIssue(cell, "corrupted frames not judged: " + e.getMessage());
      }
      before += steps(cell);
    }
    progress.end();
  }

  private boolean isOpen(Cell cell) {
    boolean judged =
        cell.trained()
            && cell.cues().isEmpty()
            && cell.task() == Task.SEGMENTATION
            && cell.corrupted()
            && ledger.stored(cell).isPresent()
            && ledger.entry(cell).accuracy().isPresent();
    if (!judged) {
      return false;
    }
    try {
      List<FrameState> states = states(cell.dataset());
      String key = key(cell, states, chosen(cell));
      Optional<Robustness> kept = ledger.stored(cell).orElseThrow().entry().robustness();
      if (kept.filter(r -> r.key().equals(key)).isPresent()) {
        ledger.reuseRobustness(cell);
        return false;
      }
      return !states.isEmpty();
    } catch (UnavailableException e) {
      ledger.addIssue(cell, "corrupted frames not judged: " + e.getMessage());
      return false;
    }
  }

  private long steps(Cell cell) {
    return (long) chosen(cell).size() * states(cell.dataset()).size();
  }

  private List<FrameState> states(Dataset dataset) {
    return Stream.concat(
            levels.stream().map(FrameState::of), FrameState.conditions(dataset, spec).stream())
        .toList();
  }

  /** Positions of the frames: evenly spread over the split, without those that are left out. */
  private List<Integer> chosen(Cell cell) {
    Set<String> judged =
        ledger.entry(cell).perImage().stream().map(ImageScore::id).collect(Collectors.toSet());
    int all = cell.frames().count();
    int most = Math.min(spec.frames(), all);
    return IntStream.range(0, most)
        .map(k -> (int) ((long) k * all / most))
        .filter(i -> judged.contains(cell.dataset().ids().get(i)))
        .boxed()
        .toList();
  }

  private String key(Cell cell, List<FrameState> states, List<Integer> chosen) {
    StringBuilder text = new StringBuilder(VERSION);
    text.append("\ncell=").append(ledger.stored(cell).orElseThrow().key()).append('\n');
    chosen.forEach(i -> text.append("frame=").append(cell.dataset().ids().get(i)).append('\n'));
    states.forEach(state -> text.append("state=").append(state.identity()).append('\n'));
    if (saysHowSure(cell)) {
      text.append("calibration=1\n"); // what was found before lacks it
    }
    return Digests.of(text.toString());
  }

  /** Whether it is counted how often labels are right, by how sure they are. */
  private boolean saysHowSure(Cell cell) {
    return ledger.stored(cell).orElseThrow().entry().readings().stream()
        .anyMatch(reading -> reading.gauge().equals(CalibrationGauge.NAME));
  }

  private void judge(Cell cell, long before) {
    List<FrameState> states = states(cell.dataset());
    List<Integer> chosen = chosen(cell);
    if (chosen.isEmpty()) {
      ledger.addIssue(cell, "corrupted frames not judged: none of the chosen frames can be read");
      return;
    }
    Corrupted corrupted = corrupted(cell, chosen, states);
    StateFrames frames = corrupted.frames();
    Tally tally = new Tally(states, saysHowSure(cell), new Shots(shown(states), chosen.get(0)));
    AccuracyPass.Result result;
    try (InferencePipeline pipeline = cell.open()) {
      result =
          AccuracyPass.forEach(
              pipeline,
              corrupted.cache(),
              (judged, confusion) -> tally.take(frames, judged, confusion),
              done -> progress.step(before + done, cell.title()));
    }
    if (!result.issues().isEmpty()) {
      throw new BadInputException(String.join("; ", result.issues()));
    }
    Entry entry = ledger.entry(cell);
    Map<String, Map<String, String>> attributes = new HashMap<>();
    entry.perImage().forEach(image -> attributes.put(image.id(), image.attributes()));
    String key = key(cell, states, chosen);
    LabelSpace space = Accuracies.space(entry.accuracy().orElseThrow());
    boolean howSure = saysHowSure(cell);
    ledger.addRobustness(
        cell,
        path -> {
          List<Shot> shots = tally.write(path, cell.dataset().labels());
          Map<String, ConfusionMatrix> clean =
              Evidence.readCounts(path.resolve(Evidence.CONFUSION), space);
          Robustness found =
              Robustnesses.of(
                  asked(key, states, shots),
                  cell.protocol(),
                  clean,
                  StateEvidence.read(path, space),
                  attributes);
          return howSure
              ? found.withCalibration(
                  Optional.of(
                      RobustCalibrations.of(
                          path,
                          space,
                          found,
                          tally.samples(),
                          List.copyOf(clean.keySet()),
                          attributes)))
              : found;
        });
  }

  /** What the latest cell was judged on, if this one has the same frames. */
  private Corrupted corrupted(Cell cell, List<Integer> chosen, List<FrameState> states) {
    if (latest.filter(c -> c.frames().areOf(cell.frames(), chosen)).isEmpty()) {
      latest = Optional.empty(); // what it keeps goes before more is kept
      StateFrames frames = new StateFrames(cell.frames(), chosen, states);
      latest =
          Optional.of(
              new Corrupted(frames, new FrameCache(frames, FrameCache.partOfHeap(HEAP_PARTS))));
    }
    return latest.get();
  }

  /** The worst level of each corruption, and all conditions. */
  private List<String> shown(List<FrameState> states) {
    int most = spec.severities().get(spec.severities().size() - 1);
    return states.stream()
        .filter(s -> s.level().map(level -> level.severity() == most).orElse(true))
        .map(FrameState::word)
        .toList();
  }

  private static Robustnesses.Asked asked(String key, List<FrameState> states, List<Shot> shots) {
    List<Level> levels = new ArrayList<>();
    List<Condition> conditions = new ArrayList<>();
    Optional<String> plain = Optional.empty();
    for (FrameState state : states) {
      if (state.level().isPresent()) {
        CorruptionLevel level = state.level().get();
        levels.add(
            new Level(
                level.corruption().name(), level.severity(), OptionalDouble.empty(), Span.NONE));
      } else if (state.name().isEmpty()) {
        plain = Optional.of(state.word());
      } else {
        conditions.add(
            new Condition(state.name(), state.word(), OptionalDouble.empty(), Span.NONE));
      }
    }
    return new Robustnesses.Asked(key, levels, plain, conditions, shots);
  }
}
