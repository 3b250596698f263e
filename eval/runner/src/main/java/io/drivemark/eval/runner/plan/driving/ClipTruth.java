package io.drivemark.eval.runner.plan.driving;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.Depth;
import io.drivemark.datasets.Frame;
import io.drivemark.datasets.FrameCache;
import io.drivemark.datasets.Instances;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.PixelArrays;
import io.drivemark.eval.runner.evidence.driving.Sightings;
import io.drivemark.eval.statistics.Percentiles;
import io.drivemark.eval.streaming.CameraClock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The truth of frames besides their labels: labels up to the next picture, and objects with their
 * distances. Made when asked for and kept for the next network while a share of the heap allows.
 * Safe to share between threads.
 */
public final class ClipTruth {
  private static final int HEAP_PARTS = 16;

  private final Dataset dataset;
  private final double rate;
  private final int between;
  private final AtomicReferenceArray<Extras> kept;
  private final AtomicLong bytesLeft = new AtomicLong(FrameCache.partOfHeap(HEAP_PARTS));

  ClipTruth(Dataset dataset, double rate, int between) {
    this.dataset = dataset;
    this.rate = rate;
    this.between = between;
    this.kept = new AtomicReferenceArray<>(dataset.ids().size());
  }

  /**
   * What is known of a frame.
   *
   * @param later labels at parts 1, 2, ... of the time to the next picture
   * @param objects in the order of their numbers
   */
  public record Extras(List<LabelMap> later, List<TruthObject> objects) {}

  /**
   * An object in a frame.
   *
   * @param number along its sequence
   * @param group as {@link Sightings} names them
   * @param pixels where it is, as positions in the label map
   * @param centimetres the median of its known distances; empty if less than half are known
   */
  public record TruthObject(int number, String group, int[] pixels, OptionalLong centimetres) {
    /** How many of its pixels were predicted as a class of its group. */
    public long found(LabelMap prediction) {
      List<LabelClass> classes = prediction.space().classes();
      long found = 0;
      for (int pixel : pixels) {
        int c = prediction.pixels()[pixel] & 0xFF;
        found += c < classes.size() && isOf(group, classes.get(c)) ? 1 : 0;
      }
      return found;
    }
  }

  private static boolean isOf(String group, LabelClass c) {
    return group.equals(Sightings.VULNERABLE) ? c.vulnerable() : c.instances() && !c.vulnerable();
  }

  /**
   * What is known of a frame.
   *
   * @param index its position in the split
   * @param truth its labels
   * @throws io.drivemark.problem.BadInputException if a file is damaged
   */
  public Extras of(int index, LabelMap truth) {
    Extras known = kept.get(index);
    if (known != null) {
      return known;
    }
    Frame frame = dataset.frame(index);
    List<LabelMap> later = new ArrayList<>();
    for (int part = 1; part < between; part++) {
      long nanos = CameraClock.of(rate).time(part, between);
      later.add(frame.truthAfter(nanos).orElseThrow());
    }
    Extras made = new Extras(List.copyOf(later), objects(frame, truth));
    long bytes = (long) truth.pixels().length * between;
    if (bytesLeft.addAndGet(-bytes) < 0 || !kept.compareAndSet(index, null, made)) {
      bytesLeft.addAndGet(bytes);
    }
    return made;
  }

  private static List<TruthObject> objects(Frame frame, LabelMap truth) {
    Optional<Instances> instances = frame.objects(truth, new PixelArrays());
    if (instances.isEmpty()) {
      return List.of();
    }
    Optional<Depth> depth = frame.depth();
    int[] numbers = instances.get().ids();
    Map<Integer, List<Integer>> pixels = new TreeMap<>();
    List<LabelClass> classes = truth.space().classes();
    for (int i = 0; i < numbers.length; i++) {
      int c = truth.pixels()[i] & 0xFF;
      if (numbers[i] != 0 && c < classes.size() && classes.get(c).instances()) {
        pixels.computeIfAbsent(numbers[i], n -> new ArrayList<>()).add(i);
      }
    }
    List<TruthObject> out = new ArrayList<>();
    pixels.forEach(
        (number, of) -> {
          long vulnerable =
              of.stream().filter(i -> classes.get(truth.pixels()[i] & 0xFF).vulnerable()).count();
          String group = 2 * vulnerable >= of.size() ? Sightings.VULNERABLE : Sightings.OTHER;
          out.add(
              new TruthObject(
                  number,
                  group,
                  of.stream().mapToInt(i -> i).toArray(),
                  depth.map(d -> centimetres(d, of)).orElse(OptionalLong.empty())));
        });
    return List.copyOf(out);
  }

  private static OptionalLong centimetres(Depth depth, List<Integer> pixels) {
    double[] known =
        pixels.stream()
            .mapToDouble(i -> depth.metres()[i])
            .filter(m -> Double.isFinite(m) && m > 0)
            .toArray();
    if (2 * known.length < pixels.size()) {
      return OptionalLong.empty();
    }
    Arrays.sort(known);
    return OptionalLong.of(Math.round(100 * Percentiles.median(known)));
  }
}
