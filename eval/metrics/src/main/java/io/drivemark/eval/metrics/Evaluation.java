package io.drivemark.eval.metrics;

import io.drivemark.eval.metrics.Protocol.Aggregation;
import io.drivemark.eval.metrics.Protocol.ClassAccuracy;
import io.drivemark.eval.metrics.Protocol.ForeignPrediction;
import io.drivemark.eval.metrics.Protocol.Rounding;
import io.drivemark.problem.BadInputException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** One application of a protocol to the matrices of a run. Used once, by one thread. */
final class Evaluation {
  private static final String POISONED = "a class without pixels makes the mean undefined here";

  private final Protocol protocol;
  private final List<ConfusionMatrix> perImage;
  private final ConfusionMatrix pooled;
  private final List<String> names;

  Evaluation(Protocol protocol, List<ConfusionMatrix> perImage) {
    if (perImage.isEmpty()) {
      throw new IllegalArgumentException(
          "protocol " + protocol.name() + ": there is no image to evaluate");
    }
    this.protocol = protocol;
    this.perImage = List.copyOf(perImage);
    this.pooled = ConfusionMatrix.sum(perImage);
    this.names = pooled.space().classNames();
    if (protocol.foreignPrediction() == ForeignPrediction.REFUSED) {
      requireNoForeign();
    }
  }

  private void requireNoForeign() {
    long foreign = 0;
    for (int t = 0; t < names.size(); t++) {
      foreign = Math.addExact(foreign, pooled.count(t, names.size()));
    }
    if (foreign > 0) {
      throw new BadInputException(
          "protocol "
              + protocol.name()
              + ": "
              + foreign
              + " pixels of valid truth are predicted as void or as no class; the tool whose rule"
              + " this is fails there: predict a class for each pixel or choose another protocol");
    }
  }

  Scores scores() {
    Tally tally = tally(pooled);
    List<Tally> units =
        protocol.aggregation() == Aggregation.POOLED
            ? List.of(tally)
            : perImage.stream().map(this::tally).toList();
    return new Scores(
        protocol,
        rounded(
            protocol.aggregation() == Aggregation.IMAGE_MEAN
                ? meanOverImages(units)
                : meanOverClasses(units)),
        Metrics.value(tally.pixelAccuracy(), Metrics.NO_PIXELS),
        Metrics.value(
            protocol.classAccuracy() == ClassAccuracy.RECALL
                ? tally.meanRecall()
                : tally.meanPrecisionOverTruth(),
            Metrics.NO_PIXELS),
        Metrics.value(tally.frequencyWeightedIou(), Metrics.NO_PIXELS),
        byClass(c -> rounded(classValue(units, c))),
        byClass(c -> Metrics.value(tally.precision(c), Metrics.NOT_PREDICTED)),
        byClass(c -> Metrics.value(tally.recall(c), Metrics.NOT_IN_TRUTH)),
        byClass(c -> Metrics.value(tally.f1(c), Metrics.ABSENT)),
        perImage.size(),
        pooled);
  }

  private MetricValue rounded(MetricValue value) {
    if (protocol.rounding() == Rounding.NONE || !value.isDefined()) {
      return value;
    }
    double exact = value.value().orElseThrow();
    return MetricValue.of(
        BigDecimal.valueOf(exact).setScale(4, RoundingMode.HALF_EVEN).doubleValue());
  }

  private Tally tally(ConfusionMatrix matrix) {
    return new Tally(matrix, protocol.voidTruth(), protocol.foreignPrediction());
  }

  private ClassIou iou(Tally tally, int c) {
    return ClassIou.of(protocol, tally, c);
  }

  private MetricValue classValue(List<Tally> units, int c) {
    if (protocol.aggregation() == Aggregation.POOLED) {
      Tally tally = units.get(0);
      return Metrics.value(
          iou(tally, c).value(), tally.isPredicted(c) ? Metrics.NOT_IN_TRUTH : Metrics.ABSENT);
    }
    return Metrics.value(meanOfClass(units, c), Metrics.ABSENT + " in any image");
  }

  private Optional<Fraction> meanOfClass(List<Tally> units, int c) {
    List<Fraction> terms = new ArrayList<>();
    for (Tally unit : units) {
      ClassIou iou = iou(unit, c);
      if (iou.inMean()) {
        terms.add(iou.value().orElseThrow());
      }
    }
    return terms.isEmpty() ? Optional.empty() : Optional.of(Fraction.mean(terms));
  }

  private MetricValue meanOverClasses(List<Tally> units) {
    List<Fraction> terms = new ArrayList<>();
    for (int c = 0; c < names.size(); c++) {
      if (poisoned(units, c)) {
        return MetricValue.undefined(POISONED);
      }
      meanOfClass(units, c).ifPresent(terms::add);
    }
    return terms.isEmpty()
        ? MetricValue.undefined(Metrics.NO_PIXELS)
        : Fraction.mean(terms).value();
  }

  private MetricValue meanOverImages(List<Tally> units) {
    List<Fraction> images = new ArrayList<>();
    for (Tally unit : units) {
      List<Tally> one = List.of(unit);
      List<Fraction> terms = new ArrayList<>();
      for (int c = 0; c < names.size(); c++) {
        if (poisoned(one, c)) {
          return MetricValue.undefined(POISONED);
        }
        meanOfClass(one, c).ifPresent(terms::add);
      }
      if (!terms.isEmpty()) {
        images.add(Fraction.mean(terms));
      }
    }
    return images.isEmpty()
        ? MetricValue.undefined(Metrics.NO_PIXELS)
        : Fraction.mean(images).value();
  }

  private boolean poisoned(List<Tally> units, int c) {
    return units.stream().anyMatch(unit -> iou(unit, c).poisons());
  }

  private Map<String, MetricValue> byClass(IntFunction<MetricValue> value) {
    Map<String, MetricValue> map = new LinkedHashMap<>();
    for (int c = 0; c < names.size(); c++) {
      map.put(names.get(c), value.apply(c));
    }
    return Collections.unmodifiableMap(map);
  }
}
