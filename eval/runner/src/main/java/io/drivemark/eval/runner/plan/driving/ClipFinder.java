package io.drivemark.eval.runner.plan.driving;

import io.drivemark.config.Numbers;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.Frame;
import io.drivemark.eval.runner.evidence.driving.Clip;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Counted;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Looks for clips among the frames of a dataset. For one thread, one {@link #find}. */
final class ClipFinder {
  /** Frames further apart than this are no camera's; the truth in between would be guessed. */
  private static final double MOST_SECONDS = 0.2;

  private static final double THOUSAND = 1000;

  private final Dataset dataset;
  private final double warmUp;
  private final String purpose;
  private final List<Clip> clips = new ArrayList<>();
  private final Set<Double> rates = new LinkedHashSet<>();
  private final Set<String> problems = new LinkedHashSet<>();

  /**
   * @param warmUp seconds that a clip must last at least
   * @param purpose what cannot be done without clips, for messages
   */
  ClipFinder(Dataset dataset, double warmUp, String purpose) {
    this.dataset = dataset;
    this.warmUp = warmUp;
    this.purpose = purpose;
  }

  /**
   * The clips that are long enough to be judged.
   *
   * @param rate pictures a second of all of them
   * @param notes what is left out and why
   */
  record Found(double rate, List<Clip> clips, List<String> notes) {}

  /**
   * Finds them.
   *
   * @throws BadInputException if there is none; the message says what to declare
   */
  Found find() {
    Map<String, List<Integer>> sequences = new LinkedHashMap<>();
    for (int i = 0; i < dataset.ids().size(); i++) {
      Optional<String> sequence = dataset.frame(i).sequence();
      if (sequence.isEmpty()) {
        throw refused(
            "it does not say which drive its frame "
                + dataset.ids().get(i)
                + " is of; declare sequence: with the part of an id that names the drive");
      }
      sequences.computeIfAbsent(sequence.get(), s -> new ArrayList<>()).add(i);
    }
    sequences.forEach(this::look);
    if (rates.size() > 1) {
      throw refused(
          "its sequences have different rates, "
              + rates
              + " pictures a second; take those of one rate by where:");
    }
    if (clips.isEmpty()) {
      throw refused(String.join("; ", problems));
    }
    double rate = rates.iterator().next();
    List<Clip> lasting = new ArrayList<>();
    for (Clip clip : clips) {
      if ((clip.samples().size() - 1) / rate >= warmUp) {
        lasting.add(clip);
      } else {
        problems.add(
            "clip "
                + clip.name()
                + " of "
                + Counted.of(clip.samples().size(), "picture")
                + " at "
                + Numbers.text(rate)
                + " a second is over before the warm-up of "
                + Numbers.text(warmUp)
                + " s");
      }
    }
    if (lasting.isEmpty()) {
      throw refused(
          String.join("; ", problems)
              + "; take longer sequences (synthdrive: options: {sequence: 60, rate: 30}), or a"
              + " shorter warm-up");
    }
    return new Found(rate, lasting, List.copyOf(problems));
  }

  private BadInputException refused(String why) {
    return new BadInputException(
        purpose + " on " + dataset.name() + "/" + dataset.split() + ": " + why);
  }

  private void look(String sequence, List<Integer> frames) {
    OptionalDouble rate = dataset.rate(sequence);
    if (rate.isEmpty()) {
      problems.add(
          "sequence "
              + sequence
              + " has no rate; declare rate: with the pictures a second that its camera took");
      return;
    }
    if (frames.stream().anyMatch(i -> !dataset.frame(i).before().isEmpty())) {
      rates.add(rate.getAsDouble());
      frames.forEach(this::lookBefore);
      return;
    }
    long[] numbers = new long[frames.size()];
    for (int i = 0; i < numbers.length; i++) {
      Optional<Double> seconds = dataset.frame(frames.get(i)).seconds();
      double number = seconds.map(s -> s * rate.getAsDouble()).orElse(Double.NaN);
      if (!(Math.abs(number - Math.rint(number)) < 1e-3)) {
        problems.add(
            "the time of frame "
                + dataset.ids().get(frames.get(i))
                + (seconds.isEmpty()
                    ? " is not known"
                    : " is no whole number of pictures at "
                        + Numbers.text(rate.getAsDouble())
                        + " a second"));
        return;
      }
      numbers[i] = (long) Math.rint(number);
    }
    cut(sequence, frames, numbers, rate.getAsDouble());
  }

  /** Pictures without labels lead up to a frame. */
  private void lookBefore(int index) {
    Frame frame = dataset.frame(index);
    int count = frame.before().size();
    if (count == 0) {
      problems.add("frame " + frame.id() + " has no pictures before it");
      return;
    }
    List<String> samples = new ArrayList<>(Collections.nCopies(count, ""));
    samples.add(frame.id());
    clips.add(new Clip(frame.id(), samples));
  }

  private void cut(String sequence, List<Integer> frames, long[] numbers, double rate) {
    long step = Long.MAX_VALUE;
    for (int i = 1; i < numbers.length; i++) {
      if (numbers[i] <= numbers[i - 1]) {
        problems.add("the frames of sequence " + sequence + " are not in the order of their times");
        return;
      }
      step = Math.min(step, numbers[i] - numbers[i - 1]);
    }
    if (numbers.length < 2) {
      problems.add("sequence " + sequence + " has one frame");
      return;
    }
    if (step / rate > MOST_SECONDS) {
      problems.add(
          "frames with labels of sequence "
              + sequence
              + " are "
              + Numbers.text(Math.rint(THOUSAND * step / rate) / THOUSAND)
              + " s apart, at most "
              + MOST_SECONDS
              + " s can be judged; declare layout.stream with the pictures that the camera took"
              + " before each of them, for example stream: 'video/{id}.png' (synthdrive: options:"
              + " {sequence: 60, rate: 30})");
      return;
    }
    rates.add(rate / step);
    List<String> samples = new ArrayList<>();
    int part = 0;
    for (int i = 0; i < numbers.length; i++) {
      samples.add(dataset.ids().get(frames.get(i)));
      boolean last = i + 1 == numbers.length;
      if (last || numbers[i + 1] - numbers[i] != step) {
        if (samples.size() > 1) {
          part++;
          clips.add(new Clip(last && part == 1 ? sequence : sequence + "#" + part, samples));
        }
        samples = new ArrayList<>();
      }
    }
  }
}
