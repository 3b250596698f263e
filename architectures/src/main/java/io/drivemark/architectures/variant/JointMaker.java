package io.drivemark.architectures.variant;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.latency.LatencyMeter;
import io.drivemark.architectures.latency.MeasuredShare;
import io.drivemark.architectures.latency.PredictedLatency;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.pruning.Measure;
import io.drivemark.architectures.pruning.Quantity;
import io.drivemark.architectures.pruning.Technique;
import io.drivemark.architectures.pruning.mask.JointMasks;
import io.drivemark.architectures.pruning.mask.MaskFit;
import io.drivemark.architectures.pruning.mask.MaskPrices;
import io.drivemark.architectures.pruning.mask.MaskSites;
import io.drivemark.architectures.pruning.mask.Penalty;
import io.drivemark.architectures.training.Learning;
import io.drivemark.architectures.training.MaskLearning;
import io.drivemark.architectures.training.NetworkScore;
import io.drivemark.architectures.training.Trainer;
import io.drivemark.architectures.training.TrainingResult;
import io.drivemark.architectures.training.ValScore;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes a smaller model of a parent by masks that are learned together with its weights, in three
 * phases: {@link #start} lets masks learn, freezes them where they leave what is asked for, and
 * cuts; {@link #finish} tunes what is left. What {@link #start} gives answers as the network with
 * masks does; that is compared on frames before it is given. Not thread-safe.
 *
 * <p>Where a share is to remain, the factor of the penalty is steered during the first phase so
 * that the share falls in a straight line and is reached after three quarters of it; at its end the
 * masks with the largest parameters that fit are kept, which moves a few over the edge at most. Of
 * a latency the predicted one is steered, and the measured one decides in the end.
 */
public final class JointMaker {
  /** The fact that says with which penalty masks were learned. */
  public static final String PENALTY = "mask-penalty";

  /** The fact that has the penalty's factor in the last step. */
  public static final String LAMBDA = "mask-lambda";

  private static final int MEASURED = 5;
  private static final double CLOSE = 0.02;

  private final JointTask task;
  private final VariantMaker.Setting setting;
  private final Progress progress;
  private Quantity predicted;

  /** A way from a parent to a smaller model; nothing is done yet. */
  public JointMaker(JointTask task, VariantMaker.Setting setting, Progress progress) {
    this.task = task;
    this.setting = setting;
    this.progress = progress;
    setting.parent().requireOneHead("joint masks");
  }

  /**
   * Learns masks and leaves out what they switch off.
   *
   * @param checkpoint file that holds the state after each epoch; the same call goes on from it,
   *     and reads what is done already
   * @throws BadInputException if nothing can be masked, or even one filter a site leaves more than
   *     what is asked for; the message has the nearest that can
   */
  public Model start(Path checkpoint) {
    JointRequest request = task.request();
    return request.penalty().hasMasks()
        ? masked(checkpoint)
        : WeightControl.of(task, setting, checkpoint, progress);
  }

  /**
   * Refuses what cannot be reached, before anything is trained.
   *
   * @throws BadInputException as {@link #start}
   */
  public void requireReachable() {
    if (task.request().penalty().hasMasks()) {
      MaskLearning learning =
          learning(JointMasks.attach(setting.parent().network(), found().sites()));
      requireReachable(learning.masks(), learning);
    }
  }

  private MaskSites found() {
    JointRequest request = task.request();
    return MaskSites.of(
        setting.parent().network(), request.sites(), request.unit(), height(), width());
  }

  private MaskLearning learning(JointMasks masks) {
    JointRequest request = task.request();
    return new MaskLearning(
        masks, prices(masks), request.penalty() == Penalty.SIGMOID, pressure(request));
  }

  private Model masked(Path checkpoint) {
    JointRequest request = task.request();
    Network parent = setting.parent().network();
    MaskSites found = found();
    JointMasks masks = JointMasks.attach(parent, found.sites());
    MaskLearning learning = learning(masks);
    requireReachable(masks, learning);
    Learning all = FineTuning.learning(setting.parent()).from(Optional.of(parent)).with(learning);
    TrainingResult result =
        Trainer.train(
            masks.network(),
            all,
            setting.parent().spec().input(),
            setting.train(),
            setting.val(),
            task.learning(),
            checkpoint,
            progress);
    Map<String, String> facts = new TreeMap<>();
    Map<String, float[]> learned = masks.parameters(result.best());
    MaskFit fit =
        request
            .amount()
            .by(
                factor -> new MaskFit(learned, learning.kept(masks.live(learned)), 0),
                keep -> MaskFit.of(masks, learned, learning::kept, keep.share()),
                keep -> timed(masks, result.best(), learning, keep, facts));
    Network frozen = masks.with(result.best(), fit.parameters());
    Network cut = masks.hardened(frozen);
    SameAnswers.require(frozen, cut, setting.frames());
    facts.putAll(MaskFacts.of(masks, learning, fit, result, found));
    facts.putAll(FineTuning.facts(all, result, setting.train(), setting.val(), task.learning()));
    if (fit.moved() > 0) {
      facts.putAll(score(cut).facts()); // the training's are those of the masks before
    }
    facts.put("chosen-on", "nothing: the last epoch's");
    return described(cut, facts);
  }

  private ValScore score(Network cut) {
    return NetworkScore.of(
        cut,
        FineTuning.learning(setting.parent()),
        setting.parent().spec().input(),
        setting.train(),
        setting.val(),
        task.learning(),
        progress);
  }

  /** The network that was cut, with what is known of it. */
  private Model described(Network cut, Map<String, String> found) {
    return described(task, setting, cut, found);
  }

  static Model described(
      JointTask task, VariantMaker.Setting setting, Network cut, Map<String, String> found) {
    JointRequest request = task.request();
    ModelSpec from = setting.parent().spec();
    CalibrationSet frames = setting.frames();
    Network parent = setting.parent().network();
    double macs = Pruner.share(Measure.MACS, parent, cut, frames);
    Map<String, String> facts = new TreeMap<>(found);
    from.provenance().forEach((key, value) -> facts.put("parent." + key, value));
    facts.remove("parent." + LayerWidth.PARENT_LAYERS);
    facts.put(LayerWidth.PARENT_LAYERS, Pruner.layers(parent, frames));
    facts.put("parent-digest", setting.parentDigest());
    facts.put("prune-goal", request.goal() + " at " + frames.height() + "x" + frames.width());
    facts.put("prune-seed", Long.toString(request.seed()));
    facts.put("kept-macs", Double.toString(macs));
    facts.put("kept-params", Double.toString(Pruner.share(Measure.PARAMS, parent, cut, frames)));
    facts.put(PENALTY, request.penalty().key());
    facts.put("mask-epochs", Integer.toString(task.learning().epochs()));
    facts.put("tune-epochs", "0");
    String name =
        String.join(
            "-",
            from.name(),
            Technique.JOINT.key(),
            request.penalty().key(),
            Long.toString(Math.round(100 * macs)));
    return new Model(
        from.withName(name)
            .withVariant(
                new ModelSpec.Variant(
                    Technique.JOINT.key(), Optional.of(from.name()), Optional.empty()))
            .withProvenance(facts),
        cut);
  }

  /**
   * Tunes what {@link #start} gave in the epochs that are left, and makes it ready to be used.
   *
   * @param checkpoint another file than that of {@link #start}
   */
  public FineTuning.Finished finish(Model start, Path checkpoint) {
    int epochs = task.tuningEpochs();
    Map<String, String> facts = new TreeMap<>(start.spec().provenance());
    facts.put("tune-epochs", Integer.toString(epochs));
    return FineTuning.finish(
        new Model(start.spec().withProvenance(facts), start.network()),
        Optional.of(setting.parent()),
        setting.train(),
        setting.val(),
        epochs == 0 ? Optional.empty() : Optional.of(task.recipe().withEpochs(epochs)),
        checkpoint,
        progress);
  }

  private List<Double> prices(JointMasks masks) {
    return switch (task.request().penalty()) {
      case COUNT, SIGMOID -> MaskPrices.even(masks);
      case WIDTH -> MaskPrices.byWidth(masks);
      case PARAMS -> MaskPrices.of(masks, Measure.PARAMS, height(), width());
      case MACS -> MaskPrices.of(masks, Measure.MACS, height(), width());
      case LATENCY -> MaskPrices.of(masks, predicted(), height(), width());
      case L1_WEIGHTS -> throw new IllegalStateException("there are no masks");
    };
  }

  private MaskLearning.Pressure pressure(JointRequest request) {
    return request
        .amount()
        .<MaskLearning.Pressure>by(
            factor -> new MaskLearning.Fixed(factor.value()),
            keep -> new MaskLearning.Target(keep.measure(), keep.share(), height(), width()),
            keep -> new MaskLearning.Target(predicted(), keep.share(), height(), width()));
  }

  private void requireReachable(JointMasks masks, MaskLearning learning) {
    if (learning.pressure() instanceof MaskLearning.Target target) {
      double least = learning.kept(masks.least());
      if (least > target.share()) {
        throw new BadInputException(
            String.format(
                Locale.ROOT,
                "network %s cannot be masked to %s of its %s at %dx%d: with one mask a site %.4f"
                    + " remain (masks sit at %d of its layers); ask for %.4f or more, for smaller"
                    + " units, or for masks at all sites",
                masks.dense().name(),
                target.share(),
                target.quantity().key(),
                height(),
                width(),
                least,
                masks.sites().stream().mapToInt(s -> s.layers().size()).sum(),
                Math.ceil(least * 1e4) / 1e4));
      }
    }
  }

  /** Masks whose measured latency is at most the share: the predicted one is corrected by it. */
  private MaskFit timed(
      JointMasks masks,
      Network trained,
      MaskLearning learning,
      PruneRequest.KeepLatency keep,
      Map<String, String> facts) {
    LatencyMeter meter = GateLatencySearch.meter(setting.frames(), keep);
    Map<String, float[]> learned = masks.parameters(trained);
    MaskFit best = null;
    MeasuredShare reached = null;
    double wanted = keep.share();
    for (int i = 0; i < MEASURED; i++) {
      MaskFit fit = MaskFit.of(masks, learned, learning::kept, wanted);
      Network cut = masks.hardened(masks.with(trained, fit.parameters()));
      MeasuredShare share = meter.measure(masks.dense(), cut, progress);
      boolean fits = share.share() <= keep.share() + share.halfBand();
      boolean fitted = reached != null && reached.share() <= keep.share() + reached.halfBand();
      boolean better =
          reached == null
              || (fits == fitted
                  ? fits ? share.share() > reached.share() : share.share() < reached.share()
                  : fits);
      if (better) {
        best = fit;
        reached = share;
      }
      if (Math.abs(share.share() - keep.share()) <= CLOSE * keep.share()) {
        break;
      }
      wanted = Math.min(1, wanted * keep.share() / share.share());
    }
    facts.putAll(
        LatencyFacts.of(
            LatencyFacts.engine(keep.setup()),
            height() + "x" + width(),
            LatencyFacts.share(best.kept()),
            reached));
    return best;
  }

  private Quantity predicted() {
    if (predicted == null) {
      PruneRequest.KeepLatency keep = (PruneRequest.KeepLatency) task.request().amount();
      predicted =
          new LatencySearch.Predicted(
              PredictedLatency.of(
                  setting.parent().network(),
                  height(),
                  width(),
                  true,
                  setting.tables().open(keep.setup()),
                  progress));
    }
    return predicted;
  }

  private int height() {
    return setting.frames().height();
  }

  private int width() {
    return setting.frames().width();
  }
}
