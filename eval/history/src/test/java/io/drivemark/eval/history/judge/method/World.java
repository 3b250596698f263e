package io.drivemark.eval.history.judge.method;

import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.judge.Series;
import io.drivemark.eval.history.judge.SeriesNight;
import io.drivemark.eval.history.judge.Timing;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * Simulated nights. What the machine does in a night is shared by all cells, by the rulers and by a
 * confirmation; what a process does is drawn anew for each process. A cell's own noise has a
 * standard deviation of 1 % unless the noise says otherwise.
 */
final class World {
  /** How cells err. */
  enum Noise {
    IID("independent, 1 %"),
    /** Neighbouring nights of a cell are alike: lag-1 correlation 0.4. */
    AUTOCORRELATED("autocorrelated, 0.4"),
    /** Student's t with 3 degrees of freedom. */
    HEAVY("heavy tails (t of 3)"),
    /** 3 % of a cell's processes take 5 to 30 % longer. */
    SPIKES("spikes"),
    /** 30 % of a cell's processes take 5 % longer. */
    TWO_MODES("two modes"),
    /** A tenth of nights the machine takes 10 to 40 % longer, unequally from cell to cell. */
    BURSTS("bursts on all cells"),
    /** A tenth of nights are missing. */
    MISSING("a tenth of nights missing"),
    /** Nights of two machines by chance. */
    TWO_MACHINES("two machines"),
    /** 0.01 % slower every night. */
    CREEPING("creeping below the floor"),
    /**
     * Cells by turns of two engines; a tenth of nights those of one scatter three times as much.
     */
    TWO_ENGINES("two engines, one of which scatters"),
    /** A tenth of nights one cell gets another model, which takes as long as the one before. */
    REPLACED("networks that are replaced"),
    /**
     * A night is the middle of three processes, which differ by Student's t with 3 degrees of
     * freedom, half of the cells' by 1.2 % and the others' by 2 %; cells by turns of two engines.
     */
    PROCESSES("three processes a night that differ");

    private final String words;

    Noise(String words) {
      this.words = words;
    }

    /** For tables. */
    String words() {
      return words;
    }
  }

  private static final double SIGMA = 0.01;
  private static final double MACHINE = 0.03;
  private static final double MACHINE_ALIKE = 0.7;
  private static final double RULER = 0.005;

  private final Noise noise;
  private final int cells;
  private final int rotations;
  private final RandomGenerator random;
  private final double[] base;
  private final double[] state;
  private final Map<String, Double> machine = new HashMap<>();
  private final Map<Integer, Double> plantedOnCell = new HashMap<>();
  private final Map<String, String> conditions =
      new TreeMap<>(
          Map.of(
              Night.DRIVEMARK, "d1", Night.JAVA, "17.0.1", Night.ENGINE + "onnxruntime", "1.29"));
  private double plantedOnAll;
  private double plantedOnJava;
  private double plantedOnEngine;
  private String metric = "latencyMs";
  private double machineSd = MACHINE;
  private boolean staysBad;
  private boolean hasModels;
  private final int[] models;
  private int night;
  private Shared shared;

  /** What a night has in common with its confirmation. */
  private record Shared(
      String machine, double common, double burst, double[] leaks, boolean oneScatters) {}

  World(Noise noise, int cells, int rotations, long seed) {
    this.noise = noise;
    this.cells = cells;
    this.rotations = rotations;
    this.random = new Well19937c(seed);
    this.hasModels = noise == Noise.REPLACED;
    this.base = new double[cells];
    this.state = new double[cells];
    this.models = new int[cells];
    for (int c = 0; c < cells; c++) {
      base[c] = Math.log(5) + 3 * random.nextDouble();
    }
  }

  World withMachine(double sd) {
    machineSd = sd;
    return this;
  }

  /** It is known of each cell which model it is of. */
  World withModels() {
    hasModels = true;
    return this;
  }

  World withMetric(String id) {
    metric = id;
    return this;
  }

  void plant(int cell, double relative) {
    plantedOnCell.put(cell, Math.log1p(relative));
  }

  /** A cell gets another model, slower by so much. */
  void replace(int cell, double relative) {
    models[cell]++;
    plant(cell, relative);
  }

  /** On all cells, and on the rulers by shares. */
  void plantOnAll(double relative, boolean java, boolean engine) {
    plantedOnAll = Math.log1p(relative);
    plantedOnJava = java ? plantedOnAll : 0;
    plantedOnEngine = engine ? plantedOnAll : 0;
  }

  void condition(String name, String value) {
    conditions.put(name, value);
  }

  /** From now on the machine troubles each night and its confirmation. */
  void staysBad() {
    staysBad = true;
  }

  static Series series(int cell) {
    return new Series("cell-" + cell, "cell " + cell, "net-" + cell, "camvid/val", "onnxruntime");
  }

  private Series own(int cell) {
    Series one = series(cell);
    return (noise == Noise.TWO_ENGINES || noise == Noise.PROCESSES) && cell % 2 == 1
        ? new Series(one.key(), one.label(), one.model(), one.dataset(), "pytorch")
        : one;
  }

  /** The next night; empty if it is missing. */
  Optional<Night> next() {
    night++;
    String host = noise == Noise.TWO_MACHINES && random.nextBoolean() ? "machine-b" : "machine-a";
    double fresh = Math.sqrt(1 - MACHINE_ALIKE * MACHINE_ALIKE);
    double common =
        machine.containsKey(host)
            ? MACHINE_ALIKE * machine.get(host) + fresh * machineSd * random.nextGaussian()
            : machineSd * random.nextGaussian();
    machine.put(host, common);
    for (int c = 0; c < cells; c++) {
      // night-to-night part of 0.8 with 0.625 and a process's own 0.6: 0.64 * 0.625 = 0.4
      state[c] = 0.625 * state[c] + Math.sqrt(1 - 0.625 * 0.625) * random.nextGaussian();
    }
    boolean bursts = staysBad || noise == Noise.BURSTS && random.nextDouble() < 0.1;
    double burst = bursts ? 0.1 + 0.3 * random.nextDouble() : 0;
    double[] leaks = new double[cells];
    for (int c = 0; c < cells; c++) {
      leaks[c] = burst * (staysBad ? 0.3 : 0.05) * random.nextGaussian();
    }
    if (noise == Noise.REPLACED && random.nextDouble() < 0.1) {
      models[random.nextInt(cells)]++;
    }
    boolean oneScatters = noise == Noise.TWO_ENGINES && random.nextDouble() < 0.1;
    shared = new Shared(host, common, burst, leaks, oneScatters);
    boolean missing = noise == Noise.MISSING && random.nextDouble() < 0.1;
    return missing
        ? Optional.empty()
        : Optional.of(night("n" + night, noise == Noise.PROCESSES ? 3 : 1, null));
  }

  /** Some cells of the night before again, in fresh processes. */
  Night again(Set<Series> which, int forks) {
    return night("n" + night + "-again", forks, which);
  }

  private Night night(String uid, int forks, Set<Series> which) {
    List<SeriesNight> series = new ArrayList<>();
    List<Night.Rotation> all = new ArrayList<>();
    for (int f = 0; f < forks; f++) {
      for (int r = 0; r < (which == null ? rotations : 1); r++) {
        double band = 0.003 + 0.007 * Math.abs(random.nextGaussian());
        all.add(new Night.Rotation("f" + f + "r" + r, f, band, List.of()));
      }
    }
    for (int c = 0; c < cells; c++) {
      if (which == null || which.contains(own(c))) {
        List<Timing> timings = new ArrayList<>();
        for (int f = 0; f < forks; f++) {
          String rotation = "f" + f + "r" + (which == null ? c % rotations : 0);
          double log = metric.equals("fps") ? -value(c) : value(c);
          timings.add(new Timing(metric, f, rotation, log));
        }
        series.add(new SeriesNight(own(c), Optional.empty(), timings, Optional.empty(), model(c)));
      }
    }
    double machinePart = shared.common() + Math.log1p(shared.burst());
    List<Night.Ruler> rulers =
        List.of(
            new Night.Ruler(
                Night.Ruler.JAVA, 3 + machinePart + plantedOnJava + RULER * random.nextGaussian()),
            new Night.Ruler(
                "onnxruntime", 4 + machinePart + plantedOnEngine + RULER * random.nextGaussian()));
    Instant start = Instant.parse("2026-01-01T02:00:00Z").plus(night, ChronoUnit.DAYS);
    return new Night(
        new Night.Ref(uid, start.toEpochMilli(), start), // their order is a time, as in a store
        shared.machine(),
        conditions,
        all,
        series,
        rulers,
        Optional.empty(),
        Optional.empty());
  }

  /** Which model it was; no accuracy, as of networks with random weights. */
  private Optional<String> model(int c) {
    return hasModels ? Optional.of("model-" + c + "-" + models[c]) : Optional.empty();
  }

  private double value(int c) {
    double creeping = noise == Noise.CREEPING ? 1e-4 * night : 0;
    return base[c]
        + shared.common()
        + Math.log1p(shared.burst())
        + shared.leaks()[c]
        + plantedOnCell.getOrDefault(c, 0.0)
        + plantedOnAll
        + creeping
        + (shared.machine().equals("machine-b") ? 0.4 + 0.1 * (c % 3) : 0)
        + noise(c);
  }

  private double noise(int c) {
    double normal = random.nextGaussian();
    return switch (noise) {
      case IID, BURSTS, MISSING, TWO_MACHINES, CREEPING, REPLACED -> SIGMA * normal;
      case TWO_ENGINES -> (shared.oneScatters() && c % 2 == 1 ? 3 : 1) * SIGMA * normal;
      case AUTOCORRELATED -> SIGMA * (0.8 * state[c] + 0.6 * normal);
      case HEAVY -> SIGMA * heavy(normal);
      case PROCESSES -> (c % 2 == 1 ? 0.02 : 0.012) * heavy(normal);
      case SPIKES ->
          SIGMA * normal
              + (random.nextDouble() < 0.03 ? Math.log1p(0.05 + 0.25 * random.nextDouble()) : 0);
      case TWO_MODES -> SIGMA * normal + (random.nextDouble() < 0.3 ? Math.log1p(0.05) : 0);
    };
  }

  /** Student's t of 3 degrees of freedom with standard deviation 1. */
  private double heavy(double normal) {
    double squares = 0;
    for (int i = 0; i < 3; i++) {
      double g = random.nextGaussian();
      squares += g * g;
    }
    return normal / Math.sqrt(squares / 3) / Math.sqrt(3);
  }

  @Override
  public String toString() {
    return noise + " " + Arrays.toString(base);
  }
}
