package io.drivemark.eval.runner.score;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.datasets.coding.PredictionReading;
import io.drivemark.eval.gauge.standard.ImageGauge;
import io.drivemark.eval.metrics.Calibration;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.eval.metrics.ModelDifference;
import io.drivemark.eval.metrics.PerImageScores;
import io.drivemark.eval.metrics.ScoreIntervals;
import io.drivemark.eval.metrics.boundary.BoundaryF;
import io.drivemark.eval.metrics.boundary.BoundaryIou;
import io.drivemark.eval.metrics.errata.Erratum;
import io.drivemark.eval.metrics.instance.InstanceIou;
import io.drivemark.eval.metrics.safety.VulnerableRecall;
import io.drivemark.eval.runner.derive.Slice;
import io.drivemark.eval.runner.record.json.ResultsJson;
import io.drivemark.eval.statistics.Interval;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The details of a score as JSON; null = undefined. Stateless. */
public final class ScoreJson {
  private ScoreJson() {}

  static void put(ObjectNode out, ScoreDetails details) {
    if (!details.categoryIou().isEmpty()) {
      values(out.putObject("categoryIou"), details.categoryIou());
    }
    if (!details.levels().isEmpty()) {
      ObjectNode levels = out.putObject("levels");
      details
          .levels()
          .forEach((level, score) -> level(levels.putObject(Integer.toString(level)), score));
    }
    details.objects().ifPresent(objects -> objects(out, objects));
    details.intervals().ifPresent(i -> intervals(out.putObject("intervals"), i));
    perImage(out.putObject("perImage"), details.perImage());
    slices(out, details);
    safety(out.putObject("safety"), details);
    details.boundaries().ifPresent(b -> boundaries(out.putObject("boundary"), b));
    details.flicker().ifPresent(f -> flicker(out.putObject("flicker"), f));
    details.calibration().ifPresent(c -> calibration(out.putObject("calibration"), c));
    errata(out.putArray("errata"), details);
  }

  static void values(ObjectNode out, Map<String, MetricValue> byName) {
    byName.forEach((name, value) -> put(out, name, value.value()));
  }

  /** How the prediction files were read, as far as it was not the usual way. */
  static void put(ObjectNode out, PredictionReading reading, int resized) {
    out.put("encoding", reading.values().isEmpty() ? reading.encoding().word() : "values");
    reading.files().ifPresent(text -> out.put("files", text));
    if (!reading.values().isEmpty()) {
      ObjectNode values = out.putObject("values");
      reading.values().forEach((value, name) -> values.put(reading.text(value), name));
    }
    reading.mapping().ifPresent(mapping -> out.put("mapping", mapping.name()));
    if (reading.resize()) {
      out.put("resize", "nearest");
      out.put("resized", resized);
    }
  }

  public static void put(ObjectNode out, String key, OptionalDouble value) {
    ResultsJson.put(out, key, value);
  }

  private static void level(ObjectNode out, ScoreDetails.LevelScore level) {
    put(out, "miou", level.miou().value());
    values(out.putObject("iou"), level.iou());
  }

  private static void objects(ObjectNode out, ScoreDetails.ObjectScores objects) {
    values(out.putObject("iiouByClass"), objects.classIou());
    if (!objects.categoryIou().isEmpty()) {
      values(out.putObject("iiouByCategory"), objects.categoryIou());
      put(out, "categoryIiou", InstanceIou.mean(objects.categoryIou().values()).value());
    }
  }

  private static void intervals(ObjectNode out, ScoreIntervals intervals) {
    out.put("clusters", intervals.clusters());
    out.put("resamples", intervals.bootstrap().resamples());
    out.put("seed", intervals.bootstrap().seed());
    out.put("level", intervals.bootstrap().level());
    estimate(out.putObject("miou"), intervals.miou());
    ObjectNode iou = out.putObject("iou");
    intervals.iou().forEach((name, e) -> estimate(iou.putObject(name), e));
  }

  static void difference(ObjectNode out, ModelDifference difference) {
    out.put("clusters", difference.clusters());
    out.put("resamples", difference.bootstrap().resamples());
    out.put("seed", difference.bootstrap().seed());
    out.put("level", difference.bootstrap().level());
    ObjectNode miou = out.putObject("miou");
    difference(miou, difference.miou());
    ObjectNode iou = out.putObject("iou");
    difference
        .iou()
        .forEach(
            (name, d) -> {
              ObjectNode node = iou.putObject(name);
              difference(node, d);
              put(node, "adjustedP", number(d.adjustedP()));
            });
  }

  private static void difference(ObjectNode out, ModelDifference.Difference difference) {
    put(out, "value", difference.estimate().value().value());
    estimate(out, difference.estimate());
    put(out, "p", number(difference.p()));
  }

  private static OptionalDouble number(Optional<Double> value) {
    return value.isPresent() ? OptionalDouble.of(value.get()) : OptionalDouble.empty();
  }

  private static void estimate(ObjectNode out, ScoreIntervals.Estimate estimate) {
    interval(out, "percentile", estimate.percentile());
    interval(out, "bca", estimate.bca());
    interval(out, "expanded", estimate.expanded());
    if (estimate.undefinedDraws() > 0) {
      out.put("undefinedDraws", estimate.undefinedDraws());
    }
  }

  private static void interval(ObjectNode out, String key, Optional<Interval> interval) {
    if (interval.isEmpty()) {
      out.putNull(key);
    } else {
      out.putArray(key).add(interval.get().low()).add(interval.get().high());
    }
  }

  private static void perImage(ObjectNode out, PerImageScores scores) {
    put(out, "miouOfDataset", scores.ofDataset().value());
    put(out, "miouOfImages", scores.ofImages().value());
    put(out, "miouOfClasses", scores.ofClasses().value());
    out.put("worstShare", ImageGauge.WORST);
    put(out, "miouOfWorstImages", scores.ofWorstImages(ImageGauge.WORST).value());
    put(out, "miouOfClassesAtWorst", scores.ofClassesAtWorst(ImageGauge.WORST).value());
  }

  private static void slices(ObjectNode out, ScoreDetails details) {
    if (details.slices().isEmpty()) {
      return;
    }
    ObjectNode slices = out.putObject("slices");
    details
        .slices()
        .forEach(
            (attribute, values) -> {
              ObjectNode byValue = slices.putObject(attribute);
              values.forEach((value, slice) -> slice(byValue.putObject(value), slice));
            });
    details
        .worstSlice()
        .ifPresent(
            worst -> {
              ObjectNode node = out.putObject("worstSlice");
              node.put("attribute", worst.attribute());
              node.put("value", worst.value());
              slice(node, worst.slice());
            });
  }

  private static void slice(ObjectNode out, Slice slice) {
    out.put("images", slice.images());
    put(out, "miou", slice.miou().value());
  }

  private static void safety(ObjectNode out, ScoreDetails details) {
    details.people().ifPresent(people -> people(out.putObject("vulnerableRoadUsers"), people));
    for (ScoreDetails.RegionScore region : details.regions()) {
      ObjectNode node = out.putObject(region.name());
      put(node, "miou", region.miou().value());
      put(node, "falselyDrivable", region.falselyDrivable().value());
      put(node, "falselyBlocked", region.falselyBlocked().value());
    }
  }

  private static void people(ObjectNode out, VulnerableRecall.Counts people) {
    VulnerableRecall rule = VulnerableRecall.defaults();
    out.put("leastPixels", rule.leastPixels());
    out.put("foundShare", rule.foundShare());
    out.put("regions", people.regions());
    out.put("found", people.found());
    put(out, "recall", people.recall().value());
    interval(
        out,
        "interval",
        people.regions() == 0 ? Optional.empty() : Optional.of(people.interval(Interval.LEVEL)));
  }

  private static void boundaries(ObjectNode out, ScoreDetails.Boundaries boundaries) {
    boundaries
        .counts()
        .ifPresent(
            counts -> {
              BoundaryIou rule = BoundaryIou.defaults();
              out.put("ratio", rule.ratio());
              out.put("void", rule.near().name());
              put(out, "miou", counts.miou().value());
              values(out.putObject("iou"), counts.iou());
            });
    if (!boundaries.f().isEmpty()) {
      out.put("fTolerance", BoundaryF.defaults().share());
      put(out, "meanF", boundaries.meanF().value());
      values(out.putObject("f"), boundaries.f());
    }
    if (!boundaries.trimapMiou().isEmpty()) {
      ObjectNode trimap = out.putObject("trimapMiou");
      boundaries
          .trimapMiou()
          .forEach((width, miou) -> put(trimap, Integer.toString(width), miou.value()));
    }
  }

  private static void flicker(ObjectNode out, Flickering flicker) {
    out.put("pairs", flicker.pairs());
    put(out, "share", flicker.counts().share().value());
    values(out.putObject("byClass"), flicker.counts().byClass());
  }

  private static void calibration(ObjectNode out, Calibration calibration) {
    put(out, "expectedError", calibration.expectedError().value());
    put(out, "rootMeanSquareError", calibration.rootMeanSquareError().value());
    put(out, "maximumError", calibration.maximumError().value());
    ArrayNode bins = out.putArray("bins");
    for (int bin = 0; bin < calibration.bins(); bin++) {
      ObjectNode node = bins.addObject();
      node.put("upTo", (bin + 1.0) / calibration.bins());
      node.put("pixels", calibration.pixels(bin));
      put(node, "shareRight", calibration.shareRight(bin).value());
      put(node, "meanConfidence", calibration.meanConfidence(bin).value());
    }
  }

  private static void errata(ArrayNode out, ScoreDetails details) {
    for (Erratum erratum : details.errata()) {
      ObjectNode node = out.addObject();
      node.put("id", erratum.id());
      node.put("tool", erratum.tool());
      node.put("metric", erratum.metric());
      put(node, "published", erratum.published().value());
      put(node, "correct", erratum.correct().value());
      node.put("defect", erratum.defect());
    }
  }
}
