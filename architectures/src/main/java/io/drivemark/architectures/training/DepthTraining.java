package io.drivemark.architectures.training;

import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.engine.pytorch.DepthError;
import io.drivemark.architectures.engine.pytorch.Learner;
import io.drivemark.architectures.engine.pytorch.Loss;
import io.drivemark.architectures.engine.pytorch.LossInputs;
import io.drivemark.architectures.engine.pytorch.PhotometricError;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.HeadDecoder;
import io.drivemark.architectures.head.HeadSite;
import io.drivemark.architectures.model.ModelSpec.Size;
import io.drivemark.datasets.CameraPair;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.Depth;
import io.drivemark.datasets.FrameCache;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.Sample;
import io.drivemark.eval.metrics.depth.DepthScores;
import io.drivemark.problem.Progress;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Learning distances: by the mean absolute difference of their natural logarithms, or disparities
 * by pairs of photographs. On val the answer is decoded as in a study and judged on the frame's
 * grid. Not thread-safe.
 */
final class DepthTraining implements TaskTraining {
  private final DepthLearning learning;
  private final Setting setting;
  private final boolean pairs;
  private final Optional<Size> size;
  private final FrameCache train;
  private final FrameCache val;
  private final Cameras trainCameras;
  private final Cameras valCameras;
  private final NormalisedImage image;

  DepthTraining(DepthLearning learning, Setting setting) {
    LearnableDepth.require(learning, setting);
    this.learning = learning;
    this.setting = setting;
    this.pairs = learning.error(setting.train(), setting.recipe()) == DepthRecipe.Error.STEREO;
    this.size = learning.size(setting.input(), setting.recipe());
    this.train = cache(setting.train(), pairs ? FrameCache.Part.RIGHT : FrameCache.Part.DEPTH);
    this.val = cache(setting.val(), FrameCache.Part.DEPTH);
    this.trainCameras = new Cameras(setting.train());
    this.valCameras = new Cameras(setting.val());
    this.image = new NormalisedImage(size.map(setting.input()::withSize).orElse(setting.input()));
  }

  /** The cameras of a split's frames, each asked for once. */
  private static final class Cameras {
    private final Dataset split;
    private final List<Optional<CameraPair>> known;

    Cameras(Dataset split) {
      this.split = split;
      this.known = new ArrayList<>(Collections.nCopies(split.ids().size(), null));
    }

    synchronized Optional<CameraPair> of(int index) {
      if (known.get(index) == null) {
        known.set(index, split.frame(index).cameras());
      }
      return known.get(index);
    }
  }

  private static FrameCache cache(Dataset split, FrameCache.Part part) {
    return new FrameCache(split, FrameCache.partOfHeap(Trainer.HEAP_PARTS), Set.of(part));
  }

  @Override
  public ValFigure figure() {
    return ValFigure.ABS_REL;
  }

  @Override
  public Batches batches() {
    TrainingRecipe recipe = setting.recipe();
    Augmentation augmentation = new Augmentation(recipe, setting.input(), size);
    return pairs
        ? new Batches(train, augmentation, recipe, Batches.Truth.PAIRS)
        : Batches.ofDepth(train, augmentation, recipe, this::truth);
  }

  private Optional<float[]> truth(int index, Sample sample) {
    return sample
        .depth()
        .map(
            depth ->
                DepthLoss.truth(learning.kind(), sample.id(), depth, () -> trainCameras.of(index)));
  }

  @Override
  public Loss loss(Progress progress) {
    return pairs
        ? Loss.ofPairs(learning.outputs())
        : DepthLoss.of(learning.outputs(), learning.kind());
  }

  @Override
  public LossInputs inputs(Batches.Batch batch) {
    return pairs
        ? LossInputs.none()
            .with(PhotometricError.LEFT, batch.left())
            .with(PhotometricError.RIGHT, batch.right())
        : LossInputs.none().with(DepthError.TARGET, batch.depth());
  }

  @Override
  public DepthScore evaluate(Learner learner) {
    List<DepthScores> all = new ArrayList<>();
    for (int i = 0; i < val.count(); i++) {
      Sample sample = val.load(i);
      if (sample.depth().isPresent()) {
        image.set(sample.image());
        Depth prediction = answer(learner, i, sample.image());
        DepthScore.RULE.judge(sample.depth().get(), prediction).ifPresent(all::add);
      }
    }
    return new DepthScore(
        all.size(), all.isEmpty() ? Optional.empty() : Optional.of(DepthScores.mean(all)));
  }

  private Depth answer(Learner learner, int index, RgbImage frame) {
    String output = learning.output();
    Shape shape = setting.start().shapesAt(image.height(), image.width()).get(output);
    HeadSite.Extents extents = new HeadSite.Extents(image.height(), image.width());
    HeadDecoder<?> decoder =
        learning
            .kind()
            .decoder(
                new HeadSite(
                    "training of " + setting.start().name(),
                    shape,
                    extents,
                    extents,
                    Optional.empty()));
    FloatBuffer numbers = Session.buffer(decoder.buffer());
    learner.answer(image.values(), image.height(), image.width(), output, numbers);
    Optional<CameraPair> cameras = decoder.needsCameras() ? valCameras.of(index) : Optional.empty();
    return (Depth)
        decoder.decode(numbers, frame.height(), frame.width(), cameras, setting.recipe().threads());
  }

  @Override
  public Optional<ValScore> score(long[][] numbers) {
    return DepthScore.of(numbers).map(s -> s);
  }
}
