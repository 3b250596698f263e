package io.drivemark.architectures.training;

import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.engine.pytorch.DepthError;
import io.drivemark.architectures.engine.pytorch.Learner;
import io.drivemark.architectures.engine.pytorch.Loss;
import io.drivemark.architectures.engine.pytorch.LossInputs;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.DepthHead;
import io.drivemark.architectures.head.HeadDecoder;
import io.drivemark.architectures.head.HeadSite;
import io.drivemark.architectures.model.ModelSpec.Size;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.Depth;
import io.drivemark.datasets.FrameCache;
import io.drivemark.datasets.Sample;
import io.drivemark.eval.metrics.depth.DepthScores;
import io.drivemark.problem.Progress;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Learning distances by the mean absolute difference of their natural logarithms, over the pixels
 * whose distance is known and within the head's range. On val the answer is decoded as in a study
 * and judged on the frame's grid. Not thread-safe.
 */
final class DepthTraining implements TaskTraining {
  private final DepthLearning learning;
  private final DepthHead head;
  private final Setting setting;
  private final Optional<Size> size;
  private final FrameCache train;
  private final FrameCache val;
  private final NormalisedImage image;

  DepthTraining(DepthLearning learning, Setting setting) {
    LearnableDepth.require(learning, setting);
    this.learning = learning;
    this.head = (DepthHead) learning.kind();
    this.setting = setting;
    this.size = DepthLearning.size(setting.input(), setting.recipe());
    this.train = cache(setting.train());
    this.val = cache(setting.val());
    this.image = new NormalisedImage(size.map(setting.input()::withSize).orElse(setting.input()));
  }

  private static FrameCache cache(Dataset split) {
    return new FrameCache(
        split, FrameCache.partOfHeap(Trainer.HEAP_PARTS), Set.of(FrameCache.Part.DEPTH));
  }

  @Override
  public ValFigure figure() {
    return ValFigure.ABS_REL;
  }

  @Override
  public Batches batches() {
    TrainingRecipe recipe = setting.recipe();
    return new Batches(
        train, new Augmentation(recipe, setting.input(), size), recipe, Batches.Truth.DEPTH);
  }

  @Override
  public Loss loss(Progress progress) {
    return DepthLoss.of(learning.output(), head);
  }

  @Override
  public LossInputs inputs(Batches.Batch batch) {
    return LossInputs.none().with(DepthError.TARGET, batch.depth());
  }

  @Override
  public DepthScore evaluate(Learner learner) {
    List<DepthScores> all = new ArrayList<>();
    for (int i = 0; i < val.count(); i++) {
      Sample sample = val.load(i);
      if (sample.depth().isPresent()) {
        image.set(sample.image());
        Depth prediction = answer(learner, sample.image().height(), sample.image().width());
        DepthScore.RULE.judge(sample.depth().get(), prediction).ifPresent(all::add);
      }
    }
    return new DepthScore(
        all.size(), all.isEmpty() ? Optional.empty() : Optional.of(DepthScores.mean(all)));
  }

  private Depth answer(Learner learner, int height, int width) {
    Shape shape = setting.start().shapesAt(image.height(), image.width()).get(learning.output());
    HeadSite.Extents extents = new HeadSite.Extents(image.height(), image.width());
    HeadDecoder<Depth> decoder =
        head.decoder(
            new HeadSite(
                "training of " + setting.start().name(),
                shape,
                extents,
                extents,
                Optional.empty()));
    FloatBuffer output = Session.buffer(decoder.buffer());
    learner.answer(image.values(), image.height(), image.width(), learning.output(), output);
    return decoder.decode(output, height, width, setting.recipe().threads());
  }

  @Override
  public Optional<ValScore> score(long[][] numbers) {
    return DepthScore.of(numbers).map(s -> s);
  }
}
