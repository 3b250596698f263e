package io.drivemark.spark;

import io.drivemark.eval.runner.accuracy.FrameRange;
import io.drivemark.eval.runner.shard.lease.WorkUnit;

/**
 * A range of a cell's frames as a task takes it: a text, so that every serialiser that a cluster
 * may be set to can carry it. {@code 0 25 enet-camvid_camvid-val_onnxruntime_360x480-0c1d2e3f} are
 * the first 25 frames. Stateless.
 */
final class Parcel {
  private static final int PARTS = 3;

  private Parcel() {}

  static String text(WorkUnit unit) {
    return unit.range().first() + " " + unit.range().last() + " " + unit.cell();
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static WorkUnit unit(String text) {
    String[] parts = text.split(" ", PARTS);
    if (parts.length < PARTS) {
      throw new IllegalArgumentException("'" + text + "' is no range of a cell");
    }
    return new WorkUnit(
        parts[2], new FrameRange(Integer.parseInt(parts[0]), Integer.parseInt(parts[1])));
  }
}
