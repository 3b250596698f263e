package io.drivemark.eval.benchmarks;

import io.drivemark.datasets.Instances;
import io.drivemark.datasets.Sample;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.datasets.synth.SynthDrive;
import io.drivemark.datasets.synth.SynthOptions;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Writes truth, object numbers and predictions of 1024×2048 as Cityscapes lays them out, so that
 * whole processes can be timed on files: {@code drivemark score --dataset cityscapes --root
 * DIR/data --split val --predictions DIR/predictions}. Frames are SynthDrive's with Cityscapes'
 * values, turned sideways and mirrored; predictions follow the truth with waves along its borders
 * and some wrong blobs. The same every time.
 *
 * <pre>java -cp … io.drivemark.eval.benchmarks.CityscapesPairs DIR [PAIRS]</pre>
 */
public final class CityscapesPairs {
  private static final int HEIGHT = 1024;
  private static final int WIDTH = 2048;
  private static final int SCENES = 12;
  private static final int SHIFT = 83;
  private static final int BONNET_ROWS = 48;
  private static final int BLOBS = 12;
  private static final int EGO_VEHICLE = 1;
  private static final int FIRST_OF_OBJECTS = 24;
  private static final String[] CITIES = {"frankfurt", "lindau", "munster"};

  /** By SynthDrive's class: what Cityscapes' label files store. */
  private static final int[] STORED = {23, 11, 17, 7, 8, 21, 20, 13, 26, 24, 25};

  /** By SynthDrive's class: what a network gives. */
  private static final int[] PREDICTED = {10, 2, 5, 0, 1, 8, 7, 4, 13, 11, 12};

  private CityscapesPairs() {}

  /** Classes and object numbers of a scene, row by row. */
  private record Scene(byte[] classes, int[] objects) {}

  /** Writes {@code args[1]} pairs, 300 if none is given, below the folder {@code args[0]}. */
  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    int pairs = args.length > 1 ? Integer.parseInt(args[1]) : 300;
    int scenes = Math.min(SCENES, pairs);
    SynthDrive drive = new SynthDrive(SynthOptions.of(scenes, 1, HEIGHT, WIDTH, "val"));
    IntStream.range(0, scenes)
        .parallel()
        .forEach(
            s -> {
              Scene scene = scene(drive.frame(s).sample());
              for (int pair = s; pair < pairs; pair += scenes) {
                write(folder, pair, scene);
              }
            });
  }

  private static Scene scene(Sample sample) {
    return new Scene(sample.truth().pixels(), sample.instances().map(Instances::ids).orElseThrow());
  }

  private static void write(Path folder, int pair, Scene scene) {
    byte[] labels = new byte[HEIGHT * WIDTH];
    short[] objects = new short[labels.length];
    byte[] prediction = new byte[labels.length];
    Random random = new Random(pair);
    double phase = random.nextDouble();
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int i = y * WIDTH + x;
        int from = source(pair, y, x);
        int stored = y < HEIGHT - BONNET_ROWS ? value(STORED, scene.classes[from]) : EGO_VEHICLE;
        boolean object = stored >= FIRST_OF_OBJECTS && scene.objects[from] != 0;
        labels[i] = (byte) stored;
        objects[i] = (short) (object ? stored * 1000 + scene.objects[from] % 1000 : stored);
        double down = 3 * Math.sin(x / 37.0 + phase) + 2 * Math.sin(x / 11.0);
        double right = 3 * Math.sin(y / 29.0 + phase) + 2 * Math.sin(y / 13.0);
        int seen = source(pair, clamp(y + down, HEIGHT), clamp(x + right, WIDTH));
        prediction[i] = (byte) value(PREDICTED, scene.classes[seen]);
      }
    }
    for (int blob = 0; blob < BLOBS; blob++) {
      paint(prediction, random);
    }
    String city = CITIES[pair % CITIES.length];
    String id = String.format(Locale.ROOT, "%s_%06d_%06d", city, pair / 30, pair);
    Path truth = folder.resolve("data/gtFine/val").resolve(city);
    ImageCodec.writeGray8(truth.resolve(id + "_gtFine_labelIds.png"), HEIGHT, WIDTH, labels);
    ImageCodec.writeGray16(truth.resolve(id + "_gtFine_instanceIds.png"), HEIGHT, WIDTH, objects);
    ImageCodec.writeGray8(
        folder.resolve("predictions").resolve(id + ".png"), HEIGHT, WIDTH, prediction);
  }

  /** Which pixel of the scene is seen here: turned by some columns, every other time mirrored. */
  private static int source(int pair, int y, int x) {
    int turn = pair / SCENES;
    int column = (x + turn * SHIFT) % WIDTH;
    return y * WIDTH + (turn % 2 == 0 ? column : WIDTH - 1 - column);
  }

  /** What stands for a class; void and a network's guess at it are 0. */
  private static int value(int[] values, byte label) {
    int index = label & 0xFF;
    return index < values.length ? values[index] : 0;
  }

  private static int clamp(double at, int size) {
    return (int) Math.max(0, Math.min(size - 1, at));
  }

  private static void paint(byte[] prediction, Random random) {
    int label = PREDICTED[random.nextInt(PREDICTED.length)];
    int middleY = random.nextInt(HEIGHT);
    int middleX = random.nextInt(WIDTH);
    double ry = 5 + random.nextInt(40);
    double rx = 5 + random.nextInt(90);
    for (int y = clamp(middleY - ry, HEIGHT); y <= clamp(middleY + ry, HEIGHT); y++) {
      for (int x = clamp(middleX - rx, WIDTH); x <= clamp(middleX + rx, WIDTH); x++) {
        double dy = (y - middleY) / ry;
        double dx = (x - middleX) / rx;
        if (dy * dy + dx * dx <= 1) {
          prediction[y * WIDTH + x] = (byte) label;
        }
      }
    }
  }
}
