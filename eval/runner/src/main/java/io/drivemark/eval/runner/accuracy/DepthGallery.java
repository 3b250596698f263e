package io.drivemark.eval.runner.accuracy;

import io.drivemark.datasets.Depth;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.eval.runner.record.Picture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws frames of a pass over distances. Distances are drawn from yellow (2 m and nearer) through
 * red to dark blue (80 m and farther), equal steps for equal ratios; unknown ones are black. Errors
 * are drawn from white (none) to red (|truth − prediction| of half the truth and more). Stateless.
 */
final class DepthGallery {
  private static final double NEAR = 2;
  private static final double FAR = 80;
  private static final double WORST_ERROR = 0.5;

  /** From near to far: yellow, orange red, violet, dark blue. */
  private static final int[][] COLOURS = {
    {252, 238, 90}, {232, 90, 60}, {130, 40, 130}, {20, 16, 70}
  };

  private DepthGallery() {}

  /** Writes the pictures of judged frames below a cell's folder. */
  static List<Picture> write(Path cell, List<DepthPass.Judged> frames) {
    List<Picture> out = new ArrayList<>();
    for (DepthPass.Judged judged : frames) {
      Picture picture = Gallery.picture(judged.index(), judged.sample().id());
      Depth truth = judged.truth().orElseThrow();
      ImageCodec.writeImage(cell.resolve(picture.image()), judged.sample().image());
      draw(cell.resolve(picture.truth()), truth);
      draw(cell.resolve(picture.prediction()), judged.prediction());
      drawError(cell.resolve(picture.error()), truth, judged.prediction());
      out.add(picture);
    }
    return out;
  }

  private static void draw(Path file, Depth depth) {
    int[] colours = new int[depth.metres().length];
    for (int i = 0; i < colours.length; i++) {
      colours[i] = colour(depth.metres()[i]);
    }
    ImageCodec.writeColor(file, depth.height(), depth.width(), colours);
  }

  /** The colour of a distance; black where it is unknown. */
  static int colour(double metres) {
    if (!(metres > 0)) {
      return 0;
    }
    double share = Math.log(metres / NEAR) / Math.log(FAR / NEAR);
    double at = Math.min(1, Math.max(0, share)) * (COLOURS.length - 1);
    int low = Math.min(COLOURS.length - 2, (int) at);
    int rgb = 0;
    for (int c = 0; c < 3; c++) {
      double value = COLOURS[low][c] + (at - low) * (COLOURS[low + 1][c] - COLOURS[low][c]);
      rgb = rgb << 8 | (int) Math.round(value);
    }
    return rgb;
  }

  private static void drawError(Path file, Depth truth, Depth prediction) {
    int[] colours = new int[truth.metres().length];
    for (int i = 0; i < colours.length; i++) {
      colours[i] = errorColour(truth.metres()[i], prediction.metres()[i]);
    }
    ImageCodec.writeColor(file, truth.height(), truth.width(), colours);
  }

  /** The colour of an error; black where the truth is unknown. */
  static int errorColour(double truth, double prediction) {
    if (!(truth > 0)) {
      return 0;
    }
    double share = Math.min(1, Math.abs(truth - prediction) / truth / WORST_ERROR);
    int rest = (int) Math.round(255 * (1 - share));
    return 255 << 16 | rest << 8 | rest;
  }
}
