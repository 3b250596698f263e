package io.drivemark.eval.benchmarks;

import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.GateForm;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.latency.StandInImage;
import io.drivemark.architectures.pruning.gate.GateDesign;
import io.drivemark.architectures.pruning.gate.GateSite;
import io.drivemark.architectures.pruning.gate.GateSites;
import io.drivemark.architectures.pruning.gate.GatedCost;
import io.drivemark.architectures.pruning.gate.GatedNetwork;
import io.drivemark.architectures.zoo.Architectures;
import io.drivemark.problem.Closer;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * How fast gated networks are in each form, at given shares of live units: against the dense
 * network and against the static network cut to the same units. Gates are constant and their heads
 * are computed; weights are random. All candidates of a share take turns in one process, in random
 * order; a figure is the median over rounds of the ratio of two medians of a round, with its
 * quartiles. Each form's answers are compared with the cut network's first. Wants an idle machine;
 * with {@code -Dbench.cpu=true} the processor time of the calling thread is counted instead, which
 * tells something of one thread on a machine that is not.
 *
 * <pre>java -cp ... io.drivemark.eval.benchmarks.GateSpeed
 *     ARCHITECTURE[:OPTION=VALUE...] HxW [THREADS] [UNIT|layers] [ROUNDS] [SHARE,SHARE...]</pre>
 */
public final class GateSpeed {
  private static final int CLASSES = 11;
  private static final int UNTIMED = 2;
  private static final int TIMED = 7;
  private static final double[] SHARES = {1, 0.75, 0.5, 0.25};
  private static final double[] LAYER_SHARES = {1, 0.5, 0};
  private static final double TOLERANCE = 1e-3;
  private static final String DENSE = "dense";
  private static final String CUT = "cut";

  private final int height;
  private final int width;
  private final int threads;
  private final int rounds;
  private final Random random = new Random(1);
  private final boolean processorTime = Boolean.getBoolean("bench.cpu");
  private final Map<String, float[]> answers = new LinkedHashMap<>();

  private GateSpeed(int height, int width, int threads, int rounds) {
    this.height = height;
    this.width = width;
    this.threads = threads;
    this.rounds = rounds;
  }

  /**
   * Architecture with options, size, threads (1), filters a unit or {@code layers} (16), rounds.
   */
  public static void main(String[] args) {
    String[] words = args[0].split(":");
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = 1; i < words.length; i++) {
      String[] pair = words[i].split("=");
      options.put(pair[0], pair[1]);
    }
    String[] size = args[1].split("x");
    int threads = args.length > 2 ? Integer.parseInt(args[2]) : 1;
    String unit = args.length > 3 ? args[3] : "16";
    int rounds = args.length > 4 ? Integer.parseInt(args[4]) : 15;
    Network dense = Architectures.build(words[0], options, CLASSES, 1);
    boolean layers = unit.equals("layers");
    List<GateSite> sites = layers ? GateSites.layers(dense) : blocks(dense, Integer.parseInt(unit));
    System.out.printf(
        Locale.ROOT,
        "%s at %s, %d threads, units of %s, %d sites, %d rounds%n",
        args[0],
        args[1],
        threads,
        unit,
        sites.size(),
        rounds);
    if (Boolean.getBoolean("bench.cpu") && threads > 1) {
      throw new IllegalArgumentException("processor time is that of one thread");
    }
    new GateSpeed(Integer.parseInt(size[0]), Integer.parseInt(size[1]), threads, rounds)
        .compare(
            GatedNetwork.attach(dense, sites, GateDesign.published(1), Map.of()),
            args.length > 5
                ? Arrays.stream(args[5].split(",")).mapToDouble(Double::parseDouble).toArray()
                : layers ? LAYER_SHARES : SHARES);
  }

  /** Sites whose filters divide into two blocks or more. */
  private static List<GateSite> blocks(Network dense, int unit) {
    return GateSites.of(dense).sites().stream()
        .filter(s -> s.channels() % unit == 0 && s.channels() >= 2 * unit)
        .filter(s -> s.units() == s.channels())
        .map(s -> s.inBlocks(unit))
        .toList();
  }

  private void compare(GatedNetwork gated, double[] shares) {
    Network dense = gated.dense();
    long macs = Cost.of(dense, height, width).macs();
    Map<String, Map<Double, Double>> curves = new LinkedHashMap<>();
    for (double share : shares) {
      List<BitSet> live = live(gated, share);
      Network fixed = gated.constant(live).network();
      try (Closer open = new Closer()) {
        Map<String, Runnable> candidates = new LinkedHashMap<>();
        candidates.put(DENSE, opened(open, dense, GateForm.AUTO, DENSE));
        candidates.put("dense again", opened(open, dense, GateForm.AUTO, DENSE));
        candidates.put(CUT, opened(open, gated.cut(live), GateForm.AUTO, CUT));
        for (GateForm form : List.of(GateForm.MASKED, GateForm.GATHERED, GateForm.BLOCKED)) {
          candidates.put(form.word(), opened(open, fixed, form, CUT));
        }
        candidates.put("file", new GatheredFile(open, fixed, height, width, threads));
        Map<String, List<Double>> times = times(candidates);
        System.out.printf(
            Locale.ROOT,
            "share %.2f: MACs %.3f with heads, dense %.2f ms%n",
            share,
            (double) GatedCost.of(gated, height, width).strict(live) / macs,
            middle(times.get(DENSE)));
        for (String name : candidates.keySet()) {
          double ratio = middle(ratios(times, name, DENSE));
          curves.computeIfAbsent(name, k -> new LinkedHashMap<>()).put(share, ratio);
          System.out.printf(
              Locale.ROOT,
              "  %-12s %s of dense   %s of cut%n",
              name,
              text(ratios(times, name, DENSE)),
              text(ratios(times, name, CUT)));
        }
      }
    }
    curves.forEach((name, curve) -> System.out.println("  " + name + ": " + breakEven(curve)));
  }

  /** This share of each site's units, of filters at least one; of layers every second and so on. */
  private List<BitSet> live(GatedNetwork gated, double share) {
    List<BitSet> live = new ArrayList<>();
    double due = 0;
    for (GateSite site : gated.sites()) {
      BitSet bits = new BitSet();
      if (site.kind() == GateSite.Kind.LAYERS) {
        due += share;
        bits.set(0, due >= 1);
        due -= due >= 1 ? 1 : 0;
      } else {
        List<Integer> units = new ArrayList<>();
        for (int u = 0; u < site.units(); u++) {
          units.add(u);
        }
        Collections.shuffle(units, random);
        units
            .subList(0, Math.max(1, (int) Math.round(share * units.size())))
            .forEach(u -> bits.set(u));
      }
      live.add(bits);
    }
    return live;
  }

  private Runnable opened(Closer open, Network network, GateForm form, String like) {
    Session session =
        open.add(
            Engines.named("onnxruntime")
                .open(network, height, width, new EngineOptions(threads).withForm(form)));
    session
        .gates()
        .filter(run -> run.form() != form)
        .ifPresent(
            run -> {
              throw new IllegalStateException(form.word() + " was asked for: " + run.sentence());
            });
    FloatBuffer input = Session.buffer(session.inputShape());
    StandInImage.fill(input);
    List<FloatBuffer> outputs = session.outputShapes().stream().map(Session::buffer).toList();
    session.run(input, outputs);
    float[] found = new float[outputs.get(0).capacity()];
    outputs.get(0).get(0, found);
    if (network.metadata().containsKey(GatedNetwork.METADATA)) {
      requireLike(answers.get(like), found, form.word());
    } else {
      answers.put(like, found);
    }
    return () -> session.run(input, outputs);
  }

  private static void requireLike(float[] expected, float[] found, String what) {
    double most = 1;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      most = Math.max(most, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs(expected[i] - found[i]));
    }
    if (!(difference <= TOLERANCE * most)) {
      throw new IllegalStateException(
          what + " differs from the cut network by " + difference + " of " + most);
    }
  }

  /** Medians of rounds, in milliseconds. */
  private Map<String, List<Double>> times(Map<String, Runnable> candidates) {
    Map<String, List<Double>> times = new LinkedHashMap<>();
    List<String> order = new ArrayList<>(candidates.keySet());
    for (int round = 0; round < rounds; round++) {
      Collections.shuffle(order, random);
      for (String name : order) {
        Runnable run = candidates.get(name);
        List<Double> block = new ArrayList<>();
        for (int i = 0; i < UNTIMED + TIMED; i++) {
          long start = now();
          run.run();
          double millis = (now() - start) / 1e6;
          if (i >= UNTIMED) {
            block.add(millis);
          }
        }
        times.computeIfAbsent(name, k -> new ArrayList<>()).add(middle(block));
      }
    }
    return times;
  }

  /** The wall clock; or, of one thread on a machine that is not idle, the processor's time. */
  private long now() {
    return processorTime
        ? ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime()
        : System.nanoTime();
  }

  private static List<Double> ratios(Map<String, List<Double>> times, String name, String base) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < times.get(name).size(); i++) {
      ratios.add(times.get(name).get(i) / times.get(base).get(i));
    }
    return ratios;
  }

  private static double middle(List<Double> values) {
    return quantile(values, 0.5);
  }

  private static double quantile(List<Double> values, double share) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get((int) Math.round(share * (sorted.size() - 1)));
  }

  private static String text(List<Double> ratios) {
    return String.format(
        Locale.ROOT,
        "%.3f [%.3f, %.3f]",
        middle(ratios),
        quantile(ratios, 0.25),
        quantile(ratios, 0.75));
  }

  /** The largest share of live units at which it is as fast as the dense network. */
  private static String breakEven(Map<Double, Double> curve) {
    List<Double> shares = new ArrayList<>(curve.keySet());
    shares.sort(Comparator.reverseOrder());
    for (int i = 1; i < shares.size(); i++) {
      double above = curve.get(shares.get(i - 1));
      double below = curve.get(shares.get(i));
      if (above > 1 && below <= 1) {
        double part = (1 - below) / (above - below);
        return String.format(
            Locale.ROOT,
            "breaks even with dense at a share of %.2f",
            shares.get(i) + part * (shares.get(i - 1) - shares.get(i)));
      }
    }
    return curve.get(shares.get(0)) <= 1
        ? "not slower than dense at any of these shares"
        : "slower than dense at all of these shares";
  }
}
