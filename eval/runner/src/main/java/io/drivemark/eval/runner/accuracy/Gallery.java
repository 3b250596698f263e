package io.drivemark.eval.runner.accuracy;

import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.Sample;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.eval.runner.record.Picture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/** Chooses and draws the gallery frames of a cell. Stateless. */
public final class Gallery {
  /** Where pictures lie, below a cell's folder. */
  public static final String FOLDER = "pictures";

  private static final int MOST = 4;
  private static final int RED = 0xE0202A;

  private Gallery() {}

  /** The indices of the frames to show: up to four, evenly spread, the same for every model. */
  public static SortedSet<Integer> choose(int frames) {
    SortedSet<Integer> out = new TreeSet<>();
    int shown = Math.min(MOST, frames);
    for (int i = 0; i < shown; i++) {
      out.add((int) ((2L * i + 1) * frames / (2L * shown)));
    }
    return out;
  }

  /**
   * Where the pictures of a frame lie below a cell's folder.
   *
   * @param index its position in the split
   * @param sample its id
   */
  public static Picture picture(int index, String sample) {
    String stem = String.format(Locale.ROOT, "%s/%05d-", FOLDER, index);
    return new Picture(
        sample,
        stem + "image.png",
        stem + "truth.png",
        stem + "prediction.png",
        stem + "error.png");
  }

  /** Writes the pictures of judged frames below a cell's folder. */
  static List<Picture> write(Path cell, List<AccuracyPass.Judged> frames) {
    List<Picture> out = new ArrayList<>();
    for (AccuracyPass.Judged judged : frames) {
      Sample sample = judged.sample();
      Picture picture = picture(judged.index(), sample.id());
      ImageCodec.writeImage(cell.resolve(picture.image()), sample.image());
      draw(cell.resolve(picture.truth()), sample.truth());
      draw(cell.resolve(picture.prediction()), judged.prediction());
      drawError(cell.resolve(picture.error()), judged);
      out.add(picture);
    }
    return out;
  }

  /** Writes a label map in its classes' colours, void black. */
  public static void draw(Path file, LabelMap labels) {
    int[] colors = new int[labels.pixels().length];
    for (int i = 0; i < colors.length; i++) {
      int index = labels.pixels()[i] & 0xFF;
      colors[i] = index == LabelSpace.VOID ? 0 : labels.space().classes().get(index).color();
    }
    ImageCodec.writeColor(file, labels.height(), labels.width(), colors);
  }

  private static void drawError(Path file, AccuracyPass.Judged judged) {
    LabelMap truth = judged.sample().truth();
    byte[] photograph = judged.sample().image().pixels();
    int[] colors = new int[truth.pixels().length];
    for (int i = 0; i < colors.length; i++) {
      byte wanted = truth.pixels()[i];
      if (wanted == (byte) LabelSpace.VOID) {
        colors[i] = 0;
      } else if (wanted != judged.prediction().pixels()[i]) {
        colors[i] = RED;
      } else {
        int sum =
            (photograph[3 * i] & 0xFF)
                + (photograph[3 * i + 1] & 0xFF)
                + (photograph[3 * i + 2] & 0xFF);
        colors[i] = sum / 6 * 0x010101;
      }
    }
    ImageCodec.writeColor(file, truth.height(), truth.width(), colors);
  }
}
