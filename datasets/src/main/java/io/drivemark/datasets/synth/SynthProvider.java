package io.drivemark.datasets.synth;

import io.drivemark.config.Numbers;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetProvider;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.Task;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Opens {@link SynthDrive} by the name {@code synthdrive}. Options, all of them optional: {@code
 * count} (frames; 400 for train, 100 for val and test), {@code seed} (1), {@code size}
 * (height{@code x}width, 360x480), {@code sequence} (frames of one drive, 4), {@code rate} (frames
 * a second, 2), {@code weather} and {@code light} (mixed). A request's limit cuts the count.
 */
public final class SynthProvider implements DatasetProvider {
  private static final List<String> OPTIONS =
      List.of("count", "light", "rate", "seed", "sequence", "size", "weather");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,5})[xX](\\d{1,5})");

  @Override
  public String name() {
    return "synthdrive";
  }

  @Override
  public String description() {
    return "SynthDrive: drawn driving scenes with exact labels, depth and instances";
  }

  @Override
  public List<String> splits() {
    return SynthOptions.SPLITS;
  }

  @Override
  public LabelSpace labels() {
    return Labels.space();
  }

  @Override
  public Set<Task> tasks() {
    return Set.of(Task.SEGMENTATION, Task.DEPTH);
  }

  @Override
  public List<String> notes() {
    return List.of(
        "Options: count (frames; 400 for train, else 100), seed (1), size (360x480), sequence (frames"
            + " of one drive; 4), rate (frames a second; 2), weather and light (mixed)",
        "The same options give the same frames, byte by byte; splits differ in their drives",
        "Distances, object numbers, weather, light and sequence are known of each frame",
        "Void are the own bonnet and boxes beside the road that are of no class",
        "'drivemark synth' writes frames as files in the layout of camvid");
  }

  @Override
  public boolean needsRoot() {
    return false;
  }

  @Override
  public Dataset open(DatasetRequest request) {
    Map<String, String> given = request.options();
    for (String key : given.keySet()) {
      if (!OPTIONS.contains(key)) {
        throw new BadInputException(
            "synthdrive: no option '"
                + key
                + "'"
                + Nearest.hint(key, OPTIONS)
                + "; known: "
                + String.join(", ", OPTIONS));
      }
    }
    int count = number(given, "count", request.split().equals("train") ? 400 : 100).intValue();
    String size = given.getOrDefault("size", "360x480");
    Matcher match = SIZE.matcher(size);
    if (!match.matches()) {
      throw new BadInputException(
          "synthdrive: size is '" + size + "', expected HEIGHTxWIDTH, for example 360x480");
    }
    return new SynthDrive(
        new SynthOptions(
            request.limit().isPresent() ? Math.min(count, request.limit().getAsInt()) : count,
            number(given, "seed", 1),
            Integer.parseInt(match.group(1)),
            Integer.parseInt(match.group(2)),
            request.split(),
            number(given, "sequence", SynthOptions.DEFAULT_FRAMES_PER_SEQUENCE).intValue(),
            rate(given),
            choice(given, "weather", Weather.values(), Weather::attribute),
            choice(given, "light", Daylight.values(), Daylight::attribute)));
  }

  private static Long number(Map<String, String> given, String key, long otherwise) {
    String text = given.get(key);
    if (text == null) {
      return otherwise;
    }
    String word = text.strip();
    OptionalLong value = Numbers.whole(word);
    if (value.isEmpty() || !key.equals("seed") && Numbers.integer(word).isEmpty()) {
      throw new BadInputException(
          "synthdrive: "
              + key
              + " is '"
              + text
              + "'"
              + Numbers.hint(word)
              + ", expected a whole number");
    }
    return value.getAsLong();
  }

  private static double rate(Map<String, String> given) {
    String text = given.get("rate");
    if (text == null) {
      return SynthOptions.DEFAULT_FRAMES_PER_SECOND;
    }
    return Numbers.real(text.strip())
        .orElseThrow(
            () ->
                new BadInputException(
                    "synthdrive: rate is '"
                        + text
                        + "'"
                        + Numbers.hint(text.strip())
                        + ", expected a number"));
  }

  private static <T> Optional<T> choice(
      Map<String, String> given, String key, T[] values, Function<T, String> name) {
    String text = given.get(key);
    if (text == null) {
      return Optional.empty();
    }
    for (T value : values) {
      if (name.apply(value).equals(text.toLowerCase(Locale.ROOT))) {
        return Optional.of(value);
      }
    }
    List<String> names = Arrays.stream(values).map(name).toList();
    throw new BadInputException(
        "synthdrive: "
            + key
            + " is '"
            + text
            + "'"
            + Nearest.hint(text, names)
            + ", expected one of "
            + String.join(", ", names));
  }
}
