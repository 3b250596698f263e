package io.drivemark.architectures.training;

import io.drivemark.architectures.engine.pytorch.Learner;
import io.drivemark.architectures.engine.pytorch.Loss;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkDigest;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.datasets.Dataset;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * Trains a network on a split and keeps the weights that score best on another. After each epoch a
 * checkpoint holds everything; the same call goes on where it was and, on one thread, ends with the
 * same weights as if it had never stopped. Not thread-safe; one training, one instance.
 *
 * <p>Which bits these are is up to the processor, to PyTorch and to how this version writes
 * operators (PReLU, 1×1 and dilated convolutions, normalisation, upsampling and clipping are
 * written in forms that take less time and round differently). A checkpoint says nothing of these:
 * another version reads it and goes on, and the weights then differ from those of either version
 * alone as two seeds' do, by rounding that grew.
 *
 * <pre>{@code
 * TrainingResult result =
 *     Trainer.train(network, InputSpec.IMAGENET, train, val,
 *         TrainingRecipe.defaults().withEpochs(40), Path.of("enet.checkpoint"), Progress.NONE);
 * }</pre>
 */
public final class Trainer {
  /** Decoded frames of either split may take one of so many parts of the heap that is left. */
  static final int HEAP_PARTS = 3;

  private final Network start;
  private final Learning learning;
  private final TrainingRecipe recipe;
  private final Path file;
  private final Progress progress;
  private final Checkpoint.Subject subject;
  private final TaskTraining task;
  private final Optimisers optimisers;
  private final TimeBudget time;
  private final Consumer<TrainingPart> watch;

  private final List<EpochRecord> history = new ArrayList<>();
  private long steps;
  private int bestEpoch;
  private Optional<ValScore> bestScore = Optional.empty();
  private Map<String, float[]> best = Map.of();
  private Optional<WeightAverage> average = Optional.empty();

  /**
   * @param watch is told of each part of the training that is over
   */
  Trainer(
      Learning learning,
      TaskTraining.Setting setting,
      Path file,
      Progress progress,
      Consumer<TrainingPart> watch) {
    this.watch = watch;
    this.start = setting.start();
    this.learning = learning;
    this.recipe = setting.recipe();
    this.file = file;
    this.progress = progress;
    this.task = TaskTraining.of(learning.task(), setting);
    this.optimisers = new Optimisers(start, recipe);
    this.time = new TimeBudget(recipe.minutes());
    this.subject =
        new Checkpoint.Subject(
            NetworkDigest.of(start) + learning.digest(),
            recipe.digest(),
            setting.train().digest() + "/" + setting.val().digest() + "/" + setting.input());
  }

  /**
   * Trains for labels, or goes on with such a training.
   *
   * @param start structure and starting weights; outputs after the first are auxiliary heads, which
   *     learn if the recipe's auxiliary weight is above 0; channels of an output beyond the classes
   *     are void, as at evaluation
   * @param normalisation what the network is given, in training and evaluation
   * @param train frames to learn from
   * @param val frames to choose the best weights by
   * @param checkpoint file that holds the state after each epoch; beside it lies the history,
   *     {@code NAME.history.jsonl}, one JSON object an epoch
   * @param progress receives each step, with loss, the figure on val and time left
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
        start, Learning.ofLabels(start), normalisation, train, val, recipe, checkpoint, progress);
  }

  /**
   * As {@link #train}, for any task, and from what {@code learning} names besides the truth.
   *
   * @param learning what the network learns, and from what
   * @throws BadInputException as above; if the frames have no truth for the task, the recipe does
   *     not fit it, or the recipe distils and there is no parent of as many outputs
   */
  public static TrainingResult train(
      Network start,
      Learning learning,
      InputSpec normalisation,
      Dataset train,
      Dataset val,
      TrainingRecipe recipe,
      Path checkpoint,
      Progress progress) {
    if (recipe.distillation().isPresent() && learning.parent().isEmpty()) {
      throw new BadInputException(
          "training: the recipe distils, and there is no network to learn from; prune a model with"
              + " it, or leave distill out");
    }
    if (recipe.ema() > 0 && learning.shrinking().isPresent()) {
      throw new BadInputException(
          "training: ema averages weights, and while masks learn these are of ever smaller"
              + " networks; leave ema out");
    }
    Learning used = learning.from(learning.parent().filter(p -> recipe.distillation().isPresent()));
    TaskTraining.Setting setting =
        new TaskTraining.Setting(start, normalisation, train, val, recipe);
    return new Trainer(used, setting, checkpoint, progress, part -> {}).run();
  }

  static Shape batch(Network network, TrainingRecipe recipe) {
    return Shape.of(
        recipe.batch(),
        network.inputs().get(0).shape().channels(),
        recipe.cropHeight(),
        recipe.cropWidth());
  }

  TrainingResult run() {
    Shape batch = batch(start, recipe);
    try (Lessons lessons = Lessons.of(start, learning, task, recipe);
        Learner learner = learner(lessons, batch);
        Batches batches = task.batches()) {
      learner.afterForward(() -> watch.accept(TrainingPart.FORWARD));
      if (recipe.ema() > 0) {
        average = Optional.of(new WeightAverage(recipe.ema(), weights(learner)));
      }
      if (Files.exists(file)) {
        resume(learner);
      }
      time.begin();
      long total = (long) recipe.epochs() * batches.steps();
      lessons.resume(history, (double) steps / total);
      progress.begin("train " + start.name(), total);
      for (int epoch = history.size(); epoch < recipe.epochs() && !time.isUp(); epoch++) {
        epoch(learner, lessons, batches, epoch, total);
      }
      if (bestScore.isEmpty()) {
        evaluate(learner, history.size());
      }
      progress.end();
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    best.forEach(
        (name, values) ->
            tensors.put(name, Tensor.of(start.weights().get(name).tensor().shape(), values)));
    return new TrainingResult(
        start.withTensors(tensors), bestEpoch, bestScore.orElseThrow(), history);
  }

  private Learner learner(Lessons lessons, Shape batch) {
    Network network = lessons.network();
    Loss loss = lessons.loss(progress);
    return recipe.group(Weight.STATISTICS).rate() == 0
        ? Learner.withFixedStatistics(network, batch, loss, lessons::learns, recipe.threads())
        : new Learner(network, batch, loss, lessons::learns, recipe.threads());
  }

  private void epoch(Learner learner, Lessons lessons, Batches batches, int epoch, long total) {
    Schedule schedule = Schedule.of(recipe, batches.steps());
    double sum = 0;
    double rate = 0;
    int done = 0;
    while (done < batches.steps() && !time.isUp()) {
      Batches.Batch batch = batches.get(epoch, done);
      watch.accept(TrainingPart.DATA);
      rate = schedule.at(steps, time.over((double) steps / total));
      double loss = lessons.backward(learner, batch, epoch, done);
      watch.accept(TrainingPart.BACKWARD);
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
      Step step = Step.of(learner);
      lessons.gradients(learner, step.gradients());
      step.clippedTo(recipe.clipNorm(), recipe, optimisers)
          .take(recipe, optimisers, rate, epoch, steps);
      lessons.stepped(learner, steps, batches.steps(), total);
      average.ifPresent(a -> a.take(learner, steps));
      watch.accept(TrainingPart.OPTIMISER);
      sum += loss;
      done++;
      double left = time.seconds() / time.over((double) steps / total) - time.seconds();
      progress.step(
          steps,
          StepText.of(epoch, recipe.epochs(), sum / done, history, bestScore)
              + StepText.left(left));
    }
    boolean last = epoch + 1 == recipe.epochs() || time.isUp();
    OptionalDouble value = OptionalDouble.empty();
    if (last || (epoch + 1) % recipe.evaluateEvery() == 0) {
      value = evaluate(learner, epoch + 1);
    }
    double mean = done == 0 ? 0 : sum / done;
    history.add(
        new EpochRecord(
            epoch + 1,
            mean,
            task.figure(),
            value,
            rate,
            time.seconds(),
            lessons.progress(),
            lessons.masks(learner)));
    save(learner);
    watch.accept(TrainingPart.CHECKPOINT);
  }

  private OptionalDouble evaluate(Learner learner, int epoch) {
    return average.isPresent()
        ? average.get().inPlace(learner, () -> score(learner, epoch))
        : score(learner, epoch);
  }

  private OptionalDouble score(Learner learner, int epoch) {
    long from = System.nanoTime();
    ValScore score = task.evaluate(learner);
    watch.accept(TrainingPart.EVALUATION);
    time.keepBack(1.5 * (System.nanoTime() - from) / 1e9);
    if (learning.shrinking().isPresent()
        || bestScore.isEmpty()
        || task.figure().isBetter(score.value(), bestScore.get().value())) {
      bestEpoch = epoch;
      bestScore = Optional.of(score);
      best = weights(learner);
    }
    return score.value();
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
    Map<String, float[]> optimiser = new LinkedHashMap<>(optimisers.state());
    average.ifPresent(a -> optimiser.putAll(a.state()));
    new Checkpoint(
            subject,
            steps,
            time.seconds(),
            history,
            bestEpoch,
            bestScore.map(ValScore::numbers).orElse(new long[0][]),
            weights(learner),
            best,
            optimiser)
        .write(file);
  }

  private void resume(Learner learner) {
    Checkpoint checkpoint = Checkpoint.read(file, subject);
    checkpoint.requireWeights(file, weights(learner));
    checkpoint.weights().forEach(learner::setValues);
    Map<String, float[]> optimiser = new LinkedHashMap<>(checkpoint.optimiser());
    average.ifPresent(a -> a.restore(file, optimiser));
    optimisers.restore(optimiser);
    history.addAll(checkpoint.history());
    steps = checkpoint.steps();
    time.add(checkpoint.seconds());
    bestEpoch = checkpoint.bestEpoch();
    best = checkpoint.best();
    if (bestEpoch > 0) {
      bestScore =
          Optional.of(
              task.score(checkpoint.bestCounts())
                  .orElseThrow(
                      () ->
                          CheckpointReader.damaged(
                              file, "its score on val is none of " + task.figure().title(), null)));
    }
  }
}
