package io.drivemark.architectures.training;

import io.drivemark.config.Numbers;
import io.drivemark.datasets.Task;
import io.drivemark.files.Digests;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Everything that decides what a training does, besides network and data. Immutable; start with
 * {@link #defaults()} and change with the {@code with…} methods.
 *
 * @param epochs times the training split is gone through
 * @param batch images a step
 * @param cropHeight height of the cut-out the network sees, pixels
 * @param cropWidth width of it
 * @param minScale smallest factor an image is scaled by before cropping
 * @param maxScale largest factor
 * @param flip whether half of the images are mirrored left to right
 * @param colour strength of brightness, contrast and saturation changes: each factor is drawn from
 *     1 − colour to 1 + colour; 0 = none
 * @param classWeights how classes are weighted
 * @param hardShare share of the valid pixels, the hardest, whose loss counts; 1 = all
 * @param auxiliaryWeight factor of the losses of the network's further outputs
 * @param optimiser how gradients become steps
 * @param learningRate highest learning rate
 * @param momentum of SGD
 * @param nesterov whether SGD looks ahead
 * @param weightDecay of weights in groups that decay
 * @param groups settings of parameter groups by name; {@link GroupSettings#DECAYED} for kernels,
 *     {@link GroupSettings#GATES} for heads of gates and {@link GroupSettings#PLAIN} for others
 *     where a group is not listed
 * @param warmUpEpochs epochs over which the learning rate rises linearly
 * @param power of the polynomial schedule
 * @param clipNorm gradients are scaled down to this norm over all weights; 0 = never
 * @param evaluateEvery epochs between evaluations on val; the last epoch is always evaluated
 * @param seed decides order, augmentation and dropout
 * @param minutes wall-clock limit within which the schedule ends early; 0 = none
 * @param threads threads of the operators; results are reproducible bit by bit with 1
 * @param schedule how the learning rate falls
 * @param stepEpochs epochs between two steps of the step schedule
 * @param stepFactor what remains of the rate after such a step
 * @param distillation learning from another network besides the labels; empty = none
 * @param depth what concerns a training of depth
 * @param ema decay of the exponential moving average of weights and statistics that is evaluated
 *     and kept in their place, 0 to below 1; 0 = the weights themselves. See {@link WeightAverage}
 */
public record TrainingRecipe(
    int epochs,
    int batch,
    int cropHeight,
    int cropWidth,
    double minScale,
    double maxScale,
    boolean flip,
    double colour,
    ClassWeights.Kind classWeights,
    double hardShare,
    double auxiliaryWeight,
    Optimiser.Kind optimiser,
    double learningRate,
    double momentum,
    boolean nesterov,
    double weightDecay,
    Map<String, GroupSettings> groups,
    double warmUpEpochs,
    double power,
    double clipNorm,
    int evaluateEvery,
    long seed,
    double minutes,
    int threads,
    ScheduleKind schedule,
    int stepEpochs,
    double stepFactor,
    Optional<Distillation> distillation,
    DepthRecipe depth,
    double ema) {
  /** What was added later, as it reads where it is not used: digests are as they were before. */
  private static final String UNUSED =
      ", schedule=POLY, stepEpochs=10, stepFactor=0.1, distillation=Optional.empty";

  private static final String UNUSED_DEPTH = ", depth=" + DepthRecipe.defaults();
  private static final String UNUSED_EMA = ", ema=0.0";

  /** How the learning rate falls. */
  public enum ScheduleKind {
    /** (1 − progress)^power, at every step. */
    POLY,
    /** To {@code stepFactor} of it every {@code stepEpochs} epochs. */
    STEP,
    /** To a half of it after three and again after four fifths of the training. */
    HALVING
  }

  public TrainingRecipe {
    Objects.requireNonNull(classWeights, "classWeights");
    Objects.requireNonNull(optimiser, "optimiser");
    Objects.requireNonNull(schedule, "schedule");
    Objects.requireNonNull(distillation, "distillation");
    Objects.requireNonNull(depth, "depth");
    groups = Collections.unmodifiableMap(new TreeMap<>(groups));
    atLeast("epochs", epochs, 1);
    atLeast("batch", batch, 1);
    atLeast("cropHeight", cropHeight, 1);
    atLeast("cropWidth", cropWidth, 1);
    atLeast("minScale", minScale, 0.1);
    atLeast("maxScale", maxScale, minScale);
    atLeast("colour", colour, 0);
    atLeast("auxiliaryWeight", auxiliaryWeight, 0);
    atLeast("learningRate", learningRate, 0);
    atLeast("momentum", momentum, 0);
    atLeast("weightDecay", weightDecay, 0);
    atLeast("warmUpEpochs", warmUpEpochs, 0);
    atLeast("power", power, 0);
    atLeast("clipNorm", clipNorm, 0);
    atLeast("evaluateEvery", evaluateEvery, 1);
    atLeast("minutes", minutes, 0);
    atLeast("threads", threads, 1);
    atLeast("stepEpochs", stepEpochs, 1);
    atLeast("stepFactor", stepFactor, 0);
    if (!(hardShare > 0 && hardShare <= 1)) {
      throw new IllegalArgumentException(
          "training recipe: hardShare is " + hardShare + ", expected above 0 to 1");
    }
    if (!(ema >= 0 && ema < 1)) {
      throw new IllegalArgumentException(
          "training recipe: ema is " + Numbers.text(ema) + ", expected 0 to below 1");
    }
    if (colour > 1) {
      throw new IllegalArgumentException(
          "training recipe: colour is " + colour + ", expected 0 to 1");
    }
  }

  /** 100 epochs of 8 crops of 360×480 with AdamW at 1e-3 and the customary augmentation. */
  public static TrainingRecipe defaults() {
    return new TrainingRecipe(
        100,
        8,
        360,
        480,
        0.5,
        2,
        true,
        0.3,
        ClassWeights.Kind.ENET,
        1,
        0.4,
        Optimiser.Kind.ADAMW,
        1e-3,
        0.9,
        false,
        1e-2,
        Map.of(),
        1,
        0.9,
        0,
        5,
        1,
        0,
        Runtime.getRuntime().availableProcessors(),
        ScheduleKind.POLY,
        10,
        0.1,
        Optional.empty(),
        DepthRecipe.defaults(),
        0);
  }

  /** The same as it is usual for a task. */
  public TrainingRecipe forTask(Task task) {
    return switch (task) {
      case SEGMENTATION -> this;
      case DEPTH -> forDepth();
    };
  }

  /**
   * The same for depth: nothing is scaled, since that would change metres, no class weighs more,
   * and colours are changed as monodepth was trained.
   */
  public TrainingRecipe forDepth() {
    return withScale(1, 1)
        .withClassWeights(ClassWeights.Kind.NONE)
        .withDepth(depth.withColouring(DepthRecipe.Colouring.MONODEPTH));
  }

  /** How a group is trained. */
  public GroupSettings group(String name) {
    GroupSettings given = groups.get(name);
    return given == null ? GroupSettings.usual(name) : given;
  }

  /**
   * A digest of what decides the result: all but {@code minutes} and {@code threads}, SHA-256 in
   * hexadecimal.
   */
  public String digest() {
    return Digests.of(withMinutes(0).withThreads(1).text().replace(UNUSED, ""));
  }

  /** All of it in one line; of depth and averages where something is said of them. */
  public String text() {
    return toString().replace(UNUSED_EMA, "").replace(UNUSED_DEPTH, "");
  }

  static void atLeast(String what, double found, double least) {
    if (!(found >= least) || Double.isInfinite(found)) {
      String range = Numbers.text(found) + ", expected at least " + Numbers.text(least);
      throw new IllegalArgumentException("training recipe: " + what + " is " + range);
    }
  }

  public TrainingRecipe withEpochs(int newEpochs) {
    return changed(d -> d.epochs = newEpochs);
  }

  public TrainingRecipe withBatch(int newBatch) {
    return changed(d -> d.batch = newBatch);
  }

  public TrainingRecipe withCrop(int newCropHeight, int newCropWidth) {
    return changed(
        d -> {
          d.cropHeight = newCropHeight;
          d.cropWidth = newCropWidth;
        });
  }

  public TrainingRecipe withScale(double newMinScale, double newMaxScale) {
    return changed(
        d -> {
          d.minScale = newMinScale;
          d.maxScale = newMaxScale;
        });
  }

  public TrainingRecipe withFlip(boolean newFlip) {
    return changed(d -> d.flip = newFlip);
  }

  public TrainingRecipe withColour(double newColour) {
    return changed(d -> d.colour = newColour);
  }

  public TrainingRecipe withClassWeights(ClassWeights.Kind newClassWeights) {
    return changed(d -> d.classWeights = newClassWeights);
  }

  public TrainingRecipe withHardShare(double newHardShare) {
    return changed(d -> d.hardShare = newHardShare);
  }

  public TrainingRecipe withAuxiliaryWeight(double newAuxiliaryWeight) {
    return changed(d -> d.auxiliaryWeight = newAuxiliaryWeight);
  }

  public TrainingRecipe withOptimiser(Optimiser.Kind newOptimiser) {
    return changed(d -> d.optimiser = newOptimiser);
  }

  public TrainingRecipe withLearningRate(double newLearningRate) {
    return changed(d -> d.learningRate = newLearningRate);
  }

  public TrainingRecipe withMomentum(double newMomentum) {
    return changed(d -> d.momentum = newMomentum);
  }

  public TrainingRecipe withNesterov(boolean newNesterov) {
    return changed(d -> d.nesterov = newNesterov);
  }

  public TrainingRecipe withWeightDecay(double newWeightDecay) {
    return changed(d -> d.weightDecay = newWeightDecay);
  }

  public TrainingRecipe withGroups(Map<String, GroupSettings> newGroups) {
    return changed(d -> d.groups = newGroups);
  }

  public TrainingRecipe withWarmUpEpochs(double newWarmUpEpochs) {
    return changed(d -> d.warmUpEpochs = newWarmUpEpochs);
  }

  public TrainingRecipe withPower(double newPower) {
    return changed(d -> d.power = newPower);
  }

  public TrainingRecipe withClipNorm(double newClipNorm) {
    return changed(d -> d.clipNorm = newClipNorm);
  }

  public TrainingRecipe withEvaluateEvery(int newEvaluateEvery) {
    return changed(d -> d.evaluateEvery = newEvaluateEvery);
  }

  public TrainingRecipe withSeed(long newSeed) {
    return changed(d -> d.seed = newSeed);
  }

  public TrainingRecipe withMinutes(double newMinutes) {
    return changed(d -> d.minutes = newMinutes);
  }

  public TrainingRecipe withThreads(int newThreads) {
    return changed(d -> d.threads = newThreads);
  }

  public TrainingRecipe withSchedule(ScheduleKind newSchedule) {
    return changed(d -> d.schedule = newSchedule);
  }

  public TrainingRecipe withStepEpochs(int newStepEpochs) {
    return changed(d -> d.stepEpochs = newStepEpochs);
  }

  public TrainingRecipe withStepFactor(double newStepFactor) {
    return changed(d -> d.stepFactor = newStepFactor);
  }

  public TrainingRecipe withDistillation(Optional<Distillation> newDistillation) {
    return changed(d -> d.distillation = newDistillation);
  }

  public TrainingRecipe withDepth(DepthRecipe newDepth) {
    return changed(d -> d.depth = newDepth);
  }

  public TrainingRecipe withEma(double newEma) {
    return changed(d -> d.ema = newEma);
  }

  private TrainingRecipe changed(Consumer<RecipeDraft> change) {
    RecipeDraft draft = new RecipeDraft(this);
    change.accept(draft);
    return draft.recipe();
  }
}
