package io.drivemark.architectures.training;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.Depth;
import io.drivemark.datasets.Frame;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelCoding;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.Sample;
import io.drivemark.datasets.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Small made-up frames without labels whose grey says the distance: a road that gets farther
 * upwards, a near box on it, and a sky of no distance.
 */
public record DepthFrames(int count, int height, int width, long seed) implements Dataset {
  private static final LabelSpace SPACE =
      new LabelSpace("none", List.of(new LabelClass("Any", 0, "any", false, false)));

  @Override
  public String name() {
    return "distances";
  }

  @Override
  public String split() {
    return "seed" + seed;
  }

  @Override
  public boolean labelled() {
    return false;
  }

  @Override
  public Set<Task> tasks() {
    return Set.of(Task.DEPTH);
  }

  @Override
  public LabelSpace labels() {
    return SPACE;
  }

  @Override
  public List<String> ids() {
    return IntStream.range(0, count).mapToObj(i -> "frame" + i).toList();
  }

  @Override
  public String digest() {
    return "distances-" + count + "-" + height + "x" + width + "-" + seed;
  }

  @Override
  public LabelCoding coding() {
    throw new UnsupportedOperationException("made-up frames have no files");
  }

  @Override
  public Frame frame(int index) {
    return Frame.of(ids().get(index), () -> sample(index));
  }

  private Sample sample(int index) {
    Random random = new Random(seed * 1000 + index);
    int horizon = height / 4 + random.nextInt(height / 8);
    int left = random.nextInt(width / 2);
    byte[] pixels = new byte[3 * height * width];
    float[] metres = new float[height * width];
    byte[] nothing = new byte[height * width];
    Arrays.fill(nothing, (byte) LabelSpace.VOID);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean box = y >= horizon && y < 3 * height / 4 && x >= left && x < left + width / 4;
        float distance = box ? 6 : 4f * height / (y - horizon + 2);
        metres[y * width + x] = y < horizon ? Float.NaN : distance;
        int grey = y < horizon ? 255 : (int) (200 - 50 * Math.log(distance));
        for (int c = 0; c < 3; c++) {
          pixels[3 * (y * width + x) + c] =
              (byte) Math.max(0, Math.min(255, grey + random.nextInt(9) - 4));
        }
      }
    }
    return new Sample(
        "frame" + index,
        RgbImage.of(height, width, pixels),
        LabelMap.of(SPACE, height, width, nothing),
        Optional.of(Depth.of(height, width, metres)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }
}
