package io.drivemark.eval.runner.accuracy;

import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.Protocol;
import io.drivemark.eval.runner.accuracy.AccuracyPass.Judged;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The frames of a pass that pictures are made of: those chosen beforehand, those with the lowest
 * mIoU, and those for which a gated network computed least and most. Frames come in sample order;
 * of equals the first counts as worse. For one thread.
 */
public final class KeptFrames {
  /** How many of the worst frames are kept. */
  public static final int WORST = 3;

  private final Protocol protocol;
  private final Set<Integer> chosenIndices;
  private final List<Judged> chosen = new ArrayList<>();
  private final List<Scored> worst = new ArrayList<>(); // ascending
  private final ExtremeFrames extremes = new ExtremeFrames();

  private record Scored(double miou, Judged judged) {}

  KeptFrames(Protocol protocol, Set<Integer> chosenIndices) {
    this.protocol = protocol;
    this.chosenIndices = Set.copyOf(chosenIndices);
  }

  void take(Judged judged, ConfusionMatrix counts) {
    if (chosenIndices.contains(judged.index())) {
      chosen.add(judged);
    }
    extremes.take(judged);
    OptionalDouble miou = protocol.evaluate(List.of(counts)).miou().value();
    if (miou.isPresent()) {
      worst.add(new Scored(miou.getAsDouble(), judged));
      worst.sort(Comparator.comparingDouble(Scored::miou));
      if (worst.size() > WORST) {
        worst.remove(WORST);
      }
    }
  }

  /** The chosen frames that could be judged, in sample order. */
  List<Judged> chosen() {
    return List.copyOf(chosen);
  }

  /** The worst frames, the worst first. */
  List<Judged> worst() {
    return worst.stream().map(Scored::judged).toList();
  }

  /** The frames for which a gated network computed least and most; none where all are alike. */
  List<Judged> extremes() {
    return extremes.both();
  }
}
