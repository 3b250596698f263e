package io.drivemark.architectures.engine.pytorch;

import io.drivemark.architectures.graph.op.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a {@link Learner} minimises: the weighted sum of terms, each a function of named outputs.
 * Immutable.
 *
 * @param terms at least one; at most one of each kind
 */
public record Loss(List<LossTerm> terms) {
  private static final double SMOOTHNESS = 0.1;

  public Loss {
    terms = List.copyOf(terms);
    if (terms.isEmpty()) {
      throw new IllegalArgumentException("a loss without terms");
    }
    if (terms.stream().map(Object::getClass).distinct().count() < terms.size()) {
      throw new IllegalArgumentException("a loss with two terms of one kind: " + terms);
    }
    Optional<LabelError> labels = find(terms, LabelError.class);
    boolean soft = find(terms, SoftLabels.class).isPresent();
    if (soft && labels.isEmpty()) {
      throw new IllegalArgumentException("soft labels without labels: void pixels are not known");
    }
    boolean depth = find(terms, DepthError.class).isPresent();
    if (depth && (soft || labels.filter(l -> l.hardShare() < 1).isPresent())) {
      throw new IllegalArgumentException(
          "a depth error beside soft labels or a hard share below 1 has no value on frames that are"
              + " void throughout; learn from all pixels' labels");
    }
  }

  /**
   * Learns from labels alone.
   *
   * @param outputs scores; the first is the answer, the others are auxiliary
   * @param classWeights one a class
   * @param hardShare share of valid pixels, those with the largest loss, that count; 1 = all
   * @param auxiliaryWeight factor of the losses of outputs after the first; 0: they are left aside
   */
  public static Loss ofLabels(
      List<String> outputs, float[] classWeights, double hardShare, double auxiliaryWeight) {
    Map<String, Double> shares = new LinkedHashMap<>();
    shares.put(outputs.get(0), 1.0);
    if (!(auxiliaryWeight >= 0)) {
      throw new IllegalArgumentException("auxiliary weight: at least 0, found " + auxiliaryWeight);
    }
    if (auxiliaryWeight > 0) {
      outputs.subList(1, outputs.size()).forEach(o -> shares.put(o, auxiliaryWeight));
    }
    return new Loss(List.of(new LabelError(shares, classWeights, hardShare, 1)));
  }

  /** Every class and pixel of one output's labels alike. */
  public static Loss plain(String output, int classes) {
    float[] ones = new float[classes];
    Arrays.fill(ones, 1);
    return ofLabels(List.of(output), ones, 1, 0);
  }

  /**
   * Learns disparities from pairs of photographs, weighted as published with arXiv 1609.03677:
   * {@link PhotometricError} 1, {@link SmoothnessError} 0.1, {@link ConsistencyError} 1.
   *
   * @param outputs disparities of both views [N, 2, h, w], shares of the width, the finest first
   */
  public static Loss ofPairs(List<String> outputs) {
    return new Loss(
        List.of(
            new PhotometricError(outputs, 1),
            new SmoothnessError(outputs, SMOOTHNESS),
            new ConsistencyError(outputs, 1)));
  }

  /**
   * The same with soft targets besides: its other terms weigh 1 − their weight, and the divergence
   * from them weight · T².
   *
   * @throws IllegalArgumentException if it does not learn from labels
   */
  public Loss withSoft(SoftTargets targets) {
    LabelError labels =
        labels().orElseThrow(() -> new IllegalArgumentException("soft targets without labels"));
    List<LossTerm> all = new ArrayList<>();
    terms.forEach(t -> all.add(t.withWeight(t.weight() * (1 - targets.weight()))));
    double t = targets.temperature();
    all.add(
        new SoftLabels(
            labels.outputs().get(0),
            labels.classWeights().length,
            targets,
            targets.weight() * t * t));
    return new Loss(all);
  }

  /** The same with one more term. */
  public Loss with(LossTerm term) {
    List<LossTerm> all = new ArrayList<>(terms);
    all.add(term);
    return new Loss(all);
  }

  /** The outputs of all terms. */
  public List<String> outputs() {
    return terms.stream().flatMap(t -> t.outputs().stream()).distinct().toList();
  }

  /** The term of labels, if there is one. */
  Optional<LabelError> labels() {
    return find(terms, LabelError.class);
  }

  /** The term of distances, if there is one. */
  Optional<DepthError> depth() {
    return find(terms, DepthError.class);
  }

  /** Whether a term says something of every pixel: what photographs show needs no truth. */
  boolean countsEverywhere() {
    return find(terms, PhotometricError.class).isPresent()
        || find(terms, ConsistencyError.class).isPresent()
        || find(terms, SmoothnessError.class).isPresent();
  }

  /** The term of gates, if there is one. */
  Optional<GateError> gates() {
    return find(terms, GateError.class);
  }

  /** The float32 tensors that a step gives, by name, in the terms' order. */
  Map<String, Shape> targets(Shape batch) {
    Map<String, Shape> all = new LinkedHashMap<>();
    terms.forEach(t -> all.putAll(t.targets(batch)));
    return all;
  }

  private static <T extends LossTerm> Optional<T> find(List<LossTerm> terms, Class<T> kind) {
    return terms.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }
}
