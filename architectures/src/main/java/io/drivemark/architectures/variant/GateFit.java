package io.drivemark.architectures.variant;

import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.estimate.ConstantMask;
import io.drivemark.architectures.estimate.FrameResponses;
import io.drivemark.architectures.estimate.GateEstimate.Spread;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.pruning.gate.GateSite;
import io.drivemark.architectures.pruning.gate.GatedCost;
import io.drivemark.architectures.pruning.gate.GatedNetwork;
import io.drivemark.eval.metrics.gates.GateVariation;
import io.drivemark.eval.metrics.gates.SiteGates;
import io.drivemark.problem.Progress;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What the gates of a trained model do on frames: what these cost, how much masks differ, and how
 * many bits are as the target has them, beside one mask for all frames. Immutable.
 *
 * @param frames which ones, for people
 * @param strict what a frame must compute, heads included, as a share of the network without gates
 * @param paper what the authors of arXiv:2110.08232 would count, as such a share
 * @param masks how much the gates differ between frames
 * @param gates how much one mask for all frames would have in common with the gates
 * @param sites in the network's order
 */
public record GateFit(
    String frames,
    Spread strict,
    Spread paper,
    GateVariation masks,
    ConstantMask gates,
    List<Site> sites) {
  /**
   * How well the gates of a site do as their target says; the target looks at what the trained
   * network computes.
   *
   * @param right share of the bits of all frames that are as the target has them
   * @param constant the share that one mask for all these frames would get right, each unit as it
   *     is in most targets
   */
  public record Site(String name, int units, double right, double constant) {}

  public GateFit {
    sites = List.copyOf(sites);
  }

  /**
   * Runs a model over frames.
   *
   * @param model with gates, that says what they learn
   * @param frames none that it learned from
   * @param threads of the operators
   * @throws io.drivemark.problem.BadInputException if it does not say what its gates learn
   */
  public static GateFit of(Model model, CalibrationSet frames, int threads, Progress progress) {
    GatedNetwork gated =
        GatedNetwork.of(model.network())
            .orElseThrow(() -> new IllegalArgumentException(model.spec().name() + " has no gates"));
    List<List<BitSet>> live = live(gated, frames, threads, progress);
    List<List<BitSet>> targets =
        FrameResponses.of(
                gated.network(),
                seen(gated),
                frames.images(),
                frames.height(),
                frames.width(),
                threads,
                progress)
            .live(Gating.target(model.spec()));
    GatedCost cost = GatedCost.of(gated, frames.height(), frames.width());
    double dense = cost.dense();
    return new GateFit(
        frames.toString(),
        Spread.of(live.stream().mapToDouble(l -> cost.strict(l) / dense).toArray()),
        Spread.of(live.stream().mapToDouble(l -> cost.paper(l) / dense).toArray()),
        GateVariation.of(live.stream().map(l -> named(gated, l)).toList()),
        ConstantMask.of(live.stream().map(l -> joined(gated, l)).toList(), gated.units()),
        sites(gated, live, targets));
  }

  /**
   * The sites as they are in the gated network: a residual unit is given what gates let through.
   */
  private static List<GateSite> seen(GatedNetwork gated) {
    return gated.sites().stream()
        .map(s -> new GateSite(s.name(), s.kind(), gated.input(s), s.units(), s.unit(), s.places()))
        .toList();
  }

  private static List<List<BitSet>> live(
      GatedNetwork gated, CalibrationSet frames, int threads, Progress progress) {
    Network network = gated.gatesAlone();
    List<float[]> images = frames.images();
    List<List<BitSet>> all = new ArrayList<>();
    progress.begin("gates of " + network.name(), images.size());
    try (Session session =
        Engines.named("onnxruntime")
            .open(network, frames.height(), frames.width(), new EngineOptions(threads))) {
      FloatBuffer input = Session.buffer(session.inputShape());
      FloatBuffer output = Session.buffer(session.outputShapes().get(0));
      for (int i = 0; i < images.size(); i++) {
        input.put(0, images.get(i));
        session.run(input, List.of(output));
        all.add(bits(gated, output));
        progress.step(i + 1L, "frames");
      }
    }
    progress.end();
    return all;
  }

  private static List<BitSet> bits(GatedNetwork gated, FloatBuffer output) {
    List<BitSet> sites = new ArrayList<>();
    int at = 0;
    for (GateSite site : gated.sites()) {
      BitSet live = new BitSet();
      for (int u = 0; u < site.units(); u++) {
        live.set(u, output.get(at++) == 1);
      }
      sites.add(live);
    }
    return sites;
  }

  private static List<SiteGates> named(GatedNetwork gated, List<BitSet> live) {
    return IntStream.range(0, live.size())
        .mapToObj(
            s ->
                new SiteGates(
                    gated.sites().get(s).name(), gated.sites().get(s).units(), live.get(s)))
        .toList();
  }

  private static BitSet joined(GatedNetwork gated, List<BitSet> live) {
    BitSet all = new BitSet();
    int from = 0;
    for (int s = 0; s < live.size(); s++) {
      int offset = from;
      live.get(s).stream().forEach(u -> all.set(offset + u));
      from += gated.sites().get(s).units();
    }
    return all;
  }

  private static List<Site> sites(
      GatedNetwork gated, List<List<BitSet>> live, List<List<BitSet>> targets) {
    List<Site> sites = new ArrayList<>();
    for (int s = 0; s < gated.sites().size(); s++) {
      GateSite site = gated.sites().get(s);
      long wrong = 0;
      List<BitSet> wanted = new ArrayList<>();
      for (int f = 0; f < live.size(); f++) {
        BitSet different = (BitSet) live.get(f).get(s).clone();
        different.xor(targets.get(f).get(s));
        wrong += different.cardinality();
        wanted.add(targets.get(f).get(s));
      }
      double bits = (double) live.size() * site.units();
      double constant = ConstantMask.of(wanted, site.units()).right();
      sites.add(new Site(site.name(), site.units(), 1 - wrong / bits, constant));
    }
    return sites;
  }

  /** The share of bits that are right, the mean over the sites. */
  public double right() {
    return sites.stream().mapToDouble(Site::right).average().orElseThrow();
  }

  /** The share that one mask for all frames would get right, the mean over the sites. */
  public double constantRight() {
    return sites.stream().mapToDouble(Site::constant).average().orElseThrow();
  }

  /** As a model's facts. */
  public Map<String, String> facts() {
    Map<String, String> facts = new TreeMap<>();
    facts.put("fit-frames", frames);
    facts.put("fit-macs", number(strict.mean()));
    facts.put("fit-macs-deviation", number(strict.deviation()));
    facts.put("fit-macs-least", number(strict.least()));
    facts.put("fit-macs-most", number(strict.most()));
    facts.put("fit-macs-paper", number(paper.mean()));
    facts.put("fit-live", number(masks.liveShare()));
    facts.put("fit-always", number(masks.alwaysShare()));
    facts.put("fit-never", number(masks.neverShare()));
    facts.put("fit-varying", number(masks.varyingShare()));
    facts.put("fit-entropy", number(gates.entropy()));
    OptionalDouble alike = masks.alike().value();
    facts.put("fit-jaccard", alike.isPresent() ? number(alike.getAsDouble()) : "undefined");
    facts.put("fit-right", number(right()));
    facts.put("fit-constant-right", number(constantRight()));
    return facts;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
