package io.drivemark.architectures.cue.standard;

import io.drivemark.architectures.cue.ScoreSite;
import io.drivemark.architectures.head.Channels;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.PixelArrays;
import io.drivemark.files.Digests;
import io.drivemark.problem.BadInputException;
import java.util.Arrays;

/**
 * How often each class occurs in each cell of the picture, from counts of pixels: {@code (count +
 * 1)/(valid + classes)}, where counts were smoothed over neighbouring cells by (1, 2, 1)/4 along
 * both axes, edges repeated. Void pixels are not counted. Cells divide a picture evenly, so that
 * frames of several sizes may be counted together. Immutable.
 */
final class PlacePrior {
  private static final long VERSION = 1;
  private static final int[] KERNEL = {1, 2, 1};
  private static final int KERNEL_SUM = 16;

  private final LabelSpace space;
  private final int rows;
  private final int columns;
  private final long[] counts; // [class][row][column]

  /**
   * From counts.
   *
   * @param counts valid pixels, by class, row and column of the cell
   */
  PlacePrior(LabelSpace space, int rows, int columns, long[] counts) {
    if (rows < 1 || columns < 1 || counts.length != space.size() * rows * columns) {
      throw new IllegalArgumentException(
          "prior of " + rows + "x" + columns + " cells from " + counts.length + " counts");
    }
    this.space = space;
    this.rows = rows;
    this.columns = columns;
    this.counts = counts.clone();
  }

  /**
   * Counts all frames of a split.
   *
   * @param cell about how many pixels of the first frame a cell is wide and high
   * @throws BadInputException if there is no frame, or one cannot be read
   */
  static PlacePrior of(Dataset dataset, int cell) {
    if (dataset.ids().isEmpty()) {
      throw new BadInputException(
          "cue location-prior: "
              + dataset.name()
              + "/"
              + dataset.split()
              + " has no frames to fit on; name a split that has some");
    }
    PixelArrays arrays = new PixelArrays();
    int rows = 0;
    int columns = 0;
    long[] counts = {};
    for (int i = 0; i < dataset.ids().size(); i++) {
      LabelMap truth = dataset.frame(i).truth(arrays);
      if (i == 0) {
        rows = (truth.height() + cell - 1) / cell;
        columns = (truth.width() + cell - 1) / cell;
        counts = new long[dataset.labels().size() * rows * columns];
      }
      add(truth, rows, columns, counts);
      arrays.next();
    }
    return new PlacePrior(dataset.labels(), rows, columns, counts);
  }

  private static void add(LabelMap truth, int rows, int columns, long[] counts) {
    int height = truth.height();
    int width = truth.width();
    int[] columnOf = new int[width];
    Arrays.setAll(columnOf, x -> (int) ((long) x * columns / width));
    byte[] pixels = truth.pixels();
    for (int y = 0, at = 0; y < height; y++) {
      int row = (int) ((long) y * rows / height);
      for (int x = 0; x < width; x++, at++) {
        int label = pixels[at] & 0xFF;
        if (label != LabelSpace.VOID) {
          counts[(label * rows + row) * columns + columnOf[x]]++;
        }
      }
    }
  }

  /** Digest of all of it. */
  String digest() {
    return Digests.of(
        Digests.text(
            "PlacePrior",
            "version",
            VERSION,
            "classes",
            space.classNames(),
            "rows",
            rows,
            "columns",
            columns,
            "counts",
            Arrays.toString(counts)));
  }

  /** The probability of a class in a cell. */
  double probability(int index, int row, int column) {
    long all = 0;
    for (int c = 0; c < space.size(); c++) {
      all += smoothed(c, row, column);
    }
    return (double) (smoothed(index, row, column) + KERNEL_SUM)
        / (all + (long) KERNEL_SUM * space.size());
  }

  /** Sixteen times the mean of the counts around a cell. */
  private long smoothed(int index, int row, int column) {
    long sum = 0;
    for (int dy = -1; dy <= 1; dy++) {
      int y = Math.max(0, Math.min(row + dy, rows - 1));
      for (int dx = -1; dx <= 1; dx++) {
        int x = Math.max(0, Math.min(column + dx, columns - 1));
        sum += (long) KERNEL[dy + 1] * KERNEL[dx + 1] * counts[(index * rows + y) * columns + x];
      }
    }
    return sum;
  }

  /**
   * Its probabilities for the channels of a network, plane by plane on the grid of its scores. A
   * channel that becomes no class has that of an even distribution.
   *
   * @param title of the path, for messages
   * @throws BadInputException if the network's labels become other classes
   */
  float[] planes(ScoreSite site, String title) {
    LabelSpace truth = site.classes().truth();
    if (!truth.sameClasses(space)) {
      throw new BadInputException(
          "cue location-prior: "
              + truth.difference(space, title, "the prior").orElseThrow()
              + "; fit it on the dataset that is judged");
    }
    PlaneSampling sampling =
        new PlaneSampling(
            new PlaneSampling.Plane(rows, columns, 1, 1), PlaneSampling.Plane.of(site));
    float[][] cells = new float[space.size()][rows * columns];
    for (int c = 0; c < cells.length; c++) {
      for (int i = 0; i < rows * columns; i++) {
        cells[c][i] = (float) probability(c, i / columns, i % columns);
      }
    }
    float[] planes = site.newPlanes();
    for (int k = 0; k < site.count(); k++) {
      int own = site.channels().classes().get(k);
      int index = own == Channels.BEYOND ? LabelSpace.VOID : site.classes().mapping().of(own);
      int at = k * site.pixels();
      if (index == LabelSpace.VOID) {
        Arrays.fill(planes, at, at + site.pixels(), 1f / space.size());
      } else {
        sampling.fill(cells[index], 0, planes, at);
      }
    }
    return planes;
  }
}
