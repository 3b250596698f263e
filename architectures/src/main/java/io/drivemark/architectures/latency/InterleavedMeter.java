package io.drivemark.architectures.latency;

import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Network;
import io.drivemark.eval.latency.Candidate;
import io.drivemark.eval.latency.EngineAlone;
import io.drivemark.eval.latency.LatencyProtocol;
import io.drivemark.eval.latency.LatencyResult;
import io.drivemark.eval.latency.LatencySamples;
import io.drivemark.eval.latency.LatencySummary;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.eval.latency.SteadyState;
import io.drivemark.eval.latency.Timed;
import io.drivemark.eval.statistics.Bootstrap;
import io.drivemark.eval.statistics.Interval;
import io.drivemark.problem.Progress;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Times two networks alternately on one engine, batch 1, output 0 alone, by the latency protocol:
 * warm-up, interleaved blocks, a second session of the whole as A-A control. Stateless.
 */
public final class InterleavedMeter implements LatencyMeter {
  /** The fewest timed runs a network. */
  public static final int LEAST_RUNS = 40;

  /** The most timed runs a network. */
  public static final int MOST_RUNS = 200;

  /** Runs are as many as take a network so long, between the fewest and the most. */
  public static final double NANOS_A_NETWORK = 2.5e9;

  /** Shorter than a study's: what is compared is two networks, not a latency in milliseconds. */
  public static final SteadyState WARM_UP =
      new SteadyState(6, 50_000_000L, 3, 0.05, 30, 3_000_000_000L);

  private final EngineSetup setup;
  private final int height;
  private final int width;
  private final List<float[]> images;
  private final NanoClock clock;

  /**
   * Measures for images of this size.
   *
   * @param image a normalised photograph, [3, height, width]: how long activations take depends on
   *     it
   */
  public InterleavedMeter(
      EngineSetup setup, int height, int width, float[] image, NanoClock clock) {
    this(setup, height, width, List.of(image.clone()), clock);
  }

  /**
   * Measures over several images, which every network is given in turns: networks that take longer
   * for some than for others are judged by all of them.
   *
   * @param images normalised photographs, [3, height, width], at least one; not copied
   */
  public InterleavedMeter(
      EngineSetup setup, int height, int width, List<float[]> images, NanoClock clock) {
    if (images.isEmpty()) {
      throw new IllegalArgumentException("a latency of no images");
    }
    this.setup = setup;
    this.height = height;
    this.width = width;
    this.images = List.copyOf(images);
    this.clock = clock;
  }

  @Override
  public MeasuredShare measure(Network whole, Network part, Progress progress) {
    try (Session one = open(whole);
        Session again = open(whole);
        Session other = open(part)) {
      Timed first = timed(one);
      long start = clock.nanos();
      first.run();
      double once = Math.max(1, clock.nanos() - start);
      int runs = (int) Math.max(LEAST_RUNS, Math.min(MOST_RUNS, NANOS_A_NETWORK / once));
      LatencyResult result =
          new LatencyProtocol(runs, 5, 2, WARM_UP, 1)
              .measure(
                  List.of(new Candidate("whole", first), new Candidate("part", timed(other))),
                  timed(again),
                  clock,
                  progress);
      if (!result.failures().isEmpty()) {
        throw result.failures().get("part");
      }
      double wholeNanos = LatencySummary.of(result.candidates().get(0).engine()).p50Nanos();
      double partNanos = LatencySummary.of(result.candidates().get(1).engine()).p50Nanos();
      LatencySamples unit = result.candidates().get(0).engine();
      return new MeasuredShare(
          share(unit, result.candidates().get(1).engine()),
          halfBand(unit, result.control().engine()),
          wholeNanos / 1e6,
          partNanos / 1e6);
    }
  }

  /** The median, over the rounds, of the quotient of the two medians of a round. */
  static double share(LatencySamples whole, LatencySamples part) {
    return median(shares(whole, part));
  }

  /**
   * By how much of itself a network's share of itself strays from 1 at most: the farther end of the
   * 95 % bootstrap interval over rounds of the same estimate that a share is.
   *
   * @param again the same network in a session of its own
   */
  static double halfBand(LatencySamples whole, LatencySamples again) {
    double[] shares = shares(whole, again);
    if (shares.length < 2) {
      return Math.abs(median(shares) - 1);
    }
    Interval interval =
        Bootstrap.seeded(1)
            .interval(
                shares.length,
                rounds -> median(Arrays.stream(rounds).mapToDouble(r -> shares[r]).toArray()) - 1);
    return Math.max(Math.abs(interval.low()), Math.abs(interval.high()));
  }

  private static double[] shares(LatencySamples whole, LatencySamples part) {
    Map<Integer, long[]> wholes = byRound(whole);
    Map<Integer, long[]> parts = byRound(part);
    return wholes.keySet().stream()
        .filter(parts::containsKey)
        .mapToDouble(r -> (double) median(parts.get(r)) / median(wholes.get(r)))
        .toArray();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }

  private static long median(long[] nanos) {
    return LatencySummary.of(nanos).p50Nanos();
  }

  private static Map<Integer, long[]> byRound(LatencySamples samples) {
    return IntStream.range(0, samples.size())
        .boxed()
        .collect(
            Collectors.groupingBy(
                samples::block,
                TreeMap::new,
                Collectors.collectingAndThen(
                    Collectors.toList(), l -> l.stream().mapToLong(samples::nanos).toArray())));
  }

  private Session open(Network network) {
    Network first = network.withOutputs(network.outputs().subList(0, 1));
    return setup.open(first, height, width);
  }

  private Timed timed(Session session) {
    List<FloatBuffer> inputs = new ArrayList<>();
    for (float[] image : images) {
      FloatBuffer input = Session.buffer(session.inputShape());
      input.put(0, image);
      inputs.add(input);
    }
    List<FloatBuffer> outputs = session.outputShapes().stream().map(Session::buffer).toList();
    int[] turn = new int[1];
    return new EngineAlone(
        () -> session.run(inputs.get(turn[0]++ % inputs.size()), outputs), clock);
  }
}
