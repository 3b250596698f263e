package io.drivemark.datasets.synth;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.Frame;
import io.drivemark.datasets.LabelCoding;
import io.drivemark.datasets.LabelFacts;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.Task;
import io.drivemark.datasets.random.Rng;
import io.drivemark.files.Digests;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.RandomAccess;
import java.util.Set;
import java.util.TreeMap;

/**
 * Driving scenes drawn from a seed: what to train and measure on where no dataset is at hand. Each
 * sample has the image, exact labels in {@code camvid-11}, exact depth in metres (NaN = sky or the
 * ego car's bonnet) and object numbers for cars, pedestrians and bicyclists, which stay the same
 * along a sequence.
 *
 * <p>A frame is a pure function of {@link SynthOptions} and its index: the same bits on each
 * platform, run and thread. The picture's content hardly depends on the size, so that a small frame
 * is a scaled-down large one. Attributes of a sample: {@code weather} (clear, rain, fog), {@code
 * light} (day, dusk, night, glare), {@code place} (city, suburb, green, open) and {@code speed}
 * (metres a second). Safe to share between threads.
 */
public final class SynthDrive implements Dataset {
  /** Part of each digest; raised with each change of what frames look like. */
  static final int GENERATOR_VERSION = 2;

  private static final String WEATHER = "weather";
  private static final String LIGHT = "light";

  private final SynthOptions options;
  private final List<String> ids;
  private final LabelSpace space;

  /** Opens the frames that the options describe; draws nothing yet. */
  public SynthDrive(SynthOptions options) {
    this.options = Objects.requireNonNull(options, "options");
    this.ids = new Ids(options);
    this.space = Labels.space();
  }

  /** What this dataset was opened with. */
  public SynthOptions options() {
    return options;
  }

  @Override
  public String name() {
    return "synthdrive";
  }

  @Override
  public String split() {
    return options.split();
  }

  @Override
  public LabelSpace labels() {
    return space;
  }

  @Override
  public Set<Task> tasks() {
    return Set.of(Task.SEGMENTATION, Task.DEPTH);
  }

  @Override
  public LabelFacts facts() {
    return LabelFacts.NONE.withDrivable(Labels.drivable());
  }

  @Override
  public List<String> ids() {
    return ids;
  }

  @Override
  public String digest() {
    return Digests.of("synthdrive/" + GENERATOR_VERSION + " " + options.canonical());
  }

  @Override
  public Frame frame(int index) {
    Objects.checkIndex(index, options.count());
    return new SynthFrame(options, space, ids.get(index), index);
  }

  /** Weather and light: they change no label. */
  @Override
  public Map<String, List<String>> conditions() {
    Map<String, List<String>> all = new TreeMap<>();
    all.put(WEATHER, Arrays.stream(Weather.values()).map(Weather::attribute).toList());
    all.put(LIGHT, Arrays.stream(Daylight.values()).map(Daylight::attribute).toList());
    return Collections.unmodifiableMap(all);
  }

  @Override
  public Dataset under(Map<String, String> values) {
    Map<String, List<String>> all = conditions();
    for (Map.Entry<String, String> value : values.entrySet()) {
      List<String> known = all.get(value.getKey());
      if (known == null) {
        throw new BadInputException(
            "synthdrive: no condition '"
                + value.getKey()
                + "'"
                + Nearest.hint(value.getKey(), all.keySet())
                + "; known: "
                + String.join(", ", all.keySet()));
      }
      if (!known.contains(value.getValue())) {
        throw new BadInputException(
            "synthdrive: no "
                + value.getKey()
                + " '"
                + value.getValue()
                + "'"
                + Nearest.hint(value.getValue(), known)
                + "; known: "
                + String.join(", ", known));
      }
    }
    Optional<Weather> weather =
        Optional.ofNullable(values.get(WEATHER))
            .map(word -> Weather.values()[all.get(WEATHER).indexOf(word)]);
    Optional<Daylight> light =
        Optional.ofNullable(values.get(LIGHT))
            .map(word -> Daylight.values()[all.get(LIGHT).indexOf(word)]);
    return new SynthDrive(options.with(weather.or(options::weather), light.or(options::daylight)));
  }

  @Override
  public OptionalDouble rate(String sequence) {
    return OptionalDouble.of(options.framesPerSecond());
  }

  @Override
  public LabelCoding coding() {
    return Labels.coding(space);
  }

  /** The seed of a drive; for one seed no two drives of any splits have the same. */
  static long driveSeed(long seed, String split, int number) {
    long key = (long) number * SynthOptions.SPLITS.size() + SynthOptions.SPLITS.indexOf(split);
    return Rng.stream(seed, key);
  }

  /** Which drive a frame is from, by the drive's number. */
  static String sequence(SynthOptions options, int number) {
    return String.format(Locale.ROOT, "%s_%06d", options.split(), number);
  }

  /** The names of frames, made when asked for. */
  private static final class Ids extends AbstractList<String> implements RandomAccess {
    private final SynthOptions options;

    Ids(SynthOptions options) {
      this.options = options;
    }

    @Override
    public String get(int index) {
      Objects.checkIndex(index, options.count());
      int per = options.framesPerSequence();
      return String.format(Locale.ROOT, "%s_%03d", sequence(options, index / per), index % per);
    }

    @Override
    public int size() {
      return options.count();
    }
  }
}
