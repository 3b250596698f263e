package io.drivemark.eval.gauge.standard;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.UnscoredObject;
import io.drivemark.eval.gauge.Columns;
import io.drivemark.eval.gauge.Counter;
import io.drivemark.eval.gauge.Counts;
import io.drivemark.eval.gauge.Figure;
import io.drivemark.eval.gauge.Gauge;
import io.drivemark.eval.gauge.JudgedFrame;
import io.drivemark.eval.gauge.Pool;
import io.drivemark.eval.gauge.Reading;
import io.drivemark.eval.gauge.Subject;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.eval.metrics.instance.InstanceCounts;
import io.drivemark.eval.metrics.instance.InstanceCounts.Group;
import io.drivemark.eval.metrics.instance.InstanceIou;
import io.drivemark.eval.metrics.instance.InstanceRules;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Objects by class and size in pixels, and how many of their pixels are right: instance-level IoU;
 * where the dataset weighs its objects and has files of them.
 */
public final class ObjectGauge implements Gauge {
  /** Its name. */
  public static final String NAME = "objects";

  /** What a setting begins with that gives the mean size of a class's objects, in pixels. */
  public static final String MEAN_PIXELS = "meanPixels.";

  private static final Columns COLUMNS =
      new Columns(List.of("class", "pixels"), List.of("objects", "right", "rightCategory"));

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int derivation() {
    return 1;
  }

  @Override
  public OptionalInt neighbours() {
    return OptionalInt.of(0);
  }

  @Override
  public List<Figure> figures() {
    return List.of(
        Figure.share(
            "iiou",
            "iIoU",
            "Mean instance-level IoU: each object weighs the same, whatever its size."));
  }

  @Override
  public Columns columns(LabelSpace space) {
    return COLUMNS;
  }

  /** By which rules a dataset weighs its objects; empty if it does not. */
  public static Optional<InstanceRules> rules(Dataset dataset) {
    if (dataset.facts().meanInstancePixels().isEmpty()) {
      return Optional.empty();
    }
    InstanceRules rules = InstanceRules.of(dataset.labels(), dataset.facts().meanInstancePixels());
    Map<Integer, InstanceRules.Kind> unscored = new HashMap<>();
    for (UnscoredObject o : dataset.facts().unscoredObjects()) {
      unscored.put(
          o.value(),
          new InstanceRules.Kind(o.name(), o.category(), o.meanPixels(), OptionalInt.empty()));
    }
    return Optional.of(
        unscored.isEmpty()
            ? rules
            : rules.withUnscored(dataset.facts().unscoredObjects().get(0).divisor(), unscored));
  }

  @Override
  public Optional<Counter> counter(Subject subject) {
    if (!subject.has(Subject.Given.LABELS)) {
      return Optional.empty();
    }
    return rules(subject.dataset()).map(At::new);
  }

  private record At(InstanceRules rules) implements Counter {
    @Override
    public void count(JudgedFrame frame, Sink sink) {
      frame
          .objects()
          .map(o -> InstanceCounts.of(rules, frame.truth(), frame.prediction(), o))
          .ifPresent(counts -> sink.add(frame.index(), rows(counts)));
    }

    @Override
    public Map<String, String> settings() {
      Map<String, String> out = new LinkedHashMap<>();
      for (InstanceRules.Kind kind : rules.kinds()) {
        if (kind.classIndex().isPresent()) {
          out.put(MEAN_PIXELS + kind.name(), Double.toString(kind.meanPixels()));
        }
      }
      return out;
    }
  }

  private static Counts rows(InstanceCounts counts) {
    Counts.Rows rows = new Counts.Rows(COLUMNS);
    List<InstanceRules.Kind> kinds = counts.rules().kinds();
    for (int k = 0; k < kinds.size(); k++) {
      String name = kinds.get(k).name();
      counts
          .groups(k)
          .forEach(
              (pixels, g) ->
                  rows.add(
                      List.of(name, Long.toString(pixels)),
                      g.objects(),
                      g.right(),
                      g.rightCategory()));
    }
    return rows.counts();
  }

  /**
   * The counts as their own type; objects of kinds that the rules do not have are left out.
   *
   * @throws IllegalArgumentException if numbers contradict each other
   */
  public static InstanceCounts counts(InstanceRules rules, Counts sum) {
    Map<String, Map<Long, Group>> groups = new LinkedHashMap<>();
    rules.kinds().forEach(kind -> groups.put(kind.name(), new LinkedHashMap<>()));
    sum.forEach(
        (keys, n) -> {
          Map<Long, Group> ofKind = groups.get(keys.get(0));
          if (ofKind != null) {
            ofKind.put(Long.parseLong(keys.get(1)), new Group(n[0], n[1], n[2]));
          }
        });
    return InstanceCounts.of(rules, List.copyOf(groups.values()));
  }

  @Override
  public Reading read(Pool pool) {
    Map<String, Double> meanPixels = new HashMap<>();
    pool.settings()
        .forEach(
            (key, text) -> {
              if (key.startsWith(MEAN_PIXELS)) {
                meanPixels.put(key.substring(MEAN_PIXELS.length()), Double.parseDouble(text));
              }
            });
    InstanceRules rules = InstanceRules.of(pool.space(), meanPixels);
    Map<String, MetricValue> iou =
        InstanceIou.classes(counts(rules, pool.sum(COLUMNS)), pool.pooledConfusion());
    return Reading.empty().with("iiou", InstanceIou.mean(iou.values()), inOrder(rules, iou));
  }

  private static Map<String, MetricValue> inOrder(
      InstanceRules rules, Map<String, MetricValue> iou) {
    Map<String, MetricValue> out = new LinkedHashMap<>();
    rules.kinds().forEach(kind -> out.put(kind.name(), iou.get(kind.name())));
    return out;
  }
}
