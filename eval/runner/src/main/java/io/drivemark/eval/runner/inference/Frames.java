package io.drivemark.eval.runner.inference;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.Sample;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The frames of a dataset while its cells are measured. As many decoded frames as fit a budget stay
 * in memory, so that the second network does not wait for the disk again. Thread-safe.
 */
public final class Frames {
  private static final int BYTES_PER_PIXEL = 4; // three of the photograph, one of the truth

  private final Dataset dataset;
  private final AtomicLong budgetBytes;
  private final AtomicReferenceArray<Sample> kept;

  public Frames(Dataset dataset, long budgetBytes) {
    this.dataset = dataset;
    this.budgetBytes = new AtomicLong(budgetBytes);
    this.kept = new AtomicReferenceArray<>(dataset.ids().size());
  }

  /** Frames that may stay in memory: an eighth of what the JVM may take. */
  public static long defaultBudgetBytes() {
    return Runtime.getRuntime().maxMemory() / 8;
  }

  public Dataset dataset() {
    return dataset;
  }

  public int count() {
    return kept.length();
  }

  /**
   * The frame of this index: its photograph and truth.
   *
   * @throws BadInputException if it is damaged
   */
  public Sample load(int index) {
    Sample cached = kept.get(index);
    if (cached != null) {
      return cached;
    }
    Sample all = dataset.frame(index).sample();
    Sample sample = Sample.of(all.id(), all.image(), all.truth());
    long bytes = (long) BYTES_PER_PIXEL * sample.image().height() * sample.image().width();
    if (budgetBytes.addAndGet(-bytes) >= 0) {
      kept.set(index, sample);
    } else {
      budgetBytes.addAndGet(bytes);
    }
    return sample;
  }

  /** The size of the first frame that can be read; empty if none can. */
  public Optional<FrameSize> size() {
    return firstReadable(1).stream()
        .map(s -> new FrameSize(s.image().height(), s.image().width()))
        .findFirst();
  }

  /** The first frames that can be read, at most so many; the accuracy pass names the others. */
  public List<Sample> firstReadable(int most) {
    List<Sample> out = new ArrayList<>();
    for (int i = 0; i < count() && out.size() < most; i++) {
      try {
        out.add(load(i));
      } catch (BadInputException e) {
        continue;
      }
    }
    return out;
  }
}
