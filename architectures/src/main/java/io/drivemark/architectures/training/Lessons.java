package io.drivemark.architectures.training;

import io.drivemark.architectures.engine.pytorch.GateError;
import io.drivemark.architectures.engine.pytorch.Learner;
import io.drivemark.architectures.engine.pytorch.Loss;
import io.drivemark.architectures.engine.pytorch.LossInputs;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.problem.Closer;
import io.drivemark.problem.Progress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All that a training learns from: the frames' truth, and what comes besides. Not thread-safe. */
final class Lessons implements AutoCloseable {
  private final Network network;
  private final TaskTraining task;
  private final TrainingRecipe recipe;
  private final List<Lesson> besides;

  private Lessons(Network network, TaskTraining task, TrainingRecipe recipe, List<Lesson> besides) {
    this.network = network;
    this.task = task;
    this.recipe = recipe;
    this.besides = besides;
  }

  /**
   * @param learning what is learned from besides the truth
   * @param task how the truth is learned
   */
  static Lessons of(Network start, Learning learning, TaskTraining task, TrainingRecipe recipe) {
    List<Lesson> besides = new ArrayList<>();
    learning.parent().ifPresent(p -> besides.add(new Teacher(p, start, recipe)));
    Optional<GateError> error = learning.gates().flatMap(GateLearning::error);
    error.ifPresent(e -> besides.add(new GateLesson(e, recipe)));
    Set<String> outputs = new LinkedHashSet<>(start.outputs());
    outputs.addAll(learning.task().outputs());
    error.ifPresent(e -> outputs.addAll(e.outputs()));
    if (learning.shrinking().orElse(null) instanceof MaskLearning masks) {
      besides.add(new MaskLesson(masks));
      outputs.addAll(masks.penalty().outputs());
    } else if (learning.shrinking().orElse(null) instanceof WeightPenalty penalty) {
      besides.add(new WeightLesson(start, penalty));
    }
    return new Lessons(start.withOutputs(List.copyOf(outputs)), task, recipe, besides);
  }

  /** Whether a weight is learned: heads of gates only with a loss of their own. */
  boolean learns(Weight weight) {
    boolean resting =
        weight.group().equals(Weight.GATES)
            && besides.stream().noneMatch(GateLesson.class::isInstance);
    return !resting && recipe.group(weight.group()).rate() > 0;
  }

  /** The network with all outputs that the loss is a function of. */
  Network network() {
    return network;
  }

  /**
   * The loss of everything.
   *
   * @param progress of what must be counted first
   */
  Loss loss(Progress progress) {
    Loss loss = task.loss(progress);
    for (Lesson lesson : besides) {
      loss = lesson.loss(loss);
    }
    return loss;
  }

  /**
   * Computes a batch's loss and gradients.
   *
   * @param epoch from 0
   * @param step of the epoch, from 0
   */
  double backward(Learner learner, Batches.Batch batch, int epoch, int step) {
    LossInputs inputs = task.inputs(batch);
    for (Lesson lesson : besides) {
      inputs = lesson.inputs(inputs, batch, epoch);
    }
    double loss = learner.backward(batch.images(), inputs, Batches.mix(recipe.seed(), epoch, step));
    besides.forEach(lesson -> lesson.learned(learner));
    return loss;
  }

  /** Adds to the gradients of the last step what no script computes, in place. */
  void gradients(Learner learner, Map<String, float[]> byWeight) {
    besides.forEach(lesson -> lesson.gradients(learner, byWeight));
  }

  /** Tells that a step has changed the weights; see {@link Lesson#stepped}. */
  void stepped(Learner learner, long step, long epochSteps, long total) {
    besides.forEach(lesson -> lesson.stepped(learner, step, epochSteps, total));
  }

  /** What masks came to by the end of an epoch; empty without masks. */
  Optional<MaskProgress> masks(Learner learner) {
    return besides.stream().map(l -> l.masks(learner)).flatMap(Optional::stream).findFirst();
  }

  /**
   * Goes on behind the last of these epochs.
   *
   * @param share of the steps that are over
   */
  void resume(List<EpochRecord> history, double share) {
    if (!history.isEmpty()) {
      history
          .get(history.size() - 1)
          .masks()
          .ifPresent(last -> besides.forEach(lesson -> lesson.resume(last, share)));
    }
  }

  /** What gates did since the last call; empty without gates. */
  Optional<GateProgress> progress() {
    return besides.stream().map(Lesson::progress).flatMap(Optional::stream).findFirst();
  }

  @Override
  public void close() {
    Closer all = new Closer();
    besides.forEach(all::add);
    all.close();
  }
}
