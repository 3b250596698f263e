package io.drivemark.architectures.estimate;

import io.drivemark.problem.BadInputException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Equal parts of a frame, each with masks of its own: rows and columns of them. A frame that shows
 * everything at once wants every filter; a part of it may not. Immutable.
 *
 * @param rows at least 1
 * @param columns at least 1
 */
public record Tiles(int rows, int columns) {
  /** The frame as a whole. */
  public static final Tiles WHOLE = new Tiles(1, 1);

  private static final Pattern TEXT = Pattern.compile("([1-9]\\d{0,2})x([1-9]\\d{0,2})");

  /**
   * Part of a map.
   *
   * @param top first row
   * @param bottom first row below
   * @param left first column
   * @param right first column behind
   */
  record Box(int top, int bottom, int left, int right) {}

  public Tiles {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException(rows + "x" + columns + " tiles");
    }
  }

  /**
   * Reads ROWSxCOLUMNS.
   *
   * @throws BadInputException if it is anything else
   */
  public static Tiles parse(String text) {
    Matcher given = TEXT.matcher(text);
    if (!given.matches()) {
      throw new BadInputException(
          "tiles are '" + text + "', expected rows and columns, for example 2x3");
    }
    return new Tiles(Integer.parseInt(given.group(1)), Integer.parseInt(given.group(2)));
  }

  /** How many. */
  public int count() {
    return rows * columns;
  }

  /**
   * Where a tile lies in a map, row by row; tiles cover the map and do not overlap.
   *
   * @throws BadInputException if the map has not as many rows or columns as there are of tiles
   */
  Box box(int tile, String map, int height, int width) {
    if (height < rows || width < columns) {
      throw new BadInputException(
          "the map "
              + map
              + " is "
              + height
              + "x"
              + width
              + ": it cannot be cut into "
              + this
              + " tiles; take fewer");
    }
    int row = tile / columns;
    int column = tile % columns;
    return new Box(
        row * height / rows,
        (row + 1) * height / rows,
        column * width / columns,
        (column + 1) * width / columns);
  }

  /** ROWSxCOLUMNS, as {@link #parse} reads it. */
  @Override
  public String toString() {
    return rows + "x" + columns;
  }
}
