package io.drivemark.architectures.training;

import io.drivemark.datasets.FrameCache;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.Sample;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The batches of an epoch, the next one prepared on a thread of its own while one is learned from.
 * Order and augmentation follow from seed, epoch and position alone. Not thread-safe.
 */
final class Batches implements AutoCloseable {
  private final FrameCache frames;
  private final Augmentation augmentation;
  private final TrainingRecipe recipe;
  private final Truth truth;
  private final Distances distances;
  private final ExecutorService ahead =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "drivemark-batches");
            thread.setDaemon(true);
            return thread;
          });
  private final Batch[] slots = new Batch[2];
  private Future<Batch> next;
  private long nextNumber = -1;

  /** What a batch holds besides images. */
  enum Truth {
    LABELS,
    DEPTH,
    /** Left and right photographs. */
    PAIRS
  }

  /** The distances of a frame as a loss compares them; empty where nothing is known. */
  interface Distances {
    Optional<float[]> of(int index, Sample sample);
  }

  /** What one step is given, in direct memory that the next but one batch reuses. */
  static final class Batch {
    private final FloatBuffer images;
    private final ByteBuffer labels;
    private final FloatBuffer depth;
    private final FloatBuffer left;
    private final FloatBuffer right;

    Batch(TrainingRecipe recipe, Truth truth) {
      int pixels = recipe.batch() * recipe.cropHeight() * recipe.cropWidth();
      this.images = floats(Math.multiplyExact(3, pixels));
      this.labels = ByteBuffer.allocateDirect(truth == Truth.LABELS ? pixels : 0);
      this.depth = floats(truth == Truth.DEPTH ? pixels : 0);
      this.left = floats(truth == Truth.PAIRS ? images.capacity() : 0);
      this.right = floats(truth == Truth.PAIRS ? images.capacity() : 0);
    }

    private static FloatBuffer floats(int count) {
      return ByteBuffer.allocateDirect(Math.multiplyExact(Float.BYTES, count))
          .order(ByteOrder.nativeOrder())
          .asFloatBuffer();
    }

    /** [N, 3, H, W], normalised. */
    FloatBuffer images() {
      return images;
    }

    /** Class indices, [N, H, W]; of {@link Truth#LABELS}. */
    ByteBuffer labels() {
      return labels;
    }

    /** What {@link Distances} says, [N, H, W], NaN where unknown; of {@link Truth#DEPTH}. */
    FloatBuffer depth() {
      return depth;
    }

    /** The left photographs, which the images are, [N, 3, H, W], 0 to 1; of {@link Truth#PAIRS}. */
    FloatBuffer left() {
      return left;
    }

    /** The right ones. */
    FloatBuffer right() {
      return right;
    }
  }

  Batches(FrameCache frames, Augmentation augmentation, TrainingRecipe recipe, Truth truth) {
    this(frames, augmentation, recipe, truth, (index, sample) -> Optional.empty());
  }

  /** Batches of {@link Truth#DEPTH}. */
  static Batches ofDepth(
      FrameCache frames, Augmentation augmentation, TrainingRecipe recipe, Distances distances) {
    return new Batches(frames, augmentation, recipe, Truth.DEPTH, distances);
  }

  private Batches(
      FrameCache frames,
      Augmentation augmentation,
      TrainingRecipe recipe,
      Truth truth,
      Distances distances) {
    this.distances = distances;
    this.frames = frames;
    this.augmentation = augmentation;
    this.recipe = recipe;
    this.truth = truth;
    slots[0] = new Batch(recipe, truth);
    slots[1] = new Batch(recipe, truth);
  }

  /** Steps an epoch: a rest smaller than a batch waits for another epoch's order. */
  int steps() {
    return Math.max(1, frames.count() / recipe.batch());
  }

  /** The batch of a step; the one after it begins to be prepared. */
  Batch get(int epoch, int step) {
    long number = (long) epoch * steps() + step;
    Future<Batch> wanted = nextNumber == number ? next : submit(number);
    try {
      Batch batch = wanted.get();
      nextNumber = number + 1;
      next = submit(nextNumber);
      return batch;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a batch was prepared", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private Future<Batch> submit(long number) {
    return ahead.submit(() -> prepare((int) (number / steps()), (int) (number % steps())));
  }

  /** Makes the batch of a step on the calling thread. */
  Batch prepare(int epoch, int step) {
    Batch batch = slots[(int) (((long) epoch * steps() + step) % 2)];
    int[] order = order(epoch);
    int plane = recipe.cropHeight() * recipe.cropWidth();
    float[] image = new float[3 * plane];
    byte[] labels = new byte[plane];
    float[] depth = new float[plane];
    for (int i = 0; i < recipe.batch(); i++) {
      int position = step * recipe.batch() + i;
      int frame = order[position % order.length];
      Sample sample = frames.load(frame);
      Augmentation.Cut cut =
          augmentation.cut(
              sample.image().height(),
              sample.image().width(),
              new SplittableRandom(mix(recipe.seed(), epoch, position)));
      switch (truth) {
        case LABELS -> {
          cut.image(sample.image().pixels(), image);
          batch.images.put(3 * plane * i, image);
          cut.labels(sample.truth().pixels(), labels);
          batch.labels.put(plane * i, labels);
        }
        case DEPTH -> {
          cut.image(sample.image().pixels(), image);
          batch.images.put(3 * plane * i, image);
          distances
              .of(frame, sample)
              .ifPresentOrElse(d -> cut.depth(d, depth), () -> Arrays.fill(depth, Float.NaN));
          batch.depth.put(plane * i, depth);
        }
        case PAIRS -> pair(sample, frame, cut, batch, i);
      }
    }
    return batch;
  }

  /** Where left and right are swapped, the right photograph becomes the left one. */
  private void pair(Sample sample, int frame, Augmentation.Cut cut, Batch batch, int place) {
    RgbImage own = sample.image();
    RgbImage other =
        frames
            .right(frame)
            .orElseThrow(() -> LearnableDepth.withoutRight("frame " + sample.id()))
            .image();
    float[] values = new float[3 * recipe.cropHeight() * recipe.cropWidth()];
    int at = values.length * place;
    cut.image((cut.mirrored() ? other : own).pixels(), values);
    batch.images.put(at, values);
    augmentation.colours(values);
    batch.left.put(at, values);
    cut.image((cut.mirrored() ? own : other).pixels(), values);
    augmentation.colours(values);
    batch.right.put(at, values);
  }

  private int[] order(int epoch) {
    SplittableRandom random = new SplittableRandom(mix(recipe.seed(), epoch, -1));
    int[] order = new int[frames.count()];
    for (int i = 0; i < order.length; i++) {
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    return order;
  }

  /** One well-mixed number from three. */
  static long mix(long seed, long epoch, long position) {
    long mixed = seed * 0x9E3779B97F4A7C15L + epoch;
    mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L + position;
    return (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
  }

  @Override
  public void close() {
    ahead.shutdownNow();
  }
}
