package io.drivemark.architectures.variant;

import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.engine.pytorch.DepthError;
import io.drivemark.architectures.engine.pytorch.Learner;
import io.drivemark.architectures.engine.pytorch.Loss;
import io.drivemark.architectures.engine.pytorch.LossInputs;
import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.graph.op.Elementwise;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.pruning.Criterion;
import io.drivemark.architectures.pruning.Importance;
import io.drivemark.architectures.pruning.LayerView;
import io.drivemark.architectures.pruning.ScoreSite;
import io.drivemark.architectures.training.DepthLoss;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Scores a network's filters by what some frames say: gradients of the task's loss (of labels the
 * mean cross entropy over the valid pixels, of depth the mean difference of logarithms over the
 * pixels whose distance is known and within the head's range), or the maps themselves.
 *
 * <p>The network is looked at as it is at inference and is not changed: nothing is learned. Every
 * frame gives one score a filter, and these are averaged. Operators run on one thread and sums are
 * taken over ascending numbers, so neither the order of the frames nor the number of processors
 * shows in any digit. Frames of whose pixels none counts say nothing and are left out. Stateless.
 */
public final class DataImportance {
  /** Values of maps that are held at one time; what is more is looked at in a further pass. */
  private static final long VALUES_AT_A_TIME = 48_000_000;

  private static final String PROBE = ".probe";

  private final Network network;
  private final Criterion criterion;
  private final CalibrationSet frames;
  private final long seed;
  private final Progress progress;
  private final Map<String, Shape> shapes;
  private final Map<ScoreSite, List<double[]>> scores = new LinkedHashMap<>();
  private long steps;

  private DataImportance(
      Network network, Criterion criterion, CalibrationSet frames, long seed, Progress progress) {
    this.network = network;
    this.criterion = criterion;
    this.frames = frames;
    this.seed = seed;
    this.progress = progress;
    this.shapes = network.shapes(List.of(frames.batch(1)));
  }

  /**
   * Scores all filters. Criteria that look at the weights alone need no frames and read none.
   *
   * @param seed of what is drawn at random
   * @throws BadInputException if all frames are void
   */
  public static Importance of(
      Network network, Criterion criterion, CalibrationSet frames, long seed, Progress progress) {
    if (criterion.evidence() == Criterion.Evidence.NONE) {
      return Importance.of(network, criterion, seed);
    }
    return new DataImportance(network, criterion, frames, seed, progress).run();
  }

  private Importance run() {
    List<List<ScoreSite>> passes = passes();
    progress.begin(
        "score " + network.name() + " by " + criterion.name(),
        (long) passes.size() * frames.count());
    for (List<ScoreSite> sites : passes) {
      if (criterion.evidence() == Criterion.Evidence.VALUES) {
        values(sites);
      } else if (isOnMaps()) {
        mapGradients(sites);
      } else {
        weightGradients(sites);
      }
    }
    progress.end();
    Map<ScoreSite, double[]> means = new LinkedHashMap<>();
    scores.forEach((site, all) -> means.put(site, mean(all)));
    if (means.isEmpty()) {
      throw new BadInputException(
          "criterion "
              + criterion.name()
              + ": no pixel of "
              + frames
              + (frames.depth().isPresent() ? " has a distance in the range" : " has a class")
              + "; take other frames");
    }
    return new Importance(criterion.name(), means);
  }

  private boolean isOnMaps() {
    return criterion.site() == Criterion.Site.MAP || criterion.site() == Criterion.Site.ACTIVATION;
  }

  /** The sites in portions that fit the memory; a site whose map nothing needs is left out. */
  private List<List<ScoreSite>> passes() {
    Set<String> needed = new HashSet<>();
    Cost.needed(network, network.outputs().subList(0, 1)).forEach(n -> needed.add(n.name()));
    List<List<ScoreSite>> passes = new ArrayList<>();
    long held = Long.MAX_VALUE;
    for (ScoreSite site : ScoreSite.of(network, criterion.site())) {
      if (!needed.contains(site.node())) {
        continue;
      }
      long size = isOnMaps() ? shapes.get(site.value()).elements() : 0;
      if (held > VALUES_AT_A_TIME - size) {
        passes.add(new ArrayList<>());
        held = 0;
      }
      held += size;
      passes.get(passes.size() - 1).add(site);
    }
    return passes;
  }

  private void values(List<ScoreSite> sites) {
    try (Session session = open(sites)) {
      for (int i = 0; i < frames.count(); i++) {
        List<float[]> maps = run(session, frames.get(i));
        for (int s = 0; s < sites.size(); s++) {
          score(sites.get(s), split(maps.get(s), sites.get(s)), null);
        }
        step();
      }
    }
  }

  private void mapGradients(List<ScoreSite> sites) {
    Set<String> probes = new HashSet<>();
    Network probed = probed(sites, probes);
    try (Session session = open(sites);
        Learner learner = learner(probed, probes)) {
      for (int i = 0; i < frames.count(); i++) {
        CalibrationSet.Frame frame = frames.get(i);
        if (backward(learner, frame)) {
          List<float[]> maps = run(session, frame);
          for (int s = 0; s < sites.size(); s++) {
            ScoreSite site = sites.get(s);
            float[] gradient = gradient(learner, site.value() + PROBE);
            score(site, split(maps.get(s), site), split(gradient, site));
          }
        }
        step();
      }
    }
  }

  private void weightGradients(List<ScoreSite> sites) {
    Set<String> weights = new HashSet<>();
    sites.forEach(s -> weights.addAll(s.weights()));
    try (Learner learner = learner(network, weights)) {
      Set<String> learned = Set.copyOf(learner.learned());
      for (int i = 0; i < frames.count(); i++) {
        if (backward(learner, frames.get(i))) {
          for (ScoreSite site : sites) {
            if (learned.containsAll(site.weights())) {
              List<float[]> gradients =
                  site.weights().stream().map(w -> gradient(learner, w)).toList();
              score(site, site.rows(network), site.rows(network, gradients));
            }
          }
        }
        step();
      }
    }
  }

  private void step() {
    progress.step(++steps, criterion.name());
  }

  private void score(ScoreSite site, float[][] values, float[][] gradients) {
    int width = isOnMaps() ? shapes.get(site.value()).width() : 0;
    LayerView view = LayerView.of(site.node(), seed, values, gradients, width);
    scores.computeIfAbsent(site, k -> new ArrayList<>()).add(criterion.scores(view));
  }

  /** The network with a zero added to each site's map: its gradient is the map's. */
  private Network probed(List<ScoreSite> sites, Set<String> probes) {
    Map<String, String> instead = new HashMap<>();
    Map<String, Weight> weights = new LinkedHashMap<>(network.weights());
    sites.forEach(
        site -> {
          String probe = site.value() + PROBE;
          if (probes.add(probe)) {
            Tensor zero = Tensor.filled(shapes.get(site.value()), 0);
            weights.put(probe, new Weight(probe, Weight.Role.LEARNED, "probes", zero));
            instead.put(site.value(), probe + "d");
          }
        });
    List<Node> nodes = new ArrayList<>();
    for (Node node : network.nodes()) {
      List<String> inputs = node.inputs().stream().map(i -> instead.getOrDefault(i, i)).toList();
      nodes.add(new Node(node.name(), node.op(), inputs, node.outputs()));
      for (String output : node.outputs()) {
        if (instead.containsKey(output)) {
          String sum = instead.get(output);
          nodes.add(
              new Node(
                  sum,
                  new Elementwise(Elementwise.Kind.ADD),
                  List.of(output, output + PROBE),
                  List.of(sum)));
        }
      }
    }
    String logits = network.outputs().get(0);
    return new Network(
        network.name(),
        network.inputs(),
        nodes,
        weights.values(),
        List.of(instead.getOrDefault(logits, logits)),
        Map.of());
  }

  private Learner learner(Network looked, Set<String> weights) {
    Network first = looked.withOutputs(looked.outputs().subList(0, 1));
    Loss loss = loss(first.outputs().get(0));
    return Learner.inference(first, frames.batch(1), loss, w -> weights.contains(w.name()), 1);
  }

  /** What a training of the task minimises. */
  private Loss loss(String output) {
    return frames
        .depth()
        .map(kind -> DepthLoss.of(output, kind))
        .orElseGet(() -> Loss.plain(output, shapes.get(network.outputs().get(0)).channels()));
  }

  /** Whether a pixel counts; if so, gradients are there. */
  private boolean backward(Learner learner, CalibrationSet.Frame frame) {
    if (frames.depth().isPresent()) {
      LossInputs truth =
          LossInputs.none().with(DepthError.TARGET, FloatBuffer.wrap(frame.distances()));
      learner.backward(FloatBuffer.wrap(frame.image()), truth, 0);
      return learner.somethingCounted();
    }
    boolean valid = false;
    for (byte label : frame.truth()) {
      valid |= label != (byte) LabelSpace.VOID;
    }
    if (valid) {
      learner.backward(FloatBuffer.wrap(frame.image()), ByteBuffer.wrap(frame.truth()), 0);
    }
    return valid;
  }

  private static float[] gradient(Learner learner, String weight) {
    float[] gradient = new float[learner.size(weight)];
    learner.gradient(weight, gradient);
    return gradient;
  }

  private Session open(List<ScoreSite> sites) {
    Network tapped = network.withOutputs(sites.stream().map(ScoreSite::value).toList());
    return Engines.named("pytorch")
        .open(tapped, frames.height(), frames.width(), new EngineOptions(1));
  }

  private static List<float[]> run(Session session, CalibrationSet.Frame frame) {
    FloatBuffer input = Session.buffer(session.inputShape());
    input.put(0, frame.image());
    List<FloatBuffer> outputs = session.outputShapes().stream().map(Session::buffer).toList();
    session.run(input, outputs);
    List<float[]> all = new ArrayList<>();
    for (FloatBuffer output : outputs) {
      float[] values = new float[output.capacity()];
      output.get(0, values);
      all.add(values);
    }
    return all;
  }

  /** One row a channel of a map of one image. */
  private float[][] split(float[] map, ScoreSite site) {
    int channels = shapes.get(site.value()).channels();
    int plane = map.length / channels;
    float[][] rows = new float[channels][];
    for (int c = 0; c < channels; c++) {
      rows[c] = Arrays.copyOfRange(map, c * plane, (c + 1) * plane);
    }
    return rows;
  }

  private static double[] mean(List<double[]> all) {
    double[] means = new double[all.get(0).length];
    for (int f = 0; f < means.length; f++) {
      int filter = f;
      means[f] = all.stream().mapToDouble(s -> s[filter]).sorted().sum() / all.size();
    }
    return means;
  }
}
