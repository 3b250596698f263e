package io.drivemark.architectures.estimate;

import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.pruning.gate.GateSite;
import io.drivemark.architectures.pruning.gate.GateTarget;
import io.drivemark.problem.Progress;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * How much the units of a dense network's sites respond to some frames: what a {@link GateTarget}
 * is made of. The response of a filter is the largest absolute value of its map, that of a unit of
 * filters their sum; that of a residual unit is by how much it changes what it is given, mean |exit
 * - entry| / mean |entry|. Numbers are kept, no maps. Immutable.
 */
public final class FrameResponses {
  /** A residual unit's input counts as at least so large. */
  private static final double LEAST_ENTRY = 1e-12;

  private final List<GateSite> sites;
  private final Tiles tiles;
  private final List<double[][]> samples;

  private FrameResponses(List<GateSite> sites, Tiles tiles, List<double[][]> samples) {
    this.sites = List.copyOf(sites);
    this.tiles = tiles;
    this.samples = List.copyOf(samples);
  }

  /** As below, of frames as a whole. */
  public static FrameResponses of(
      Network dense,
      List<GateSite> sites,
      List<float[]> images,
      int height,
      int width,
      int threads,
      Progress progress) {
    return of(dense, sites, Tiles.WHOLE, images, height, width, threads, progress);
  }

  /**
   * Runs the network over frames.
   *
   * @param dense without gates
   * @param sites of it, at least one
   * @param tiles of each frame, whose responses are told apart
   * @param images normalised, [3, height, width], each read when it is its turn
   * @param threads of the operators
   * @throws io.drivemark.problem.BadInputException if a map is too small for so many tiles
   */
  public static FrameResponses of(
      Network dense,
      List<GateSite> sites,
      Tiles tiles,
      List<float[]> images,
      int height,
      int width,
      int threads,
      Progress progress) {
    PooledTaps taps = new PooledTaps(dense, sites, tiles, height, width);
    List<double[][]> samples = new ArrayList<>();
    progress.begin("responses of " + dense.name(), images.size());
    try (Session session =
        Engines.named("onnxruntime")
            .open(taps.network(), height, width, new EngineOptions(threads))) {
      FloatBuffer input = Session.buffer(session.inputShape());
      List<FloatBuffer> outputs = session.outputShapes().stream().map(Session::buffer).toList();
      for (int i = 0; i < images.size(); i++) {
        input.put(0, images.get(i));
        session.run(input, outputs);
        for (int tile = 0; tile < tiles.count(); tile++) {
          samples.add(taps.responses(outputs, tile));
        }
        progress.step(i + 1L, "frames");
      }
    }
    progress.end();
    return new FrameResponses(sites, tiles, samples);
  }

  /** Responses that are known otherwise, each frame's by site and unit. */
  static FrameResponses of(List<GateSite> sites, List<double[][]> frames) {
    return new FrameResponses(sites, Tiles.WHOLE, frames);
  }

  /** How many frames. */
  public int frames() {
    return samples.size() / tiles.count();
  }

  /** The sites, in the network's order. */
  public List<GateSite> sites() {
    return sites;
  }

  /**
   * The units of each site that a target makes live for a frame, or for a tile of one: tiles are
   * numbered through, those of the first frame first. Residual units of a network are weighed
   * against each other.
   *
   * @param target of single units
   */
  public List<BitSet> live(int sample, GateTarget target) {
    double[][] responses = samples.get(sample);
    if (sites.get(0).kind() == GateSite.Kind.LAYERS) {
      double[] all = new double[sites.size()];
      for (int s = 0; s < all.length; s++) {
        all[s] = responses[s][0];
      }
      boolean[] live = target.live(all);
      List<BitSet> sets = new ArrayList<>();
      for (boolean on : live) {
        sets.add(bits(new boolean[] {on}));
      }
      return sets;
    }
    List<BitSet> sets = new ArrayList<>();
    for (double[] site : responses) {
      sets.add(bits(target.live(site)));
    }
    return sets;
  }

  /** As above, of every frame, or of every tile. */
  public List<List<BitSet>> live(GateTarget target) {
    List<List<BitSet>> all = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      all.add(live(i, target));
    }
    return all;
  }

  private static BitSet bits(boolean[] live) {
    BitSet bits = new BitSet();
    for (int i = 0; i < live.length; i++) {
      bits.set(i, live[i]);
    }
    return bits;
  }

  static double change(double change, double entry) {
    return change / Math.max(entry, LEAST_ENTRY);
  }
}
