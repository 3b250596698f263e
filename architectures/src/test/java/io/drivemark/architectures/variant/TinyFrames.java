package io.drivemark.architectures.variant;

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

/**
 * Made-up frames: vertical stripes of classes, each class its own colour channel, with noise. What
 * a frame shows follows from its name; those called {@code void…} have no class anywhere.
 */
record TinyFrames(List<String> ids, int height, int width, int noise) implements Dataset {
  static final LabelSpace SPACE =
      new LabelSpace(
          "tiny-3",
          Stream.of("Red", "Green", "Blue")
              .map(n -> new LabelClass(n, 0, "colour", false, false))
              .toList());

  static TinyFrames of(int count, int height, int width) {
    return new TinyFrames(
        IntStream.range(0, count).mapToObj(i -> "frame" + i).toList(), height, width, 40);
  }

  @Override
  public String name() {
    return "tiny";
  }

  @Override
  public String split() {
    return "train";
  }

  @Override
  public LabelSpace labels() {
    return SPACE;
  }

  @Override
  public String digest() {
    return "tiny-" + ids + "-" + height + "x" + width;
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
    String id = ids.get(index);
    Random random = new Random(id.hashCode());
    int stripe = 3 + random.nextInt(4);
    byte[] pixels = new byte[3 * height * width];
    byte[] truth = new byte[height * width];
    for (int p = 0; p < height * width; p++) {
      int label = p % width / stripe % 3;
      for (int c = 0; c < 3; c++) {
        pixels[3 * p + c] = (byte) ((c == label ? 200 : 20) + random.nextInt(1 + noise));
      }
      truth[p] = (byte) (id.startsWith("void") ? LabelSpace.VOID : label);
    }
    return Sample.of(
        id, RgbImage.of(height, width, pixels), LabelMap.of(SPACE, height, width, truth));
  }
}
