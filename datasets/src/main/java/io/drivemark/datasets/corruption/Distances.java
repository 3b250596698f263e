package io.drivemark.datasets.corruption;

import io.drivemark.datasets.Depth;
import io.drivemark.datasets.Frame;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import java.util.Optional;

/**
 * How far away each pixel of a photograph is, in metres, with no gaps: the sky is infinitely far,
 * the own bonnet is at 0. Immutable: the array is not to be written to.
 *
 * <p>Distances of a frame are dense enough if, between the highest and the lowest known pixel of
 * each column, at least half of all pixels are known; a laser's rows are not. A gap that truth
 * calls sky (the class of that name) is infinitely far; so is one above all known pixels of its
 * column. One below all of them is the bonnet; one in between is as far as the known pixel above.
 */
public final class Distances {
  private static final String SKY = "sky";

  private final float[] metres;

  private Distances(float[] metres) {
    this.metres = metres;
  }

  /**
   * Those of a frame; reads its distances, and its labels where it has some.
   *
   * @param labelled whether the dataset has labels
   * @return empty if the dataset knows no distances, or too few of this frame
   */
  public static Optional<Distances> of(Frame frame, boolean labelled) {
    return frame
        .depth()
        .flatMap(depth -> of(depth, labelled ? Optional.of(frame.truth()) : Optional.empty()));
  }

  /**
   * Those of a frame whose parts have been read.
   *
   * @param truth of the same size; empty where there are no labels
   * @return empty if too few are known
   */
  public static Optional<Distances> of(Depth depth, Optional<LabelMap> truth) {
    int h = depth.height();
    int w = depth.width();
    if (truth.isPresent() && (truth.get().height() != h || truth.get().width() != w)) {
      throw new IllegalArgumentException(
          "distances are "
              + h
              + "x"
              + w
              + ", labels "
              + truth.get().height()
              + "x"
              + truth.get().width());
    }
    float[] from = depth.metres();
    float[] to = new float[from.length];
    byte[] labels = truth.map(LabelMap::pixels).orElse(null);
    int sky = truth.map(t -> sky(t.space())).orElse(-1);
    long known = 0;
    long between = 0;
    for (int x = 0; x < w; x++) {
      int first = -1;
      int last = -1;
      for (int y = 0; y < h; y++) {
        if (isKnown(from[y * w + x])) {
          first = first < 0 ? y : first;
          last = y;
        }
      }
      float above = Float.POSITIVE_INFINITY;
      for (int y = 0; y < h; y++) {
        int i = y * w + x;
        boolean isKnown = isKnown(from[i]);
        boolean isSky = !isKnown && sky >= 0 && (labels[i] & 0xFF) == sky;
        above = isKnown ? from[i] : above;
        if (isSky || first < 0 || y < first) {
          to[i] = Float.POSITIVE_INFINITY;
        } else if (y > last) {
          to[i] = 0;
        } else {
          to[i] = above;
          between++;
          known += isKnown ? 1 : 0;
        }
      }
    }
    return known == 0 || 2 * known < between ? Optional.empty() : Optional.of(new Distances(to));
  }

  private static boolean isKnown(float metres) {
    return metres > 0;
  }

  private static int sky(LabelSpace space) {
    for (int c = 0; c < space.size(); c++) {
      if (space.classes().get(c).name().equalsIgnoreCase(SKY)) {
        return c;
      }
    }
    return -1;
  }

  /** Metres to pixel {@code index}, row by row; 0 to infinite. */
  public float metres(int index) {
    return metres[index];
  }

  /** How many pixels there are. */
  public int size() {
    return metres.length;
  }
}
