package io.drivemark.eval.runner.accuracy.driving;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.RgbImage;
import io.drivemark.eval.metrics.ConfusionAccumulator;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.runner.evidence.driving.ClipSheet;
import io.drivemark.eval.runner.evidence.driving.DangerCounts;
import io.drivemark.eval.runner.evidence.driving.DelayEvidence;
import io.drivemark.eval.runner.evidence.driving.Sightings;
import io.drivemark.eval.runner.plan.driving.ClipTruth;
import io.drivemark.eval.runner.plan.driving.Clips;
import io.drivemark.eval.runner.record.driving.Danger;
import io.drivemark.eval.streaming.DelayCounts;
import io.drivemark.eval.streaming.DelayCounts.Instant;
import io.drivemark.eval.streaming.FirstSight.Sighting;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Holds the truth of each frame against the predictions of those before it. Takes frames in the
 * order of the split, on one thread; keeps as many label maps as an answer may be late.
 */
public final class DelaySink {
  private final Dataset dataset;
  private final Clips clips;
  private final List<DelayCounts.Builder> network = new ArrayList<>();
  private final List<DelayCounts.Builder> perfect = new ArrayList<>();
  private final List<Map<String, Map<Integer, List<Sighting>>>> sightings = new ArrayList<>();
  private final List<Map<Integer, Map<Integer, Danger>>> dangers = new ArrayList<>();
  private final List<Map<Integer, Map<Integer, Danger>>> perfectDangers = new ArrayList<>();
  private final DangerRule rule;
  private final Map<Integer, Pair> recent = new HashMap<>();
  private int recentClip = -1;

  /** A picture's labels and what was predicted for it. */
  private record Pair(LabelMap truth, LabelMap prediction) {}

  private record Counted(
      Instant truth, int delay, ConfusionMatrix matrix, Optional<Danger> danger) {}

  public DelaySink(Dataset dataset, Clips clips) {
    this.dataset = dataset;
    this.clips = clips;
    this.rule = DangerRule.of(dataset);
    ClipSheet sheet = clips.sheet();
    sheet
        .clips()
        .forEach(
            clip -> {
              network.add(new DelayCounts.Builder(sheet.between(), sheet.delays()));
              perfect.add(new DelayCounts.Builder(1, sheet.delays()));
              sightings.add(new TreeMap<>(Collections.reverseOrder()));
              dangers.add(new TreeMap<>());
              perfectDangers.add(new TreeMap<>());
            });
  }

  /**
   * Takes a frame.
   *
   * @param index its position in the split
   * @param truth its labels
   * @param prediction what was predicted for it, on the same grid; kept
   * @param predict predicts a picture without labels on that grid
   */
  public void take(
      int index, LabelMap truth, LabelMap prediction, Function<RgbImage, LabelMap> predict) {
    Optional<Clips.Place> found = clips.place(dataset.ids().get(index));
    if (found.isEmpty()) {
      return;
    }
    Clips.Place place = found.get();
    if (place.clip() != recentClip) {
      recent.clear();
      recentClip = place.clip();
    }
    for (Pair other : recent.values()) {
      requireSize(index, truth, other.prediction());
    }
    recent.put(place.picture(), new Pair(truth, prediction));
    recent.remove(place.picture() - clips.sheet().delays() - 1);
    predictBefore(index, place, predict);
    ClipTruth.Extras extras = clips.truth().of(index, truth);
    count(place, truth, extras);
    for (ClipTruth.TruthObject object : extras.objects()) {
      sightings
          .get(place.clip())
          .computeIfAbsent(object.group(), g -> new TreeMap<>())
          .computeIfAbsent(object.number(), n -> new ArrayList<>())
          .add(
              new Sighting(
                  place.picture(),
                  object.pixels().length,
                  object.found(prediction),
                  object.centimetres()));
    }
  }

  private void requireSize(int index, LabelMap truth, LabelMap earlier) {
    if (truth.height() != earlier.height() || truth.width() != earlier.width()) {
      throw new BadInputException(
          "driving: frame "
              + dataset.ids().get(index)
              + " is "
              + truth.height()
              + "x"
              + truth.width()
              + ", those before it in its sequence "
              + earlier.height()
              + "x"
              + earlier.width()
              + " (height x width); pictures of one camera must have one size");
    }
  }

  private void predictBefore(int index, Clips.Place place, Function<RgbImage, LabelMap> predict) {
    List<Supplier<RgbImage>> before = dataset.frame(index).before();
    for (int d = 1; d <= Math.min(before.size(), clips.sheet().delays()); d++) {
      int picture = place.picture() - d;
      if (picture >= 0 && !recent.containsKey(picture)) {
        recent.put(picture, new Pair(null, predict.apply(before.get(d - 1).get())));
      }
    }
  }

  /** All pairs of a truth and an answer are counted on their own, on the threads that are free. */
  private void count(Clips.Place place, LabelMap truth, ClipTruth.Extras extras) {
    List<LabelMap> truths = new ArrayList<>(List.of(truth));
    truths.addAll(extras.later());
    int most = Math.min(clips.sheet().delays(), place.picture());
    List<Integer> delays =
        IntStream.rangeClosed(0, most)
            .filter(d -> recent.containsKey(place.picture() - d))
            .boxed()
            .toList();
    IntStream.range(0, truths.size() * delays.size())
        .parallel()
        .mapToObj(
            i -> {
              int part = i / delays.size();
              int delay = delays.get(i % delays.size());
              Pair pair = recent.get(place.picture() - delay);
              return counted(
                  new Instant(place.picture(), part), delay, truths.get(part), pair.prediction());
            })
        .toList()
        .forEach(c -> keep(c, network.get(place.clip()), dangers.get(place.clip())));
    for (int delay : delays) {
      LabelMap earlier = recent.get(place.picture() - delay).truth();
      if (earlier != null) {
        keep(
            counted(new Instant(place.picture(), 0), delay, truth, earlier),
            perfect.get(place.clip()),
            perfectDangers.get(place.clip()));
      }
    }
  }

  /** People and the way ahead are looked at where truth is that of a picture. */
  private Counted counted(Instant truth, int delay, LabelMap labels, LabelMap answer) {
    if (truth.part() == 0 && rule.isAsked()) {
      DangerRule.Counts both = rule.count(labels, answer);
      return new Counted(truth, delay, both.frame(), Optional.of(both.danger()));
    }
    ConfusionAccumulator accumulator = new ConfusionAccumulator(labels.space());
    accumulator.add(labels, answer);
    return new Counted(truth, delay, accumulator.matrix(), Optional.empty());
  }

  private static void keep(
      Counted counted, DelayCounts.Builder counts, Map<Integer, Map<Integer, Danger>> dangers) {
    counts.add(counted.truth(), counted.delay(), counted.matrix());
    counted
        .danger()
        .ifPresent(
            danger ->
                dangers
                    .computeIfAbsent(counted.truth().picture(), picture -> new TreeMap<>())
                    .put(counted.delay(), danger));
  }

  /** What was counted. */
  public DelayEvidence evidence() {
    return new DelayEvidence(
        clips.sheet(),
        network.stream().map(DelayCounts.Builder::build).toList(),
        perfect.stream().map(DelayCounts.Builder::build).toList(),
        sightings.stream().map(Sightings::new).toList(),
        rule.isAsked() ? dangers.stream().map(DangerCounts::new).toList() : List.of(),
        rule.isAsked() ? perfectDangers.stream().map(DangerCounts::new).toList() : List.of());
  }
}
