package io.drivemark.architectures.zoo;

import java.util.stream.IntStream;

/**
 * Parameters as sums over published layer tables, written down apart from the networks: k·k·in·out
 * a convolution, plus a bias where the source has one, two a channel for BatchNorm, one a channel
 * for PReLU.
 */
final class LayerTables {
  private static final int[][] VGG = {
    {64, 64}, {128, 128}, {256, 256, 256}, {512, 512, 512}, {512, 512, 512}
  };

  private LayerTables() {}

  private static long conv(int in, int out, int area) {
    return (long) in * out * area;
  }

  private static long biased(int in, int out, int area) {
    return conv(in, out, area) + out;
  }

  private static long norm(int channels) {
    return 2L * channels;
  }

  private static long normalised(int in, int out, int area) {
    return conv(in, out, area) + norm(out);
  }

  /** Depthwise 3×3. */
  private static long depthwise(int channels) {
    return 9L * channels;
  }

  /** Thirteen convolutions, fc6 and fc7. */
  static long vgg16() {
    long sum = 0;
    int in = 3;
    for (int[] level : VGG) {
      for (int out : level) {
        sum += biased(in, out, 9);
        in = out;
      }
    }
    return sum + biased(512, 4096, 49) + biased(4096, 4096, 1);
  }

  static long fcn8s(int classes) {
    long scores = biased(4096, classes, 1) + biased(512, classes, 1) + biased(256, classes, 1);
    return vgg16() + scores + conv(classes, classes, 16 + 16 + 256);
  }

  static long dilation8(int classes) {
    long context = 7 * biased(classes, classes, 9) + biased(classes, classes, 1);
    return vgg16() + biased(4096, classes, 1) + context;
  }

  static long unet(int classes) {
    long sum = biased(64, classes, 1);
    int in = 3;
    for (int width = 64; width <= 1024; width *= 2) {
      sum += biased(in, width, 9) + biased(width, width, 9);
      in = width;
    }
    for (int width = 512; width >= 64; width /= 2) {
      sum += biased(2 * width, width, 4) + biased(2 * width, width, 9) + biased(width, width, 9);
    }
    return sum;
  }

  static long segnet(int classes) {
    long sum = 0;
    int in = 3;
    for (int[] level : VGG) {
      for (int out : level) {
        sum += biased(in, out, 9) + norm(out);
        in = out;
      }
    }
    int[] mirrored = {512, 512, 512, 512, 512, 256, 256, 256, 128, 128, 64, 64};
    for (int out : mirrored) {
      sum += biased(in, out, 9) + norm(out);
      in = out;
    }
    return sum + biased(64, classes, 9);
  }

  static long dilatedFcn16s(int classes) {
    long sum = 4 * normalised(256, 256, 9) + 2 * biased(256, classes, 1);
    int in = 3;
    for (int out : new int[] {32, 64, 128, 256}) {
      sum += normalised(in, out, 9) + normalised(out, out, 9);
      in = out;
    }
    return sum + conv(classes, classes, 32 * 32);
  }

  static long xception() {
    long sum = normalised(3, 32, 9) + normalised(32, 64, 9);
    int[][] entry = {{64, 128, 128}, {128, 256, 256}, {256, 728, 728}, {728, 728, 1024}};
    for (int[] block : entry) {
      sum += separable(block[0], block[1]) + separable(block[1], block[2]);
      sum += normalised(block[0], block[2], 1);
    }
    return sum + 24 * separable(728, 728) + separable(1024, 1536) + separable(1536, 2048);
  }

  private static long separable(int in, int out) {
    return depthwise(in) + normalised(in, out, 1);
  }

  static long xceptionSeg(int classes) {
    long scores = biased(2048, classes, 1) + biased(728, classes, 1) + biased(256, classes, 1);
    return xception() + scores + conv(classes, classes, 16 + 16 + 256);
  }

  static long linknet(int classes) {
    long sum = normalised(3, 64, 49) + 4 * normalised(64, 64, 9);
    for (int out = 128; out <= 512; out *= 2) {
      int in = out / 2;
      sum += normalised(in, out, 9) + 3 * normalised(out, out, 9) + normalised(in, out, 1);
    }
    int[][] decoder = {{512, 256}, {256, 128}, {128, 64}, {64, 64}};
    for (int[] block : decoder) {
      int narrow = block[0] / 4;
      sum += normalised(block[0], narrow, 1);
      sum += normalised(narrow, narrow, 9) + normalised(narrow, block[1], 1);
    }
    return sum + normalised(64, 32, 9) + normalised(32, 32, 9) + biased(32, classes, 4);
  }

  static long erfnet(int classes) {
    long down = biased(3, 13, 9) + norm(16) + biased(16, 48, 9) + norm(64);
    down += biased(64, 64, 9) + norm(128);
    long up = biased(128, 64, 9) + norm(64) + biased(64, 16, 9) + norm(16);
    long units = (5 + 2) * factorised(64) + 8 * factorised(128) + 2 * factorised(16);
    return down + units + up + biased(16, classes, 4);
  }

  private static long factorised(int width) {
    return 4 * biased(width, width, 3) + 2 * norm(width);
  }

  static long edanet(int classes) {
    long down = biased(3, 12, 9) + norm(15) + biased(15, 45, 9) + norm(60);
    down += biased(260, 130, 9) + norm(130);
    long modules =
        IntStream.concat(
                IntStream.range(0, 5).map(i -> 60 + 40 * i),
                IntStream.range(0, 8).map(i -> 130 + 40 * i))
            .mapToLong(in -> biased(in, 40, 1) + 4 * biased(40, 40, 3) + 3 * norm(40))
            .sum();
    return down + modules + biased(450, classes, 1);
  }

  static long cgnet(int classes) {
    long sum = guided(3, 32, 9) + 2 * guided(32, 32, 9) + 3 * 35;
    sum += guidedDown(35, 64, 8) + 2 * guidedUnit(64, 8) + 3 * 131;
    sum += guidedDown(131, 128, 16) + 20 * guidedUnit(128, 16) + 3 * 256;
    return sum + conv(256, classes, 1);
  }

  private static long guided(int in, int out, int area) {
    return normalised(in, out, area) + out;
  }

  private static long guidedDown(int in, int out, int reduction) {
    long context = 2 * depthwise(out) + 3 * 2L * out;
    return guided(in, out, 9) + context + conv(2 * out, out, 1) + weighing(out, reduction);
  }

  private static long guidedUnit(int width, int reduction) {
    int half = width / 2;
    return guided(width, half, 1) + 2 * depthwise(half) + 3L * width + weighing(width, reduction);
  }

  private static long weighing(int width, int reduction) {
    return biased(width, width / reduction, 1) + biased(width / reduction, width, 1);
  }

  static long fastScnn(int classes) {
    long sum = normalised(3, 32, 9) + bothNormalised(32, 48) + bothNormalised(48, 64);
    int in = 64;
    for (int out : new int[] {64, 96, 128}) {
      for (int i = 0; i < 3; i++) {
        int wide = 6 * in;
        sum += normalised(in, wide, 1) + depthwise(wide) + norm(wide) + normalised(wide, out, 1);
        in = out;
      }
    }
    sum += 4 * normalised(128, 32, 1) + normalised(256, 128, 1);
    sum += depthwise(128) + norm(128);
    sum += biased(128, 128, 1) + norm(128) + biased(64, 128, 1) + norm(128);
    return sum + 2 * bothNormalised(128, 128) + biased(128, classes, 1);
  }

  private static long bothNormalised(int in, int out) {
    return depthwise(in) + norm(in) + normalised(in, out, 1);
  }

  static long bisenetV2(int classes) {
    long detail = normalised(3, 64, 9) + 4 * normalised(64, 64, 9);
    detail += normalised(64, 128, 9) + 2 * normalised(128, 128, 9);
    long stem = normalised(3, 16, 9) + normalised(16, 8, 1) + normalised(8, 16, 9);
    stem += normalised(32, 16, 9);
    long meaning = gatherDown(16, 32) + gather(32) + gatherDown(32, 64) + gather(64);
    meaning += gatherDown(64, 128) + 3 * gather(128);
    long context = norm(128) + normalised(128, 128, 1) + normalised(128, 128, 9);
    long mixed = depthwise(128) + norm(128) + conv(128, 128, 1);
    long fusion = 2 * mixed + 3 * normalised(128, 128, 9);
    long head = normalised(128, 1024, 9) + biased(1024, classes, 1);
    return detail + stem + meaning + context + fusion + head;
  }

  private static long gather(int width) {
    int wide = 6 * width;
    return normalised(width, width, 9) + depthwise(wide) + norm(wide) + normalised(wide, width, 1);
  }

  private static long gatherDown(int in, int out) {
    int wide = 6 * in;
    long branch = normalised(in, in, 9) + 2 * (depthwise(wide) + norm(wide));
    return branch + normalised(wide, out, 1) + bothNormalised(in, out);
  }

  static long ddrnet23Slim(int classes) {
    long sum = dualStem() + 2 * basic(32, 32) + basic(32, 64) + basic(64, 64);
    sum += basic(64, 128) + basic(128, 128) + basic(128, 256) + basic(256, 256);
    sum += 4 * basic(64, 64) + bottleneck(64, 64) + bottleneck(256, 256);
    sum += normalised(128, 64, 1) + normalised(256, 64, 1);
    sum += normalised(64, 128, 9) + normalised(64, 128, 9) + normalised(128, 256, 9);
    sum += 5 * (norm(512) + conv(512, 128, 1)) + 4 * (norm(128) + conv(128, 128, 9));
    sum += norm(640) + conv(640, 128, 1) + norm(512) + conv(512, 128, 1);
    return sum + head(128, 64, classes);
  }

  static long pidnetS(int classes) {
    long sum = dualStem() + 2 * basic(32, 32) + basic(32, 64) + basic(64, 64);
    sum += basic(64, 128) + 2 * basic(128, 128) + basic(128, 256) + 2 * basic(256, 256);
    sum += bottleneck(256, 256) + bottleneck(512, 256);
    sum += normalised(128, 64, 1) + normalised(256, 64, 1) + 4 * normalised(64, 32, 1);
    sum += 4 * basic(64, 64) + bottleneck(64, 64);
    sum += basic(64, 32) + bottleneck(32, 32) + bottleneck(64, 64);
    sum += normalised(128, 32, 9) + normalised(256, 64, 9);
    sum += 5 * (norm(512) + conv(512, 96, 1)) + norm(384) + conv(96, 384, 9);
    sum += norm(480) + conv(480, 128, 1) + norm(512) + conv(512, 128, 1);
    return sum + 2 * normalised(128, 128, 1) + head(128, 128, classes);
  }

  private static long dualStem() {
    return biased(3, 32, 9) + norm(32) + biased(32, 32, 9) + norm(32);
  }

  private static long basic(int in, int out) {
    long shortcut = in == out ? 0 : normalised(in, out, 1);
    return normalised(in, out, 9) + normalised(out, out, 9) + shortcut;
  }

  private static long bottleneck(int in, int width) {
    long shortcut = in == 2 * width ? 0 : normalised(in, 2 * width, 1);
    return normalised(in, width, 1)
        + normalised(width, width, 9)
        + normalised(width, 2 * width, 1)
        + shortcut;
  }

  static long head(int in, int width, int classes) {
    return norm(in) + conv(in, width, 9) + norm(width) + biased(width, classes, 1);
  }

  /** Up to the bottleneck of 320 channels. */
  static long mobilenetV2() {
    int[][] stages = {{6, 24, 2}, {6, 32, 3}, {6, 64, 4}, {6, 96, 3}, {6, 160, 3}, {6, 320, 1}};
    long sum = normalised(3, 32, 9) + bothNormalised(32, 16);
    int in = 16;
    for (int[] stage : stages) {
      for (int i = 0; i < stage[2]; i++) {
        int wide = stage[0] * in;
        sum += normalised(in, wide, 1) + bothNormalised(wide, stage[1]);
        in = stage[1];
      }
    }
    return sum;
  }

  static long deeplabV3plus(int classes) {
    long pyramid = 2 * normalised(320, 256, 1) + 3 * normalised(320, 256, 9);
    pyramid += normalised(1280, 256, 1);
    long decoder = normalised(24, 48, 1) + normalised(304, 256, 9) + normalised(256, 256, 9);
    return mobilenetV2() + pyramid + decoder + biased(256, classes, 1);
  }
}
