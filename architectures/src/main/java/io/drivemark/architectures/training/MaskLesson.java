package io.drivemark.architectures.training;

import io.drivemark.architectures.engine.pytorch.Learner;
import io.drivemark.architectures.engine.pytorch.Loss;
import io.drivemark.architectures.engine.pytorch.LossInputs;
import io.drivemark.architectures.engine.pytorch.MaskPenalty;
import io.drivemark.architectures.pruning.mask.JointMasks;
import io.drivemark.architectures.pruning.mask.MaskSite;
import java.nio.FloatBuffer;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The masks of a network: what live ones cost is part of the loss, no layer goes dark, and where a
 * share is to remain the factor of the cost is steered. The first factor is then {@value #FIRST} of
 * what the task's gradients are at masks of price 1 in the first step. As soon as no more than the
 * share remains, masks stay as they are and weights alone go on: masks answer a larger factor many
 * steps late, and would fall far below the share. Not thread-safe.
 */
final class MaskLesson implements Lesson {
  private static final double FIRST = 0.1;

  private final MaskLearning learning;
  private final JointMasks masks;
  private final FloatBuffer prices;
  private final FloatBuffer factor = FloatBuffer.allocate(1);
  private final Optional<LambdaControl> control;
  private double fixed;
  private boolean begun;
  private double progress;
  private boolean reached;
  private Optional<Map<String, float[]>> frozen = Optional.empty();

  MaskLesson(MaskLearning learning) {
    this.learning = learning;
    this.masks = learning.masks();
    this.prices = FloatBuffer.allocate(masks.masks());
    learning.prices().forEach(p -> prices.put(p.floatValue()));
    if (learning.pressure() instanceof MaskLearning.Target target) {
      this.control = Optional.of(new LambdaControl(target.share()));
    } else {
      this.control = Optional.empty();
      this.fixed = ((MaskLearning.Fixed) learning.pressure()).lambda();
    }
  }

  private double lambda() {
    return control.map(LambdaControl::lambda).orElse(fixed);
  }

  @Override
  public Loss loss(Loss before) {
    return before.with(learning.penalty());
  }

  @Override
  public LossInputs inputs(LossInputs before, Batches.Batch batch, int epoch) {
    return before
        .with(MaskPenalty.PRICES, prices)
        .with(MaskPenalty.FACTOR, factor.put(0, (float) lambda()));
  }

  @Override
  public void learned(Learner learner) {
    if (reached && frozen.isEmpty()) {
      frozen = Optional.of(parameters(learner));
    }
    if (control.isEmpty() || begun) {
      return;
    }
    double sum = 0;
    for (MaskSite site : masks.sites()) {
      String name = JointMasks.weight(site);
      float[] gradient = new float[learner.size(name)];
      learner.gradient(name, gradient);
      for (float g : gradient) {
        sum += Math.abs(g);
      }
    }
    double slope = 0.25; // of the sigmoid where all parameters begin
    double mean = sum / masks.masks() / slope;
    if (mean > 0) {
      control.get().begin(FIRST * mean);
      begun = true;
    }
  }

  @Override
  public void stepped(Learner learner, long step, long epochSteps, long total) {
    progress = (double) step / total;
    if (frozen.isPresent()) {
      frozen.get().forEach(learner::setValues);
      return;
    }
    Map<String, float[]> parameters = parameters(learner);
    Set<String> revived = masks.revive(parameters);
    for (MaskSite site : masks.sites()) {
      if (revived.contains(site.name())) {
        String name = JointMasks.weight(site);
        learner.setValues(name, parameters.get(name));
      }
    }
    long every = Math.max(1, epochSteps / LambdaControl.TICKS);
    if (control.isPresent() && begun && step % every == 0) {
      double kept = kept(parameters);
      control.get().tick(kept, progress, (double) total / every);
      freezeAt(kept, parameters);
    }
  }

  private void freezeAt(double kept, Map<String, float[]> parameters) {
    if (learning.pressure() instanceof MaskLearning.Target target && kept <= target.share()) {
      reached = true;
      frozen = Optional.of(parameters);
    }
  }

  private double kept(Map<String, float[]> parameters) {
    return learning.kept(masks.live(parameters));
  }

  private Map<String, float[]> parameters(Learner learner) {
    Map<String, float[]> parameters = new LinkedHashMap<>();
    for (MaskSite site : masks.sites()) {
      float[] m = new float[site.masks()];
      learner.values(JointMasks.weight(site), m);
      parameters.put(JointMasks.weight(site), m);
    }
    return parameters;
  }

  @Override
  public Optional<MaskProgress> masks(Learner learner) {
    Map<String, float[]> parameters = parameters(learner);
    List<BitSet> live = masks.live(parameters);
    double kept = learning.kept(live);
    if (frozen.isEmpty()) {
      control.ifPresent(c -> c.at(kept, progress));
      freezeAt(kept, parameters);
    }
    return Optional.of(
        new MaskProgress(lambda(), kept, live.stream().map(BitSet::cardinality).toList()));
  }

  @Override
  public void resume(MaskProgress last, double share) {
    progress = share;
    control.ifPresent(
        c -> {
          c.begin(last.lambda());
          c.at(last.kept(), share);
          begun = last.lambda() > 0;
          reached =
              learning.pressure() instanceof MaskLearning.Target target
                  && last.kept() <= target.share();
        });
  }

  @Override
  public void close() {}
}
