package io.drivemark.reports.page;

import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.sheet.Outline;
import io.drivemark.architectures.sheet.Outline.Block;
import io.drivemark.architectures.sheet.Outline.Kind;
import io.drivemark.architectures.sheet.Outline.Link;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * Where the blocks of an outline stand: a row for each extent, the largest on top, so that encoders
 * go down and decoders come up; in a row a lane for each branch; a block right of all it reads.
 * Immutable once made.
 */
final class PictureLayout {
  private static final int LANE_HEIGHT = 66;
  private static final int TOP = 22;
  private static final int LEFT = 74;
  private static final int GAP = 16;
  private static final int RIGHT = 30;

  /** Extents whose areas differ by less than this share their row: 360×480 and padded 368×480. */
  private static final double ALIKE = 0.16;

  private final Outline outline;
  private final List<Shape> extents = new ArrayList<>();
  private final int[] rows;
  private final int[] lanes;
  private final int[] columns;
  private final int[] columnLeft;
  private final int[] rowLanes;

  PictureLayout(Outline outline) {
    this.outline = outline;
    int count = outline.blocks().size();
    rows = new int[count];
    lanes = new int[count];
    columns = new int[count];
    placeRows();
    placeInRows();
    rowLanes = new int[Math.max(1, extents.size())];
    Arrays.fill(rowLanes, 1);
    for (int i = 0; i < count; i++) {
      rowLanes[rows[i]] = Math.max(rowLanes[rows[i]], lanes[i] + 1);
    }
    int[] room = new int[Arrays.stream(columns).max().orElse(0) + 1];
    for (int i = 0; i < count; i++) {
      room[columns[i]] = Math.max(room[columns[i]], width(i));
    }
    columnLeft = new int[room.length + 1];
    columnLeft[0] = LEFT;
    for (int c = 0; c < room.length; c++) {
      columnLeft[c + 1] = columnLeft[c] + room[c] + GAP;
    }
  }

  private void placeRows() {
    for (Block block : outline.blocks()) {
      if (hasExtent(block.shape()) && row(block.shape()) < 0) {
        extents.add(block.shape());
      }
    }
    extents.sort(Comparator.comparingLong(s -> -area(s)));
    for (int i = 0; i < rows.length; i++) {
      Shape shape = outline.blocks().get(i).shape();
      int block = i;
      rows[i] =
          hasExtent(shape)
              ? row(shape)
              : read(block).stream().mapToInt(from -> rows[from]).findFirst().orElse(0);
    }
  }

  private int row(Shape shape) {
    for (int r = 0; r < extents.size(); r++) {
      double ratio = area(extents.get(r)) / (double) area(shape);
      if (Math.abs(Math.log(ratio)) < ALIKE) {
        return r;
      }
    }
    return -1;
  }

  private static long area(Shape shape) {
    return (long) shape.height() * shape.width();
  }

  private static boolean hasExtent(Shape shape) {
    return shape.isKnown() && shape.rank() == 4;
  }

  private List<Integer> read(int block) {
    return outline.links().stream().filter(l -> l.to() == block).map(Link::from).toList();
  }

  /** A block takes the first lane of its row in which all others lead to it. */
  private void placeInRows() {
    BitSet[] ancestors = new BitSet[rows.length];
    for (int i = 0; i < rows.length; i++) {
      ancestors[i] = new BitSet();
      for (int from : read(i)) {
        ancestors[i].set(from);
        ancestors[i].or(ancestors[from]);
        columns[i] = Math.max(columns[i], columns[from] + 1);
      }
      int block = i;
      int lane = 0;
      while (blocked(block, lane, ancestors[block])) {
        lane++;
      }
      lanes[i] = lane;
    }
  }

  private boolean blocked(int block, int lane, BitSet ancestors) {
    for (int other = 0; other < block; other++) {
      if (rows[other] == rows[block] && lanes[other] == lane && !ancestors.get(other)) {
        return true;
      }
    }
    return false;
  }

  int rowCount() {
    return extents.size();
  }

  /** A row's extent: {@code 180×240}. */
  String rowName(int row) {
    return extents.get(row).height() + "×" + extents.get(row).width();
  }

  /** The height at which a row's first lane lies. */
  int rowCentre(int row) {
    return TOP + Arrays.stream(rowLanes, 0, row).sum() * LANE_HEIGHT + LANE_HEIGHT / 2 - 8;
  }

  int left(int block) {
    int column = columns[block];
    int room = columnLeft[column + 1] - columnLeft[column] - GAP;
    return columnLeft[column] + (room - width(block)) / 2;
  }

  int right(int block) {
    return left(block) + width(block);
  }

  int middle(int block) {
    return left(block) + width(block) / 2;
  }

  int centre(int block) {
    return rowCentre(rows[block]) + lanes[block] * LANE_HEIGHT;
  }

  int width(int block) {
    Kind kind = outline.blocks().get(block).kind();
    return switch (kind) {
      case BLOCK, OPAQUE -> 62;
      case IMAGE -> 46;
      case POOL, RESIZE, JOIN -> 24;
    };
  }

  /** Half of a block's height: it grows with the logarithm of its channels. */
  int half(int block) {
    Block b = outline.blocks().get(block);
    if (b.kind() != Kind.BLOCK && b.kind() != Kind.OPAQUE) {
      return 12;
    }
    int channels = hasExtent(b.shape()) ? b.shape().channels() : 16;
    double doublings = Math.log(Math.max(1, channels / 8.0)) / Math.log(2);
    return (int) Math.round(Math.min(20, 9 + 1.7 * doublings));
  }

  int totalWidth() {
    return columnLeft[columnLeft.length - 1] + RIGHT;
  }

  int totalHeight() {
    return TOP + Arrays.stream(rowLanes).sum() * LANE_HEIGHT + 4;
  }

  /** Whether a link leaves columns out. */
  boolean skips(Link link) {
    return columns[link.to()] - columns[link.from()] > 1;
  }

  /** Whether nothing stands between the two ends of a link in the lane of this block. */
  boolean free(int block, Link link) {
    for (int other = 0; other < rows.length; other++) {
      if (rows[other] == rows[block]
          && lanes[other] == lanes[block]
          && columns[other] > columns[link.from()]
          && columns[other] < columns[link.to()]) {
        return false;
      }
    }
    return true;
  }
}
