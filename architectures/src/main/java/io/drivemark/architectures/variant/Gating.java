package io.drivemark.architectures.variant;

import io.drivemark.architectures.engine.pytorch.GateError;
import io.drivemark.architectures.engine.pytorch.GateError.Rule;
import io.drivemark.architectures.engine.pytorch.GateError.Site;
import io.drivemark.architectures.head.GatesHead;
import io.drivemark.architectures.head.Head;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.Models;
import io.drivemark.architectures.pruning.Technique;
import io.drivemark.architectures.pruning.gate.GateCriteria;
import io.drivemark.architectures.pruning.gate.GateDesign;
import io.drivemark.architectures.pruning.gate.GateSite;
import io.drivemark.architectures.pruning.gate.GateTarget;
import io.drivemark.architectures.pruning.gate.GatedNetwork;
import io.drivemark.architectures.pruning.gate.MassTarget;
import io.drivemark.architectures.pruning.gate.Standardisation;
import io.drivemark.architectures.pruning.gate.UniformTarget;
import io.drivemark.architectures.training.GateLearning;
import io.drivemark.config.Numbers;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Makes a dynamic model of a model: puts heads and gates into it, all live, so that it answers as
 * its parent until it is trained by {@link FineTuning}; and says of a dynamic model what its gates
 * learn. Stateless.
 *
 * <p>A dynamic model says in its facts what its gates are to learn ({@value #TARGET}, {@value
 * #RATIO}, {@value #CONSTANT}), so that a training of its file goes on with the same.
 */
public final class Gating {
  /** The fact that names the rule that says which units matter. */
  public static final String TARGET = "gate-target";

  /** The fact that has the rule's number. */
  public static final String RATIO = "gate-ratio";

  /** The fact that says what one gate switches. */
  public static final String UNIT = "gate-unit";

  /** The fact that says what the heads are. */
  public static final String HEAD = "gate-head";

  /** The fact that says whether gates and network are trained apart. */
  public static final String MODE = "gate-mode";

  /** The fact that says whether masks are the same for all frames. */
  public static final String CONSTANT = "gate-constant";

  /** The fact that has the live units of a constant mask, of each site in hexadecimal digits. */
  public static final String MASK = "gate-mask";

  private Gating() {}

  /**
   * A dynamic model, not trained yet. With a request for constant masks its heads are reduced to
   * their biases, which make those units live that the target makes live most often.
   *
   * @param parent without gates, that answers with labels alone
   * @param sites of its network
   * @param request whose ratio is known
   * @param frames that what heads read is standardised by, and that constant masks are counted on
   * @param threads of the operators
   * @return called as the parent, with the technique, the target and the ratio behind it
   * @throws BadInputException if there is no site
   */
  public static Model attach(
      Model parent,
      List<GateSite> sites,
      GateRequest request,
      CalibrationSet frames,
      int threads,
      Progress progress) {
    parent.requireLabelsAlone("dynamic pruning");
    double ratio =
        request
            .ratio()
            .orElseThrow(
                () -> new IllegalArgumentException("the ratio of " + request + " is open"));
    GateDesign design = design(request);
    Map<String, Standardisation> pooled =
        design.scaling() == GateDesign.Scaling.STANDARDISED
            ? PooledInputs.of(parent.network(), sites, design.pool(), frames, threads, progress)
            : Map.of();
    GatedNetwork gated = GatedNetwork.attach(parent.network(), sites, design, pooled);
    Map<String, String> facts = facts(parent, request, ratio, frames);
    if (request.constant()) {
      List<BitSet> mask =
          ConstantMasks.of(
              parent.network(), sites, request.target(ratio, 1), frames, threads, progress);
      gated = gated.constant(mask);
      facts.put(MASK, ConstantMasks.text(sites, mask));
    }
    ModelSpec from = parent.spec();
    Head labels = from.labelsHead().orElseThrow().at(gated.network().outputs().get(0));
    Head gates = new Head(GatesHead.TYPE, Optional.of(GatedNetwork.OUTPUT), gated.head());
    ModelSpec spec =
        from.withName(name(from.name(), request, ratio))
            .withHeads(List.of(labels, gates))
            .withVariant(
                new ModelSpec.Variant(
                    Technique.DYNAMIC.key(),
                    Optional.of(from.name()),
                    Optional.of(request.target())))
            .withProvenance(facts);
    return new Model(spec, gated.network());
  }

  private static String name(String parent, GateRequest request, double ratio) {
    return parent
        + "-"
        + Technique.DYNAMIC.key()
        + "-"
        + request.target()
        + "-ratio"
        + Math.round(100 * ratio)
        + (request.constant() ? "-constant" : "");
  }

  private static Map<String, String> facts(
      Model parent, GateRequest request, double ratio, CalibrationSet frames) {
    Map<String, String> facts = new TreeMap<>();
    parent.spec().provenance().forEach((key, value) -> facts.put("parent." + key, value));
    facts.put("parent-digest", Models.digest(parent));
    facts.put(TARGET, request.target());
    facts.put(RATIO, Double.toString(ratio));
    facts.put(UNIT, request.unit().toString());
    facts.put(HEAD, request.head().key());
    facts.put(MODE, request.mode().key());
    facts.put(CONSTANT, Boolean.toString(request.constant()));
    facts.put("gate-seed", Long.toString(request.seed()));
    facts.put("calibrated-on", frames.toString());
    return facts;
  }

  private static GateDesign design(GateRequest request) {
    boolean joint = request.mode() == GateRequest.Mode.JOINT;
    return switch (request.head()) {
      case PUBLISHED_MAX ->
          new GateDesign(GateDesign.Pool.MAX, GateDesign.Scaling.SOFTMAX, joint, request.seed());
      case PUBLISHED_AVERAGE ->
          new GateDesign(
              GateDesign.Pool.AVERAGE, GateDesign.Scaling.SOFTMAX, joint, request.seed());
      case STANDARDISED ->
          new GateDesign(
              GateDesign.Pool.AVERAGE, GateDesign.Scaling.STANDARDISED, joint, request.seed());
    };
  }

  /** The facts of a dynamic model that say what its gates are and learn; empty of others. */
  public static Map<String, String> facts(ModelSpec spec) {
    Map<String, String> facts = new TreeMap<>();
    for (String key : List.of(TARGET, RATIO, UNIT, HEAD, MODE, CONSTANT, MASK)) {
      Optional.ofNullable(spec.provenance().get(key)).ifPresent(value -> facts.put(key, value));
    }
    return facts;
  }

  /**
   * What the gates of a model learn.
   *
   * @return empty if it has none; without a loss of gates if its masks are constant
   * @throws BadInputException if it has gates, and does not say what they learn
   */
  public static Optional<GateLearning> learning(Model model) {
    return GatedNetwork.of(model.network()).map(gated -> learning(model.spec(), gated));
  }

  private static GateLearning learning(ModelSpec spec, GatedNetwork gated) {
    List<String> labels =
        gated.network().outputs().stream().filter(o -> !o.equals(GatedNetwork.OUTPUT)).toList();
    if (isConstant(spec)) {
      return new GateLearning(Optional.empty(), labels);
    }
    return new GateLearning(
        Optional.of(
            GateError.of(
                sites(gated), rule(fact(spec, TARGET) + " " + fact(spec, RATIO), target(spec)))),
        labels);
  }

  /** Whether a model's masks are the same for all frames. */
  static boolean isConstant(ModelSpec spec) {
    return Boolean.parseBoolean(spec.provenance().get(CONSTANT));
  }

  /**
   * The target of a dynamic model's gates, for responses of whole units.
   *
   * @throws BadInputException if the model does not say what they learn
   */
  static GateTarget target(ModelSpec spec) {
    double ratio =
        Numbers.real(fact(spec, RATIO))
            .orElseThrow(() -> silent(spec, RATIO + " is " + fact(spec, RATIO) + ", no number"));
    return GateCriteria.named(fact(spec, TARGET)).target(ratio, 1);
  }

  private static String fact(ModelSpec spec, String key) {
    String value = spec.provenance().get(key);
    if (value == null) {
      throw silent(spec, "it has no " + key);
    }
    return value;
  }

  private static BadInputException silent(ModelSpec spec, String what) {
    return new BadInputException(
        "model "
            + spec.name()
            + " has gates, and its file does not say what they are to learn: "
            + what
            + "; add "
            + Stream.of(TARGET + ": mass", RATIO + ": 0.85").toList()
            + " to its provenance");
  }

  /** The sites of a loss, by the names of their values in the gated network. */
  private static List<Site> sites(GatedNetwork gated) {
    List<Site> all = new ArrayList<>();
    for (GateSite site : gated.sites()) {
      all.add(
          switch (site.kind()) {
            case FILTERS ->
                Site.ofFilters(
                    site.name(), GatedNetwork.logits(site), site.tap(), site.unitOfChannel());
            case LAYERS ->
                Site.ofResidual(
                    site.name(), GatedNetwork.logits(site), gated.input(site), site.tap());
          });
    }
    return all;
  }

  /** The rule of a loss: the standard targets are part of its script, others stay in Java. */
  static Rule rule(String name, GateTarget target) {
    if (target instanceof MassTarget mass) {
      return new GateError.Mass(mass.ratio());
    }
    if (target instanceof UniformTarget uniform) {
      return new GateError.Uniform(uniform.dropRatio());
    }
    return new GateError.Chosen(name, target::live);
  }
}
