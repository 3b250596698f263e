package io.drivemark.reports;

import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.Head;
import io.drivemark.architectures.head.HeadKind;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.Models;
import io.drivemark.architectures.pruning.gate.GateDesign;
import io.drivemark.architectures.pruning.gate.GateSite;
import io.drivemark.architectures.pruning.gate.GateSites;
import io.drivemark.architectures.pruning.gate.GatedNetwork;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.image.Preprocess;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * A gated network that nobody trained, made from a shipped one: its heads have random weights and
 * biases by which most units are live on every frame, some on half of the frames, few on none.
 */
public final class GatedScenes {
  private static final double ALWAYS = 0.65;
  private static final double NEVER = 0.1;

  private GatedScenes() {}

  /**
   * The network.
   *
   * @param parent without gates
   * @param frames of which some say what is half of the frames
   * @param constant whether its gates are the same for all frames
   */
  public static Model of(Model parent, Dataset frames, boolean constant) {
    ModelSpec.Size size = parent.spec().input().size().orElseThrow();
    List<GateSite> sites = GateSites.of(parent.network()).sites();
    GatedNetwork gated =
        GatedNetwork.attach(
            parent.network(),
            sites,
            new GateDesign(GateDesign.Pool.AVERAGE, GateDesign.Scaling.SOFTMAX, false, 1),
            Map.of());
    Random random = new Random(7);
    Map<String, Tensor> weights = new HashMap<>();
    for (GateSite site : sites) {
      Shape shape = gated.network().weights().get(GatedNetwork.weight(site)).tensor().shape();
      float[] values = new float[Math.toIntExact(shape.elements())];
      for (int i = 0; i < values.length; i++) {
        values[i] = constant ? 0 : 20 * (float) random.nextGaussian();
      }
      weights.put(GatedNetwork.weight(site), Tensor.of(shape, values));
    }
    Network drawn = gated.network().withTensors(weights);
    List<float[][]> logits = logits(drawn, sites, parent.spec(), frames, size);
    Map<String, Tensor> biases = new HashMap<>();
    for (int s = 0; s < sites.size(); s++) {
      Tensor before = drawn.weights().get(GatedNetwork.bias(sites.get(s))).tensor();
      float[] bias = before.floats();
      for (int unit = 0; unit < bias.length; unit++) {
        float[] seen = logits.get(s)[unit];
        double kind = random.nextDouble();
        bias[unit] -=
            kind < ALWAYS
                ? seen[0] - 1
                : kind < ALWAYS + NEVER ? seen[seen.length - 1] + 1 : seen[seen.length / 2];
      }
      biases.put(GatedNetwork.bias(sites.get(s)), Tensor.of(before.shape(), bias));
    }
    GatedNetwork made = GatedNetwork.of(drawn.withTensors(biases)).orElseThrow();
    return model(parent, made, made.head(), constant);
  }

  /** A shipped network at a size of its input. */
  public static Model shipped(String name, int height, int width) {
    Model model = Models.load(name);
    ModelSpec spec = model.spec();
    ModelSpec.InputSpec input = spec.input();
    return new Model(
        new ModelSpec(
            spec.name(),
            spec.architecture(),
            spec.options(),
            new ModelSpec.InputSpec(
                Optional.of(new ModelSpec.Size(height, width)),
                input.channels(),
                input.mean(),
                input.std()),
            spec.heads(),
            spec.variant(),
            spec.provenance(),
            spec.wiring()),
        model.network());
  }

  /** Of each site and unit the logits on frames, ascending. */
  private static List<float[][]> logits(
      Network network, List<GateSite> sites, ModelSpec spec, Dataset frames, ModelSpec.Size size) {
    int height = size.height();
    int width = size.width();
    Network tapped = network.withOutputs(sites.stream().map(GatedNetwork::logits).toList());
    int count = Math.min(8, frames.ids().size());
    List<float[][]> out = new ArrayList<>();
    sites.forEach(site -> out.add(new float[site.units()][count]));
    Preprocess preprocess =
        new Preprocess(
            spec.input().order(), spec.input().mean(), spec.input().std(), height, width);
    try (Session session =
        Engines.named("onnxruntime").open(tapped, height, width, new EngineOptions(1))) {
      FloatBuffer input = Session.buffer(session.inputShape());
      List<FloatBuffer> outputs = session.outputShapes().stream().map(Session::buffer).toList();
      for (int f = 0; f < count; f++) {
        RgbImage image = frames.frame(f * frames.ids().size() / count).sample().image();
        preprocess.into(image, input);
        session.run(input, outputs);
        for (int s = 0; s < sites.size(); s++) {
          for (int unit = 0; unit < sites.get(s).units(); unit++) {
            out.get(s)[unit][f] = outputs.get(s).get(unit);
          }
        }
      }
    }
    out.forEach(site -> Arrays.stream(site).forEach(Arrays::sort));
    return out;
  }

  private static Model model(Model parent, GatedNetwork gated, HeadKind gates, boolean constant) {
    ModelSpec spec = parent.spec();
    Map<String, String> facts = new TreeMap<>(spec.provenance());
    facts.put("gate-constant", Boolean.toString(constant));
    return new Model(
        new ModelSpec(
            spec.name() + (constant ? "-dynamic-constant" : "-dynamic-mass"),
            spec.architecture(),
            spec.options(),
            spec.input(),
            List.of(
                new Head(
                    Head.LABELS,
                    Optional.of(parent.outputs().get(0)),
                    spec.labelsHead().orElseThrow().kind()),
                new Head("gates", Optional.of(GatedNetwork.OUTPUT), gates)),
            new ModelSpec.Variant("dynamic", Optional.of(spec.name()), Optional.of("mass")),
            facts,
            spec.wiring()),
        gated.network());
  }
}
