package io.drivemark.eval.runner.derive;

import io.drivemark.eval.gauge.Figure;
import io.drivemark.eval.gauge.Gauge;
import io.drivemark.eval.gauge.Gauges;
import io.drivemark.eval.gauge.standard.BoundaryGauge;
import io.drivemark.eval.gauge.standard.ImageGauge;
import io.drivemark.eval.gauge.standard.ObjectGauge;
import io.drivemark.eval.gauge.standard.RegionGauge;
import io.drivemark.eval.gauge.standard.SafeGauge;
import io.drivemark.eval.gauge.standard.VulnerableGauge;
import io.drivemark.eval.runner.record.Diagnosis;
import io.drivemark.eval.runner.record.GaugeReading;
import io.drivemark.eval.runner.record.GaugeReading.ClassValue;
import io.drivemark.eval.runner.record.Picture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The field {@code diagnosis} of records: the figures of the six gauges that there were before
 * records had {@code readings}. Frozen: a new gauge adds nothing to it, and every reader of that
 * field finds the same as ever. Stateless.
 */
public final class DiagnosisView {
  /** The derivation of every gauge in records that have no readings. */
  private static final int FIRST = 1;

  private static final String DRIVABLE = "drivable_";
  private static final String BLOCKED = "blocked_";

  private DiagnosisView() {}

  /**
   * The view of an entry's readings; empty if they lack what every diagnosis has.
   *
   * @param worstFrames pictures
   */
  public static Optional<Diagnosis> of(List<GaugeReading> readings, List<Picture> worstFrames) {
    Map<String, GaugeReading> byGauge = new HashMap<>();
    readings.forEach(r -> byGauge.put(r.gauge(), r));
    GaugeReading images = byGauge.get(ImageGauge.NAME);
    GaugeReading boundary = byGauge.get(BoundaryGauge.NAME);
    if (images == null || boundary == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Diagnosis(
            new Diagnosis.Images(
                value(images, "images"),
                value(images, "imagesOfClasses"),
                setting(images, ImageGauge.WORST_SHARE),
                value(images, "worst")),
            new Diagnosis.Boundary(
                setting(boundary, BoundaryGauge.RATIO),
                value(boundary, "boundary"),
                figure(boundary, "boundary").byClass().stream()
                    .map(c -> new Diagnosis.ClassValue(c.name(), c.value()))
                    .toList()),
            Optional.ofNullable(byGauge.get(SafeGauge.NAME))
                .map(
                    r ->
                        new Diagnosis.Safe(
                            r.settings().get(SafeGauge.SEVERITIES),
                            value(r, "safe"),
                            value(r, "safeOfImportant"))),
            Optional.ofNullable(byGauge.get(VulnerableGauge.NAME)).map(DiagnosisView::people),
            Optional.ofNullable(byGauge.get(RegionGauge.NAME))
                .map(DiagnosisView::regions)
                .orElse(List.of()),
            Optional.ofNullable(byGauge.get(ObjectGauge.NAME)).map(DiagnosisView::objects),
            worstFrames));
  }

  private static Diagnosis.People people(GaugeReading reading) {
    GaugeReading.Figure recall = figure(reading, "recall");
    return new Diagnosis.People(
        (long) value(reading, "people").orElseThrow(),
        (long) value(reading, "peopleFound").orElseThrow(),
        recall.value(),
        recall.low(),
        recall.high());
  }

  private static List<Diagnosis.Region> regions(GaugeReading reading) {
    List<Diagnosis.Region> out = new ArrayList<>();
    for (GaugeReading.Figure figure : reading.figures()) {
      if (figure.id().startsWith(DRIVABLE)) {
        String region = figure.id().substring(DRIVABLE.length());
        out.add(new Diagnosis.Region(region, figure.value(), value(reading, BLOCKED + region)));
      }
    }
    return out;
  }

  private static Diagnosis.ObjectScores objects(GaugeReading reading) {
    return new Diagnosis.ObjectScores(
        value(reading, "iiou"),
        figure(reading, "iiou").byClass().stream()
            .map(
                c ->
                    new Diagnosis.ObjectScore(
                        c.name(), setting(reading, ObjectGauge.MEAN_PIXELS + c.name()), c.value()))
            .toList());
  }

  private static GaugeReading.Figure figure(GaugeReading reading, String id) {
    return reading.figures().stream().filter(f -> f.id().equals(id)).findFirst().orElseThrow();
  }

  private static OptionalDouble value(GaugeReading reading, String id) {
    return figure(reading, id).value();
  }

  private static double setting(GaugeReading reading, String name) {
    return Double.parseDouble(reading.settings().get(name));
  }

  /**
   * What a diagnosis of a record without readings says, as readings of the first derivation,
   * without slices.
   *
   * @param gauges those installed, whose words are used
   */
  public static List<GaugeReading> readings(Diagnosis diagnosis, Gauges gauges) {
    List<GaugeReading> out = new ArrayList<>();
    for (Gauge gauge : gauges.all()) {
      switch (gauge.name()) {
        case ImageGauge.NAME -> out.add(images(gauge, diagnosis.images()));
        case BoundaryGauge.NAME -> out.add(boundary(gauge, diagnosis.boundary()));
        case SafeGauge.NAME -> diagnosis.safe().ifPresent(s -> out.add(safe(gauge, s)));
        case VulnerableGauge.NAME -> diagnosis.people().ifPresent(p -> out.add(people(gauge, p)));
        case ObjectGauge.NAME -> diagnosis.objects().ifPresent(o -> out.add(objects(gauge, o)));
        case RegionGauge.NAME -> {
          if (!diagnosis.regions().isEmpty()) {
            out.add(regions(gauge, diagnosis.regions()));
          }
        }
        default -> {
          // Records without readings know no other gauge.
        }
      }
    }
    return out;
  }

  private static GaugeReading images(Gauge gauge, Diagnosis.Images images) {
    return reading(
        gauge,
        Map.of(ImageGauge.WORST_SHARE, Double.toString(images.worstShare())),
        Map.of(
            "images", images.miou(),
            "imagesOfClasses", images.miouOfClasses(),
            "worst", images.miouOfWorst()),
        List.of());
  }

  private static GaugeReading boundary(Gauge gauge, Diagnosis.Boundary boundary) {
    return reading(
        gauge,
        Map.of(BoundaryGauge.RATIO, Double.toString(boundary.ratio())),
        Map.of("boundary", boundary.miou()),
        boundary.iou().stream().map(c -> new ClassValue(c.name(), c.value())).toList());
  }

  private static GaugeReading safe(Gauge gauge, Diagnosis.Safe safe) {
    return reading(
        gauge,
        Map.of(SafeGauge.SEVERITIES, safe.severities()),
        Map.of("safe", safe.miou(), "safeOfImportant", safe.miouOfImportant()),
        List.of());
  }

  private static GaugeReading people(Gauge gauge, Diagnosis.People people) {
    List<GaugeReading.Figure> figures = new ArrayList<>();
    for (Figure figure : gauge.figures()) {
      boolean recall = figure.id().equals("recall");
      OptionalDouble value =
          recall
              ? people.recall()
              : OptionalDouble.of(figure.id().equals("people") ? people.regions() : people.found());
      figures.add(
          Readings.figure(
              figure,
              value,
              recall ? people.low() : OptionalDouble.empty(),
              recall ? people.high() : OptionalDouble.empty(),
              List.of(),
              List.of()));
    }
    return new GaugeReading(gauge.name(), FIRST, Map.of(), figures);
  }

  private static GaugeReading regions(Gauge gauge, List<Diagnosis.Region> regions) {
    Map<String, OptionalDouble> values = new HashMap<>();
    for (Diagnosis.Region region : regions) {
      values.put(DRIVABLE + region.name(), region.falselyDrivable());
      values.put(BLOCKED + region.name(), region.falselyBlocked());
    }
    return reading(gauge, Map.of(), values, List.of());
  }

  private static GaugeReading objects(Gauge gauge, Diagnosis.ObjectScores objects) {
    Map<String, String> settings = new HashMap<>();
    objects
        .classes()
        .forEach(
            c -> settings.put(ObjectGauge.MEAN_PIXELS + c.name(), Double.toString(c.meanPixels())));
    return reading(
        gauge,
        settings,
        Map.of("iiou", objects.miou()),
        objects.classes().stream().map(c -> new ClassValue(c.name(), c.iou())).toList());
  }

  private static GaugeReading reading(
      Gauge gauge,
      Map<String, String> settings,
      Map<String, OptionalDouble> values,
      List<ClassValue> byClass) {
    List<GaugeReading.Figure> figures = new ArrayList<>();
    for (Figure figure : gauge.figures()) {
      if (values.containsKey(figure.id())) {
        figures.add(
            Readings.figure(
                figure,
                values.get(figure.id()),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                byClass,
                List.of()));
      }
    }
    return new GaugeReading(gauge.name(), FIRST, settings, figures);
  }
}
