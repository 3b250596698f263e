package io.drivemark.architectures.training;

import io.drivemark.architectures.engine.pytorch.GateBits;
import io.drivemark.architectures.engine.pytorch.GateError;
import io.drivemark.architectures.engine.pytorch.Learner;
import io.drivemark.architectures.engine.pytorch.Loss;
import io.drivemark.architectures.engine.pytorch.LossInputs;
import io.drivemark.architectures.graph.Weight;
import java.nio.FloatBuffer;
import java.util.Optional;

/**
 * The gates of a network: their loss counts as long as the group of their heads learns, and what
 * they did is summed up over an epoch. Not thread-safe.
 */
final class GateLesson implements Lesson {
  private final GateError error;
  private final TrainingRecipe recipe;
  private final FloatBuffer factor = FloatBuffer.allocate(1);
  private GateTally tally;

  GateLesson(GateError error, TrainingRecipe recipe) {
    this.error = error;
    this.recipe = recipe;
    this.tally = new GateTally(error.sites());
  }

  @Override
  public Loss loss(Loss before) {
    return before.with(error);
  }

  @Override
  public LossInputs inputs(LossInputs before, Batches.Batch batch, int epoch) {
    GroupSettings heads = recipe.group(Weight.GATES);
    boolean learns =
        heads.rate() > 0
            && heads.own().map(own -> own.learnsIn(epoch, recipe.epochs())).orElse(true);
    return before.with(GateError.FACTOR, factor.put(0, learns ? 1 : 0));
  }

  @Override
  public void learned(Learner learner) {
    learner.gates().ifPresent(this::add);
  }

  private void add(GateBits bits) {
    tally.add(bits);
  }

  /** What the gates did since the last call; empty if there was nothing. */
  @Override
  public Optional<GateProgress> progress() {
    Optional<GateProgress> progress = tally.progress();
    tally = new GateTally(error.sites());
    return progress;
  }

  @Override
  public void close() {}
}
