package io.drivemark.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/**
 * The options that say how a training is done, as texts: the library reads and checks them and has
 * the defaults.
 */
final class RecipeArguments {
  private final Map<String, String> given = new LinkedHashMap<>();

  /** What was given, by the recipe's own keys. */
  Map<String, String> given() {
    return given;
  }

  /**
   * The same with the times through the split, for which each command has an option of its own.
   *
   * @param epochs null where nothing was given
   */
  Map<String, String> given(String epochs) {
    Map<String, String> all = new LinkedHashMap<>();
    if (epochs != null) {
      all.put("epochs", epochs);
    }
    all.putAll(given);
    return all;
  }

  @Option(names = "--batch", paramLabel = "N", description = "Images a step (8).")
  void batch(String value) {
    given.put("batch", value);
  }

  @Option(names = "--crop", paramLabel = "HxW", description = "What the network sees (360x480).")
  void crop(String value) {
    given.put("crop", value);
  }

  @Option(
      names = "--resize",
      paramLabel = "HxW",
      description =
          "What each frame is brought to before it is cropped, and at which val is predicted; of"
              + " depth alone (the network's own size, else the frames').")
  void resize(String value) {
    given.put("resize", value);
  }

  @Option(
      names = "--loss",
      paramLabel = "KIND",
      description =
          "What a depth network learns from: depth, the distances; or stereo, the right photographs"
              + " (stereo for disparities of two views, else depth).")
  void loss(String value) {
    given.put("loss", value);
  }

  @Option(
      names = "--scale",
      paramLabel = "A-B",
      description = "Random scaling (0.5-2; of depth 1-1).")
  void scale(String value) {
    given.put("scale", value);
  }

  @Option(names = "--flip", paramLabel = "true|false", description = "Mirror half of them (true).")
  void flip(String value) {
    given.put("flip", value);
  }

  @Option(
      names = "--colour",
      paramLabel = "X",
      description =
          "Strength of colour changes, or monodepth for those it was published with (0.3; of depth"
              + " monodepth).")
  void colour(String value) {
    given.put("colour", value);
  }

  @Option(
      names = "--class-weights",
      paramLabel = "KIND",
      description = "none, enet, enet-mild or median-frequency (enet; of depth none).")
  void classWeights(String value) {
    given.put("class-weights", value);
  }

  @Option(
      names = "--hard-share",
      paramLabel = "X",
      description = "Share of pixels, the hardest, that count (1).")
  void hardShare(String value) {
    given.put("hard-share", value);
  }

  @Option(
      names = "--auxiliary-weight",
      paramLabel = "X",
      description = "Factor of auxiliary heads' losses (0.4).")
  void auxiliaryWeight(String value) {
    given.put("auxiliary-weight", value);
  }

  @Option(names = "--optimiser", paramLabel = "KIND", description = "adamw, adam or sgd (adamw).")
  void optimiser(String value) {
    given.put("optimiser", value);
  }

  @Option(names = "--learning-rate", paramLabel = "X", description = "The highest (0.001).")
  void learningRate(String value) {
    given.put("learning-rate", value);
  }

  @Option(names = "--momentum", paramLabel = "X", description = "Of SGD (0.9).")
  void momentum(String value) {
    given.put("momentum", value);
  }

  @Option(names = "--nesterov", paramLabel = "true|false", description = "SGD looks ahead (false).")
  void nesterov(String value) {
    given.put("nesterov", value);
  }

  @Option(names = "--weight-decay", paramLabel = "X", description = "Of kernels (0.01).")
  void weightDecay(String value) {
    given.put("weight-decay", value);
  }

  @Option(
      names = "--freeze",
      paramLabel = "GROUPS",
      description =
          "Parameter groups not trained: kernels, offsets, gates, masks; statistics, that"
              + " normalisation is by the running ones in training too, not by the batch.")
  void freeze(String value) {
    given.put("freeze", value);
  }

  @Option(
      names = "--gate-optimiser",
      paramLabel = "KIND@RATE",
      description =
          "What heads of gates learn by, at a constant rate; sgd@0.1 is published (adam@0.01).")
  void gateOptimiser(String value) {
    given.put("gate-optimiser", value);
  }

  @Option(
      names = "--gate-until",
      paramLabel = "X",
      description = "The share of the epochs in which they learn (0.5).")
  void gateUntil(String value) {
    given.put("gate-until", value);
  }

  @Option(names = "--warm-up-epochs", paramLabel = "X", description = "Rising rate (1).")
  void warmUpEpochs(String value) {
    given.put("warm-up-epochs", value);
  }

  @Option(
      names = "--schedule",
      paramLabel = "KIND",
      description =
          "How the rate falls: poly, step, or halving after 3/5 and after 4/5 of the training"
              + " (poly).")
  void schedule(String value) {
    given.put("schedule", value);
  }

  @Option(
      names = "--step-epochs",
      paramLabel = "N",
      description = "Epochs between steps of the step schedule (10).")
  void stepEpochs(String value) {
    given.put("step-epochs", value);
  }

  @Option(
      names = "--step-factor",
      paramLabel = "X",
      description = "What a step leaves of the rate (0.1).")
  void stepFactor(String value) {
    given.put("step-factor", value);
  }

  @Option(names = "--power", paramLabel = "X", description = "Of the poly schedule (0.9).")
  void power(String value) {
    given.put("power", value);
  }

  @Option(names = "--clip-norm", paramLabel = "X", description = "Clip gradients; 0 never (0).")
  void clipNorm(String value) {
    given.put("clip-norm", value);
  }

  @Option(
      names = "--ema",
      paramLabel = "X",
      description =
          "Judge and keep the exponential moving average of the weights, of this decay a step, for"
              + " example 0.999; 0 the weights themselves (0).")
  void ema(String value) {
    given.put("ema", value);
  }

  @Option(
      names = "--evaluate-every",
      paramLabel = "N",
      description = "Epochs between evaluations on val (5).")
  void evaluateEvery(String value) {
    given.put("evaluate-every", value);
  }

  @Option(names = "--seed", paramLabel = "S", description = "Weights, order, augmentation (1).")
  void seed(String value) {
    given.put("seed", value);
  }

  @Option(
      names = "--minutes",
      paramLabel = "X",
      description = "Finish the schedule within this time; 0 = no limit (0).")
  void minutes(String value) {
    given.put("minutes", value);
  }

  @Option(names = "--threads", paramLabel = "N", description = "Of the operators (all).")
  void threads(String value) {
    given.put("threads", value);
  }
}
