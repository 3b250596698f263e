package io.drivemark.architectures.training;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.Frame;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelCoding;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.Sample;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Small made-up frames: a noisy sky above a road, a box on it, a strip of void at the bottom. */
record ShapeFrames(LabelSpace labels, int count, int height, int width, long seed)
    implements Dataset {
  /** The classes of what is drawn: sky, road and box. */
  static final LabelSpace THREE =
      new LabelSpace(
          "shapes-3",
          Stream.of("Sky", "Road", "Box")
              .map(n -> new LabelClass(n, 0, "thing", false, false))
              .toList());

  @Override
  public String name() {
    return "shapes";
  }

  @Override
  public String split() {
    return "seed" + seed;
  }

  @Override
  public List<String> ids() {
    return IntStream.range(0, count).mapToObj(i -> "frame" + i).toList();
  }

  @Override
  public String digest() {
    return "shapes-" + count + "-" + height + "x" + width + "-" + seed;
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
    int horizon = height / 4 + random.nextInt(height / 4);
    int left = random.nextInt(width / 2);
    int top = horizon + random.nextInt(height / 6);
    byte[] pixels = new byte[3 * height * width];
    byte[] truth = new byte[height * width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean box = y >= top && y < top + height / 4 && x >= left && x < left + width / 4;
        int label = y < horizon ? 0 : box ? 2 : 1;
        int[] colour = {70 + 60 * label, 200 - 70 * label, 40 + 90 * (label % 2)};
        for (int c = 0; c < 3; c++) {
          pixels[3 * (y * width + x) + c] = (byte) (colour[c] + random.nextInt(40) - 20);
        }
        truth[y * width + x] = (byte) (y >= height - 2 ? LabelSpace.VOID : label);
      }
    }
    return Sample.of(
        "frame" + index,
        RgbImage.of(height, width, pixels),
        LabelMap.of(labels, height, width, truth));
  }
}
