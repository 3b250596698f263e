package io.drivemark.architectures.training;

import io.drivemark.architectures.engine.pytorch.Learner;
import io.drivemark.architectures.engine.pytorch.Loss;
import io.drivemark.architectures.engine.pytorch.LossInputs;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.FrameCache;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.Sample;
import io.drivemark.eval.metrics.ConfusionAccumulator;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.problem.Progress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Learning labels. On val logits are upsampled bilinearly to the truth's grid, then argmax; counts
 * are pooled. Not thread-safe.
 */
final class LabelTraining implements TaskTraining {
  private final List<String> outputs;
  private final Setting setting;
  private final FrameCache train;
  private final FrameCache val;
  private final NormalisedImage image;

  LabelTraining(List<String> outputs, Setting setting) {
    LearnableModel.requireClasses(
        setting.start(), outputs, setting.train(), setting.val(), setting.recipe());
    this.outputs = outputs;
    this.setting = setting;
    this.train = new FrameCache(setting.train(), FrameCache.partOfHeap(Trainer.HEAP_PARTS));
    this.val = new FrameCache(setting.val(), FrameCache.partOfHeap(Trainer.HEAP_PARTS));
    this.image = new NormalisedImage(setting.input());
  }

  @Override
  public ValFigure figure() {
    return ValFigure.MIOU;
  }

  @Override
  public Batches batches() {
    TrainingRecipe recipe = setting.recipe();
    return new Batches(
        train, new Augmentation(recipe, setting.input()), recipe, Batches.Truth.LABELS);
  }

  @Override
  public Loss loss(Progress progress) {
    TrainingRecipe recipe = setting.recipe();
    return Loss.ofLabels(
        outputs, weightOfEachOutput(progress), recipe.hardShare(), recipe.auxiliaryWeight());
  }

  /** Outputs beyond the classes are never right, so their weights weigh nothing. */
  private float[] weightOfEachOutput(Progress progress) {
    TrainingRecipe recipe = setting.recipe();
    int channels =
        setting
            .start()
            .shapesAt(recipe.cropHeight(), recipe.cropWidth())
            .get(setting.start().outputs().get(0))
            .channels();
    return Arrays.copyOf(classWeights(progress), channels);
  }

  private float[] classWeights(Progress progress) {
    Dataset labels = setting.train();
    ClassWeights weights = new ClassWeights(labels.labels().size());
    ClassWeights.Kind kind = setting.recipe().classWeights();
    if (kind != ClassWeights.Kind.NONE) {
      progress.begin("count classes of " + labels.name() + " " + labels.split(), train.count());
      for (int i = 0; i < train.count(); i++) {
        weights.add(train.load(i).truth().pixels());
        progress.step(i + 1L, "");
      }
      progress.end();
    }
    return weights.weights(kind);
  }

  @Override
  public LossInputs inputs(Batches.Batch batch) {
    return LossInputs.labels(batch.labels());
  }

  @Override
  public LabelScore evaluate(Learner learner) {
    ConfusionAccumulator counts = new ConfusionAccumulator(setting.val().labels());
    for (int i = 0; i < val.count(); i++) {
      Sample sample = val.load(i);
      LabelMap truth = sample.truth();
      image.set(sample.image());
      byte[] prediction = new byte[truth.pixels().length];
      learner.predict(
          image.values(), image.height(), image.width(), truth.height(), truth.width(), prediction);
      counts.add(truth.pixels(), prediction);
    }
    return new LabelScore(counts.matrix());
  }

  @Override
  public Optional<ValScore> score(long[][] numbers) {
    return Optional.of(new LabelScore(ConfusionMatrix.of(setting.train().labels(), numbers)));
  }
}
