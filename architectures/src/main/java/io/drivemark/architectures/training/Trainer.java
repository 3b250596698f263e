package io.drivemark.architectures.training;

import io.drivemark.architectures.engine.pytorch.Learner;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkDigest;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.FrameCache;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.Metrics;
import io.drivemark.files.Digests;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Trains a network on a split and keeps the weights that score best on another. After each epoch a
 * checkpoint holds everything; the same call goes on where it was and, on one thread, ends with the
 * same weights as if it had never stopped. Not thread-safe; one training, one instance.
 *
 * <pre>{@code
 * TrainingResult result =
 *     Trainer.train(network, InputSpec.IMAGENET, train, val,
 *         TrainingRecipe.defaults().withEpochs(40), Path.of("enet.checkpoint"), Progress.NONE);
 * }</pre>
 */
public final class Trainer {
  /** Decoded frames of either split may take one of so many parts of the heap that is left. */
  private static final int HEAP_PARTS = 3;

  private final Network start;
  private final Optional<Network> parent;
  private final Optional<GateLearning> gates;
  private final Dataset train;
  private final TrainingRecipe recipe;
  private final Path file;
  private final Progress progress;
  private final Checkpoint.Subject subject;
  private final FrameCache trainFrames;
  private final Evaluation evaluation;
  private final Augmentation augmentation;
  private final Optimisers optimisers;
  private final TimeBudget time;

  private final List<EpochRecord> history = new ArrayList<>();
  private long steps;
  private int bestEpoch;
  private ConfusionMatrix bestCounts;
  private Map<String, float[]> best = Map.of();

  private Trainer(
      Network start,
      Optional<Network> parent,
      Optional<GateLearning> gates,
      InputSpec normalisation,
      Dataset train,
      Dataset val,
      TrainingRecipe recipe,
      Path file,
      Progress progress) {
    this.start = start;
    this.parent = parent;
    this.gates = gates;
    this.train = train;
    this.recipe = recipe;
    this.file = file;
    this.progress = progress;
    this.trainFrames = new FrameCache(train, FrameCache.partOfHeap(HEAP_PARTS));
    this.evaluation =
        new Evaluation(new FrameCache(val, FrameCache.partOfHeap(HEAP_PARTS)), normalisation);
    this.augmentation = new Augmentation(recipe, normalisation);
    this.optimisers = new Optimisers(start, recipe);
    this.time = new TimeBudget(recipe.minutes());
    this.subject =
        new Checkpoint.Subject(
            NetworkDigest.of(start)
                + parent.map(p -> " from " + NetworkDigest.of(p)).orElse("")
                + gates.map(g -> " gates " + Digests.of(g.toString())).orElse(""),
            recipe.digest(),
            train.digest() + "/" + val.digest() + "/" + normalisation);
  }

  /**
   * Trains, or goes on with a training.
   *
   * @param start structure and starting weights; outputs after the first are auxiliary heads, which
   *     learn if the recipe's auxiliary weight is above 0; channels of an output beyond the classes
   *     are void, as at evaluation
   * @param normalisation what the network is given, in training and evaluation
   * @param train frames to learn from
   * @param val frames to choose the best weights by
   * @param checkpoint file that holds the state after each epoch; beside it lies the history,
   *     {@code NAME.history.jsonl}, one JSON object an epoch
   * @param progress receives each step, with loss, val mIoU and time left
   * @throws BadInputException if the classes do not fit, the checkpoint is damaged or belongs to
   *     another training, or the loss is no longer a number
   */
  public static TrainingResult train(
      Network start,
      InputSpec normalisation,
      Dataset train,
      Dataset val,
      TrainingRecipe recipe,
      Path checkpoint,
      Progress progress) {
    return train(
        start,
        Optional.empty(),
        Optional.empty(),
        normalisation,
        train,
        val,
        recipe,
        checkpoint,
        progress);
  }

  /**
   * As {@link #train}, and where the recipe distils, from another network's logits besides the
   * labels; and the gates of a network besides.
   *
   * @param start as above; of a network with gates the outputs of labels are those that the gates
   *     name
   * @param parent what it learns from: as many outputs, the same normalisation; at inference
   * @param gates how its gates learn; their heads are of group {@value Weight#GATES}
   * @throws BadInputException as above, and if the parent has not as many outputs
   */
  public static TrainingResult train(
      Network start,
      Optional<Network> parent,
      Optional<GateLearning> gates,
      InputSpec normalisation,
      Dataset train,
      Dataset val,
      TrainingRecipe recipe,
      Path checkpoint,
      Progress progress) {
    if (recipe.distillation().isPresent() && parent.isEmpty()) {
      throw new BadInputException(
          "training: the recipe distils, and there is no network to learn from; prune a model with"
              + " it, or leave distill out");
    }
    List<String> labels = gates.map(GateLearning::labels).orElse(start.outputs());
    LearnableModel.requireClasses(start, labels, train, val, recipe);
    Optional<Network> teacher = parent.filter(p -> recipe.distillation().isPresent());
    return new Trainer(
            start, teacher, gates, normalisation, train, val, recipe, checkpoint, progress)
        .run();
  }

  private TrainingResult run() {
    Shape batch =
        Shape.of(
            recipe.batch(),
            start.inputs().get(0).shape().channels(),
            recipe.cropHeight(),
            recipe.cropWidth());
    try (Lessons lessons = Lessons.of(start, parent, gates, recipe);
        Learner learner =
            new Learner(
                lessons.network(),
                batch,
                lessons.loss(weightOfEachOutput()),
                lessons::learns,
                recipe.threads());
        Batches batches = new Batches(trainFrames, augmentation, recipe)) {
      if (Files.exists(file)) {
        resume(learner);
      }
      time.begin();
      long total = (long) recipe.epochs() * batches.steps();
      progress.begin("train " + start.name(), total);
      for (int epoch = history.size(); epoch < recipe.epochs() && !time.isUp(); epoch++) {
        epoch(learner, lessons, batches, epoch, total);
      }
      if (bestCounts == null) {
        evaluate(learner, history.size());
      }
      progress.end();
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    best.forEach(
        (name, values) ->
            tensors.put(name, Tensor.of(start.weights().get(name).tensor().shape(), values)));
    return new TrainingResult(start.withTensors(tensors), bestEpoch, bestCounts, history);
  }

  private float[] classWeights() {
    ClassWeights weights = new ClassWeights(train.labels().size());
    if (recipe.classWeights() != ClassWeights.Kind.NONE) {
      progress.begin("count classes of " + train.name() + " " + train.split(), trainFrames.count());
      for (int i = 0; i < trainFrames.count(); i++) {
        weights.add(trainFrames.load(i).truth().pixels());
        progress.step(i + 1L, "");
      }
      progress.end();
    }
    return weights.weights(recipe.classWeights());
  }

  /** Outputs beyond the classes are never right, so their weights weigh nothing. */
  private float[] weightOfEachOutput() {
    int outputs =
        start
            .shapesAt(recipe.cropHeight(), recipe.cropWidth())
            .get(start.outputs().get(0))
            .channels();
    return Arrays.copyOf(classWeights(), outputs);
  }

  private void epoch(Learner learner, Lessons lessons, Batches batches, int epoch, long total) {
    Schedule schedule = Schedule.of(recipe, batches.steps());
    double sum = 0;
    double rate = 0;
    int done = 0;
    while (done < batches.steps() && !time.isUp()) {
      Batches.Batch batch = batches.get(epoch, done);
      rate = schedule.at(steps, time.over((double) steps / total));
      double loss = lessons.backward(learner, batch, epoch, done);
      if (!Double.isFinite(loss)) {
        throw new BadInputException(
            "training of "
                + start.name()
                + " diverged: the loss is "
                + loss
                + " in epoch "
                + (epoch + 1)
                + ", step "
                + (done + 1)
                + "; lower the learning rate ("
                + recipe.learningRate()
                + ") or clip gradients");
      }
      steps++;
      Step.of(learner)
          .clippedTo(recipe.clipNorm(), recipe, optimisers)
          .take(recipe, optimisers, rate, epoch, steps);
      sum += loss;
      done++;
      progress.step(steps, detail(epoch, sum / done, (double) steps / total));
    }
    boolean last = epoch + 1 == recipe.epochs() || time.isUp();
    OptionalDouble miou = OptionalDouble.empty();
    if (last || (epoch + 1) % recipe.evaluateEvery() == 0) {
      miou = evaluate(learner, epoch + 1);
    }
    double mean = done == 0 ? 0 : sum / done;
    history.add(new EpochRecord(epoch + 1, mean, miou, rate, time.seconds(), lessons.progress()));
    save(learner);
  }

  private OptionalDouble evaluate(Learner learner, int epoch) {
    long from = System.nanoTime();
    ConfusionMatrix counts = evaluation.run(learner);
    time.keepBack(1.5 * (System.nanoTime() - from) / 1e9);
    OptionalDouble miou = Metrics.miou(counts).value();
    double before = bestCounts == null ? -1 : Metrics.miou(bestCounts).value().orElse(-1);
    if (bestCounts == null || miou.orElse(-1) > before) {
      bestEpoch = epoch;
      bestCounts = counts;
      best = weights(learner);
    }
    return miou;
  }

  private Map<String, float[]> weights(Learner learner) {
    Map<String, float[]> weights = new LinkedHashMap<>();
    for (Weight weight : start.weights().values()) {
      if (weight.role() != Weight.Role.CONSTANT) {
        float[] values = new float[learner.size(weight.name())];
        learner.values(weight.name(), values);
        weights.put(weight.name(), values);
      }
    }
    return weights;
  }

  private void save(Learner learner) {
    new Checkpoint(
            subject,
            steps,
            time.seconds(),
            history,
            bestEpoch,
            bestCounts == null ? new long[0][] : bestCounts.allCounts(),
            weights(learner),
            best,
            optimisers.state())
        .write(file);
  }

  private void resume(Learner learner) {
    Checkpoint checkpoint = Checkpoint.read(file, subject);
    checkpoint.requireWeights(file, weights(learner));
    checkpoint.weights().forEach(learner::setValues);
    optimisers.restore(checkpoint.optimiser());
    history.addAll(checkpoint.history());
    steps = checkpoint.steps();
    time.add(checkpoint.seconds());
    bestEpoch = checkpoint.bestEpoch();
    best = checkpoint.best();
    if (bestEpoch > 0) {
      bestCounts = ConfusionMatrix.of(train.labels(), checkpoint.bestCounts());
    }
  }

  private String detail(int epoch, double loss, double share) {
    double left = time.seconds() / time.over(share) - time.seconds();
    String val =
        bestCounts == null
            ? ""
            : String.format(
                Locale.ROOT,
                ", val mIoU %.4f (best %.4f)",
                history.stream()
                    .filter(e -> e.miou().isPresent())
                    .reduce((a, b) -> b)
                    .map(e -> e.miou().getAsDouble())
                    .orElse(0.0),
                Metrics.miou(bestCounts).value().orElse(0));
    String live =
        history.isEmpty()
            ? ""
            : history.get(history.size() - 1).gates().map(g -> ", gates " + g).orElse("");
    return String.format(
        Locale.ROOT,
        "epoch %d/%d, loss %.4f%s%s, %d min left",
        epoch + 1,
        recipe.epochs(),
        loss,
        val,
        live,
        Math.round(left / 60));
  }
}
