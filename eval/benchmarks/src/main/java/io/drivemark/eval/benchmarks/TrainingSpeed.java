package io.drivemark.eval.benchmarks;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.op.AdaptiveAveragePool;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.architectures.training.TrainingPart;
import io.drivemark.architectures.training.TrainingRecipe;
import io.drivemark.architectures.training.TrainingTimes;
import io.drivemark.architectures.zoo.Architectures;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.synth.SynthDrive;
import io.drivemark.datasets.synth.SynthOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What a step of training costs, in seconds an image, by part: prints the median over rounds, in
 * which the networks take turns. Frames are SynthDrive's, weights are random. The loss is forward
 * and backward of a network that is next to nothing but an output of the same shape; it is part of
 * both. Data is prepared on a thread of its own, beside the rest. Wants an idle machine; with
 * {@code -Dbench.cpu=true} the processor time of the calling thread is counted instead.
 *
 * <p>Two builds are compared by running each one's own in turns, under the settings of the
 * launcher:
 *
 * <pre>mvn -q -DskipTests -pl reports,eval/benchmarks -am package
 * MALLOC_ARENA_MAX=1 MALLOC_MMAP_THRESHOLD_=1073741824 MALLOC_TRIM_THRESHOLD_=4294967296
 *     java -cp "$(echo eval/benchmarks/target/drivemark-benchmarks-*.jar):reports/target/drivemark/lib/*"
 *     io.drivemark.eval.benchmarks.TrainingSpeed [HxW] [BATCH] [THREADS] [ROUNDS] [NETWORK,...]
 * </pre>
 */
public final class TrainingSpeed {
  private static final String NETWORKS = "dabnet,enet,ddrnet-23-slim,fast-scnn,skipnet-mobilenet";
  private static final int CLASSES = 11;
  private static final int STEPS = 4;
  private static final int VAL = 4;

  private final TrainingRecipe recipe;
  private final Dataset train;
  private final Dataset val;
  private final LongSupplier clock;

  private TrainingSpeed(TrainingRecipe recipe, LongSupplier clock) {
    int height = recipe.cropHeight();
    int width = recipe.cropWidth();
    int frames = STEPS * recipe.batch();
    this.recipe = recipe;
    this.clock = clock;
    this.train = new SynthDrive(SynthOptions.of(frames, 1, height, width, "train"));
    this.val = new SynthDrive(SynthOptions.of(VAL, 1, height, width, "val"));
  }

  /** Size (180x240), images a step (8), threads (1), rounds (5), networks (five). */
  public static void main(String[] args) throws IOException {
    String[] size = (args.length > 0 ? args[0] : "180x240").split("x");
    int batch = args.length > 1 ? Integer.parseInt(args[1]) : 8;
    int threads = args.length > 2 ? Integer.parseInt(args[2]) : 1;
    int rounds = args.length > 3 ? Integer.parseInt(args[3]) : 5;
    String[] networks = (args.length > 4 ? args[4] : NETWORKS).split(",");
    boolean processorTime = Boolean.getBoolean("bench.cpu");
    if (processorTime && threads > 1) {
      throw new IllegalArgumentException("processor time is that of one thread");
    }
    ThreadMXBean beans = ManagementFactory.getThreadMXBean();
    TrainingRecipe recipe =
        TrainingRecipe.defaults()
            .withBatch(batch)
            .withCrop(Integer.parseInt(size[0]), Integer.parseInt(size[1]))
            .withThreads(threads);
    System.out.printf(
        Locale.ROOT,
        "%sx%s, batch %d, %d threads, %d rounds, %s, seconds an image%n",
        size[0],
        size[1],
        batch,
        threads,
        rounds,
        processorTime ? "processor time" : "time");
    new TrainingSpeed(recipe, processorTime ? beans::getCurrentThreadCpuTime : System::nanoTime)
        .print(networks, rounds);
  }

  private void print(String[] networks, int rounds) throws IOException {
    Map<String, List<Row>> rows = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (String name : networks) {
        Network network = Architectures.build(name, Map.of(), CLASSES, 1);
        Map<TrainingPart, Double> whole = times(network);
        Map<TrainingPart, Double> loss = times(outputAlone(network));
        rows.computeIfAbsent(name, n -> new ArrayList<>())
            .add(new Row(whole, loss.get(TrainingPart.FORWARD) + loss.get(TrainingPart.BACKWARD)));
      }
    }
    System.out.printf(Locale.ROOT, "%-20s", "");
    for (TrainingPart part : Row.PARTS) {
      System.out.printf(Locale.ROOT, "%12s", part.name().toLowerCase(Locale.ROOT));
    }
    System.out.printf(Locale.ROOT, "%12s%12s%12s%n", "step", "of it loss", "evaluation");
    rows.forEach(TrainingSpeed::print);
  }

  private static void print(String name, List<Row> rounds) {
    System.out.printf(Locale.ROOT, "%-20s", name);
    for (TrainingPart part : Row.PARTS) {
      System.out.printf(Locale.ROOT, "%12.5f", middle(rounds, r -> r.whole().get(part)));
    }
    System.out.printf(
        Locale.ROOT,
        "%12.5f%12.5f%12.5f%n",
        middle(rounds, Row::step),
        middle(rounds, Row::loss),
        middle(rounds, r -> r.whole().get(TrainingPart.EVALUATION)));
  }

  /**
   * What a network took in a round.
   *
   * @param whole seconds by part
   * @param loss seconds an image
   */
  private record Row(Map<TrainingPart, Double> whole, double loss) {
    static final List<TrainingPart> PARTS =
        List.of(
            TrainingPart.DATA, TrainingPart.FORWARD, TrainingPart.BACKWARD, TrainingPart.OPTIMISER);

    /** All of an image but its data, which a second core prepares. */
    double step() {
      return PARTS.stream().filter(p -> p != TrainingPart.DATA).mapToDouble(whole::get).sum();
    }
  }

  private Map<TrainingPart, Double> times(Network network) throws IOException {
    Path folder = Files.createTempDirectory("drivemark-times");
    try {
      return new EnumMap<>(
          TrainingTimes.of(network, InputSpec.IMAGENET, train, val, recipe, folder, clock));
    } finally {
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  /** The picture, scaled down to the first output's size, with a weight a colour and class. */
  private Network outputAlone(Network network) {
    Shape output =
        network.shapesAt(recipe.cropHeight(), recipe.cropWidth()).get(network.outputs().get(0));
    NetworkBuilder b = new NetworkBuilder(network.name() + "-output", 1);
    String small =
        b.add(
            "small", new AdaptiveAveragePool(output.height(), output.width()), b.input("image", 3));
    return b.build(b.conv("scores", small, output.channels(), 1).build());
  }

  private static double middle(List<Row> rounds, java.util.function.ToDoubleFunction<Row> figure) {
    double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
