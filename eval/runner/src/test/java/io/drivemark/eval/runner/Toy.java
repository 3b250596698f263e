package io.drivemark.eval.runner;

import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.image.ImageCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * A dataset of five plain colours, and networks of one convolution that tell them apart, written as
 * other tools write them: {@code toy/toy.yaml} and {@code onnx/NAME.yaml} below a folder.
 */
final class Toy {
  static final int HEIGHT = 48;
  static final int WIDTH = 64;
  static final int[][] COLOURS = {
    {220, 30, 40}, {40, 200, 60}, {30, 60, 210}, {230, 220, 50}, {128, 128, 128}
  };
  private static final List<String> NAMES = List.of("red", "green", "blue", "yellow", "grey");
  private static final int FRAMES = 3;
  private static final Object[] IMAGE = {1, 3, HEIGHT, WIDTH};
  private static final Object[] SCORES = {1, 5, HEIGHT, WIDTH};
  private static final Object[] IMAGE_LAST = {1, HEIGHT, WIDTH, 3};
  private static final Object[] SCORES_LAST = {1, HEIGHT, WIDTH, 5};
  static final String INPUT = "input: {channels: rgb, mean: [0, 0, 0], std: [1, 1, 1]}\n";

  private final Path folder;

  private Toy(Path folder) {
    this.folder = folder;
  }

  /** Writes all of it; returns the folder. */
  static Path write(Path folder) {
    try {
      Toy toy = new Toy(folder);
      toy.writeDataset();
      toy.writeNetworks();
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void writeDataset() throws IOException {
    Random random = new Random(7);
    for (int f = 0; f < FRAMES; f++) {
      byte[] pixels = new byte[3 * HEIGHT * WIDTH];
      byte[] labels = new byte[HEIGHT * WIDTH];
      int[][] grid = new int[6][8];
      for (int i = 0; i < 48; i++) {
        grid[i / 8][i % 8] = random.nextInt(5);
      }
      for (int i = 0; i < labels.length; i++) {
        int c = grid[i / WIDTH / 8][i % WIDTH / 8];
        labels[i] = (byte) c;
        for (int k = 0; k < 3; k++) {
          pixels[3 * i + k] = (byte) COLOURS[c][k];
        }
      }
      ImageCodec.writeImage(
          folder.resolve("toy/data/images/f" + f + ".png"), RgbImage.of(HEIGHT, WIDTH, pixels));
      ImageCodec.writeGray8(
          folder.resolve("toy/data/labels/f" + f + ".png"), HEIGHT, WIDTH, labels);
    }
    String classes = "";
    for (int c = 0; c < 5; c++) {
      classes +=
          "  - {name: %s, color: '%d,%d,%d'}\n"
              .formatted(NAMES.get(c), COLOURS[c][0], COLOURS[c][1], COLOURS[c][2]);
    }
    text("toy/toy5.yaml", "name: toy-5\nclasses:\n" + classes);
    text(
        "toy/bg6.yaml",
        "name: toy-bg-6\nclasses:\n  - {name: background, color: '0,0,0'}\n" + classes);
    text(
        "toy/bg6-to-toy.yaml",
        """
        name: bg6-to-toy
        from: bg6.yaml
        to: toy5.yaml
        classes: {background: void, red: red, green: green, blue: blue, yellow: yellow, grey: grey}
        """);
    text("toy/person1.yaml", "name: person-1\nclasses: [{name: person, color: '220,30,40'}]\n");
    text(
        "toy/person1-to-toy.yaml",
        "name: person-1-to-toy\nfrom: person1.yaml\nto: toy5.yaml\nclasses: {person: red}\n");
    String red = "{name: red, color: '220,30,40'}";
    String background = "{name: background, color: '0,0,0'}";
    text("toy/bgred.yaml", "name: bg-red\nclasses: [" + background + ", " + red + "]\n");
    text("toy/redbg.yaml", "name: red-bg\nclasses: [" + red + ", " + background + "]\n");
    text(
        "toy/redbg-to-red.yaml",
        """
        name: redbg-to-red
        from: redbg.yaml
        to: bgred.yaml
        classes: {red: red, background: background}
        """);
    text("toy/redrest.yaml", "name: red-rest\nclasses: [" + red + ", {name: rest}]\n");
    text(
        "toy/red.yaml",
        "name: red\nroot: data\nclasses: ["
            + background
            + ", "
            + red
            + """
            ]
            layout:
              image: images/{id}.png
              truth: labels/{id}.png
            coding:
              values: {0: red, 1: background, 2: background, 3: background, 4: background}
              void: [255]
            """);
    text(
        "toy/toy.yaml",
        "name: toy\nroot: data\nclasses:\n"
            + classes
            + """
            layout:
              image: images/{id}.png
              truth: labels/{id}.png
            coding:
              values: {0: red, 1: green, 2: blue, 3: yellow, 4: grey}
              void: [255]
            """);
  }

  private void writeNetworks() throws IOException {
    network("plain", "", convolution("x", "l").input("x", IMAGE).output("l", SCORES));
    network(
        "pidnet3",
        "",
        threeHeads()
            .output("aux", SCORES)
            .output("main", SCORES)
            .output("depth", 1, 1, HEIGHT, WIDTH));
    network(
        "depthfirst", "", threeHeads().output("depth", 1, 1, HEIGHT, WIDTH).output("main", SCORES));
    network(
        "inout",
        "",
        convolution("x", "l").input("x", IMAGE).output("l", SCORES).output("x", IMAGE));
    network(
        "nchw_in_nhwc_out",
        "",
        last(convolution("x", "l").input("x", IMAGE)).output("y", SCORES_LAST));
    network(
        "nchw_in_nhwc_out_dyn",
        "",
        last(convolution("x", "l").input("x", 1, 3, "h", "w")).output("y", 1, "h", "w", 5));
    String said = "layout: channels-last\n";
    network("nhwc_in_nchw_out", said, first(IMAGE_LAST).output("l", SCORES));
    network("nhwc_in_nchw_out_dyn", said, first(1, "h", "w", 3).output("l", 1, 5, "h", "w"));
    network("nhwc_both", said, last(first(IMAGE_LAST)).output("y", SCORES_LAST));
    network(
        "paddle",
        "output: labels\n",
        convolution("x", "l")
            .input("x", "n", 3, "h", "w")
            .node(
                "ArgMax",
                List.of("l"),
                "y",
                OnnxByHand.number("axis", 1),
                OnnxByHand.number("keepdims", 0))
            .labels("y", "n", "h", "w"));
    float[][] red = scores(new int[][] {COLOURS[0]});
    red[1][0] += 50;
    Files.write(
        path("onnx/sigmoid1.onnx"),
        new OnnxByHand()
            .input("x", IMAGE)
            .weight("W", red[0], 1, 3, 1, 1)
            .weight("b", red[1], 1)
            .weight("Q", new float[] {-1, -1, -1}, 1, 3, 1, 1)
            .node("Mul", List.of("x", "x"), "xx")
            .node("Conv", List.of("x", "W", "b"), "a")
            .node("Conv", List.of("xx", "Q"), "c")
            .node("Add", List.of("a", "c"), "s")
            .node("Sigmoid", List.of("s"), "p")
            .output("p", 1, 1, HEIGHT, WIDTH)
            .bytes());
    model("sigmoid1", "sigmoid1", "person1", INPUT + "output: probabilities\n");
    for (String labels : List.of("bgred", "redbg", "redrest")) {
      model("sigmoid1_" + labels, "sigmoid1", labels, INPUT + "output: probabilities\n");
    }
    float[][] five = scores(COLOURS);
    float[] weights = new float[18];
    float[] bias = new float[6];
    System.arraycopy(five[0], 0, weights, 3, 15);
    System.arraycopy(five[1], 0, bias, 1, 5);
    bias[0] = -1e6f;
    Files.write(
        path("onnx/bgfirst.onnx"),
        new OnnxByHand()
            .input("x", IMAGE)
            .weight("W", weights, 6, 3, 1, 1)
            .weight("b", bias, 6)
            .node("Conv", List.of("x", "W", "b"), "l")
            .output("l", 1, 6, HEIGHT, WIDTH)
            .bytes());
    model("bgfirst", "bgfirst", "bg6", INPUT);
    model("bgfirst_wronglabels", "bgfirst", "toy5", INPUT);
    model(
        "stats01",
        "plain",
        "toy5",
        "input: {mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225]}\n");
  }

  /** Squared distances to colours, but for what is common to all of them, negated. */
  static float[][] scores(int[][] colours) {
    float[] weights = new float[3 * colours.length];
    float[] bias = new float[colours.length];
    for (int c = 0; c < colours.length; c++) {
      for (int k = 0; k < 3; k++) {
        weights[3 * c + k] = 2 * colours[c][k];
        bias[c] -= colours[c][k] * colours[c][k];
      }
    }
    return new float[][] {weights, bias};
  }

  private static OnnxByHand convolution(String from, String to) {
    float[][] five = scores(COLOURS);
    return new OnnxByHand()
        .weight("W", five[0], 5, 3, 1, 1)
        .weight("b", five[1], 5)
        .node("Conv", List.of(from, "W", "b"), to);
  }

  /** One head that is wrong everywhere, the right one and one of a single channel. */
  private static OnnxByHand threeHeads() {
    float[] wrong = scores(COLOURS)[0];
    for (int i = 0; i < wrong.length; i++) {
      wrong[i] = -wrong[i];
    }
    return convolution("x", "main")
        .input("x", IMAGE)
        .weight("Wa", wrong, 5, 3, 1, 1)
        .weight("Wd", new float[] {1, 1, 1}, 1, 3, 1, 1)
        .node("Conv", List.of("x", "Wa"), "aux")
        .node("Conv", List.of("x", "Wd"), "depth");
  }

  private static OnnxByHand first(Object... image) {
    float[][] five = scores(COLOURS);
    return new OnnxByHand()
        .input("x", image)
        .weight("W", five[0], 5, 3, 1, 1)
        .weight("b", five[1], 5)
        .transpose("x", "t", 0, 3, 1, 2)
        .node("Conv", List.of("t", "W", "b"), "l");
  }

  private static OnnxByHand last(OnnxByHand made) {
    return made.transpose("l", "y", 0, 2, 3, 1);
  }

  private void network(String name, String more, OnnxByHand made) throws IOException {
    Files.write(path("onnx/" + name + ".onnx"), made.bytes());
    model(name, name, "toy5", INPUT + more);
  }

  private void model(String name, String file, String labels, String more) throws IOException {
    text(
        "onnx/" + name + ".yaml",
        "name: %s\nfile: %s.onnx\nlabels: ../toy/%s.yaml\n%s".formatted(name, file, labels, more));
  }

  private void text(String file, String content) throws IOException {
    Files.writeString(path(file), content);
  }

  private Path path(String file) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    return path;
  }
}
