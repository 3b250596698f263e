package io.drivemark.datasets;

import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/**
 * The photographs and labels of a split, and what else is asked for, decoded once and kept in
 * memory as far as a share of the heap allows; the rest is decoded each time. For whoever reads all
 * frames again and again: a training in every epoch, a study for every network. Safe to share
 * between threads; two that ask for one frame at the same time may both decode it.
 */
public final class FrameCache {
  private static final int BYTES_PER_PIXEL = 4; // three of the photograph, one of the truth

  private static final int BYTES_PER_COLOUR = 3;

  /** What may be kept of a frame besides its photograph and labels. */
  public enum Part {
    /** The distances of a frame that has some. */
    DEPTH,
    /** The object numbers of a frame that has some. */
    OBJECTS,
    /** What the second camera saw, of a frame that has one. */
    RIGHT
  }

  private final Dataset dataset;
  private final Set<Part> parts;
  private final AtomicLong bytesLeft;
  private final AtomicReferenceArray<Sample> kept;
  private final AtomicReferenceArray<RightView> rights;

  /**
   * An empty one of photographs and labels.
   *
   * @param budgetBytes how many bytes of pixels may be kept; 0 keeps none
   */
  public FrameCache(Dataset dataset, long budgetBytes) {
    this(dataset, budgetBytes, Set.of());
  }

  /**
   * An empty one.
   *
   * @param budgetBytes how many bytes of pixels may be kept; 0 keeps none
   * @param parts what is wanted besides photographs and labels
   */
  public FrameCache(Dataset dataset, long budgetBytes, Set<Part> parts) {
    this.dataset = dataset;
    this.parts = Set.copyOf(parts);
    this.bytesLeft = new AtomicLong(budgetBytes);
    this.kept = new AtomicReferenceArray<>(dataset.ids().size());
    this.rights = new AtomicReferenceArray<>(parts.contains(Part.RIGHT) ? kept.length() : 0);
  }

  /** One part of several equal ones of what is left of the heap at this moment, in bytes. */
  public static long partOfHeap(int parts) {
    Runtime runtime = Runtime.getRuntime();
    return (runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory()) / parts;
  }

  /** Whose frames these are. */
  public Dataset dataset() {
    return dataset;
  }

  /** How many frames the split has. */
  public int count() {
    return kept.length();
  }

  /**
   * The frame of this index: its id, photograph and truth, its distances and object numbers if they
   * are wanted, and nothing else.
   *
   * @throws BadInputException if it is damaged; it is tried again the next time
   */
  public Sample load(int index) {
    Sample known = kept.get(index);
    if (known != null) {
      return known;
    }
    Sample all = dataset.frame(index).sample();
    Sample sample = Sample.of(all.id(), all.image(), all.truth());
    long pixels = (long) sample.truth().height() * sample.truth().width();
    long bytes = BYTES_PER_PIXEL * pixels;
    if (parts.contains(Part.DEPTH) && all.depth().isPresent()) {
      sample = sample.withDepth(all.depth());
      bytes += Float.BYTES * pixels;
    }
    if (parts.contains(Part.OBJECTS) && all.instances().isPresent()) {
      sample = sample.withObjects(all.instances());
      bytes += Integer.BYTES * pixels;
    }
    keep(kept, index, sample, bytes);
    return sample;
  }

  /**
   * What the second camera saw at this frame; empty if it has none.
   *
   * @throws IllegalStateException if right views are not wanted here
   * @throws BadInputException as {@link #load}
   */
  public Optional<RightView> right(int index) {
    if (!parts.contains(Part.RIGHT)) {
      throw new IllegalStateException("a cache without right views");
    }
    RightView known = rights.get(index);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<RightView> view = dataset.frame(index).right();
    view.ifPresent(
        v ->
            keep(
                rights,
                index,
                v,
                (long) BYTES_PER_COLOUR * v.image().height() * v.image().width()));
    return view;
  }

  private <T> void keep(AtomicReferenceArray<T> shelf, int index, T value, long bytes) {
    if (bytesLeft.addAndGet(-bytes) < 0 || !shelf.compareAndSet(index, null, value)) {
      bytesLeft.addAndGet(bytes);
    }
  }

  /** The first frames that can be read, at most so many. */
  public List<Sample> firstReadable(int most) {
    return readable(IntStream.range(0, count()), most);
  }

  /** At most so many frames that can be read, evenly spread over the split, in its order. */
  public List<Sample> spreadReadable(int most) {
    int n = Math.min(most, count());
    return readable(IntStream.range(0, n).map(i -> (int) ((long) i * count() / n)), n);
  }

  private List<Sample> readable(IntStream indices, int most) {
    List<Sample> out = new ArrayList<>();
    for (int i : (Iterable<Integer>) indices::iterator) {
      if (out.size() == most) {
        break;
      }
      try {
        out.add(load(i));
      } catch (BadInputException e) {
        continue; // whoever goes through all frames names it
      }
    }
    return out;
  }
}
