package io.drivemark.reports.page;

import io.drivemark.reports.table.Field;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.columns.Column;

/** The colours of a column's cells, from its worst value to its best. Stateless. */
final class Heat {
  private Heat() {}

  /** The colour of a cell; none where a value is missing, all are equal or none is better. */
  static String of(Field field, Column<?> column, int row) {
    if (!(column instanceof DoubleColumn numbers)
        || numbers.isMissing(row)
        || field.better() == Field.Better.NEITHER) {
      return "";
    }
    double low = numbers.min();
    double high = numbers.max();
    if (high <= low) {
      return "";
    }
    double share = (numbers.getDouble(row) - low) / (high - low);
    return Palette.heat(field.better() == Field.Better.LOWER ? 1 - share : share);
  }
}
