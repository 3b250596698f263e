package io.drivemark.architectures.training;

import java.util.Map;
import java.util.Optional;

/** A recipe's fields, open to change; {@link #recipe()} checks them. Not thread-safe. */
final class RecipeDraft {
  int epochs;
  int batch;
  int cropHeight;
  int cropWidth;
  double minScale;
  double maxScale;
  boolean flip;
  double colour;
  ClassWeights.Kind classWeights;
  double hardShare;
  double auxiliaryWeight;
  Optimiser.Kind optimiser;
  double learningRate;
  double momentum;
  boolean nesterov;
  double weightDecay;
  Map<String, GroupSettings> groups;
  double warmUpEpochs;
  double power;
  double clipNorm;
  int evaluateEvery;
  long seed;
  double minutes;
  int threads;
  TrainingRecipe.ScheduleKind schedule;
  int stepEpochs;
  double stepFactor;
  Optional<Distillation> distillation;
  DepthRecipe depth;
  double ema;

  RecipeDraft(TrainingRecipe from) {
    epochs = from.epochs();
    batch = from.batch();
    cropHeight = from.cropHeight();
    cropWidth = from.cropWidth();
    minScale = from.minScale();
    maxScale = from.maxScale();
    flip = from.flip();
    colour = from.colour();
    classWeights = from.classWeights();
    hardShare = from.hardShare();
    auxiliaryWeight = from.auxiliaryWeight();
    optimiser = from.optimiser();
    learningRate = from.learningRate();
    momentum = from.momentum();
    nesterov = from.nesterov();
    weightDecay = from.weightDecay();
    groups = from.groups();
    warmUpEpochs = from.warmUpEpochs();
    power = from.power();
    clipNorm = from.clipNorm();
    evaluateEvery = from.evaluateEvery();
    seed = from.seed();
    minutes = from.minutes();
    threads = from.threads();
    schedule = from.schedule();
    stepEpochs = from.stepEpochs();
    stepFactor = from.stepFactor();
    distillation = from.distillation();
    depth = from.depth();
    ema = from.ema();
  }

  TrainingRecipe recipe() {
    return new TrainingRecipe(
        epochs,
        batch,
        cropHeight,
        cropWidth,
        minScale,
        maxScale,
        flip,
        colour,
        classWeights,
        hardShare,
        auxiliaryWeight,
        optimiser,
        learningRate,
        momentum,
        nesterov,
        weightDecay,
        groups,
        warmUpEpochs,
        power,
        clipNorm,
        evaluateEvery,
        seed,
        minutes,
        threads,
        schedule,
        stepEpochs,
        stepFactor,
        distillation,
        depth,
        ema);
  }
}
