package io.drivemark.eval.runner.shard;

import io.drivemark.eval.runner.shard.lease.WorkUnit;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.UnavailableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The output folder of a study for a system that hands out ranges in its own way: says which are
 * open, packs what a {@link RangeBench} needs, and keeps what comes back, as often and in whatever
 * order it comes. {@link ShardMerge} compares it. For one thread.
 */
public final class ShardDesk {
  private final Path out;
  private final WorkList list;
  private final ShardFolder folder;
  private final String name = "desk-" + UUID.randomUUID();

  /**
   * @param out the output folder
   * @param list that was written into it
   */
  public ShardDesk(Path out, WorkList list) {
    this.out = out;
    this.list = list;
    this.folder = new ShardFolder(out);
  }

  /** The ranges that nobody has finished, in the list's order. */
  public List<WorkUnit> open() {
    List<WorkUnit> open = new ArrayList<>();
    for (WorkCell cell : list.cells()) {
      cell.units().stream().filter(unit -> !folder.isFinished(unit)).forEach(open::add);
    }
    return open;
  }

  /** The work list and the models that were made for it, for a folder of a bench. */
  public byte[] luggage() {
    List<Path> files = new ArrayList<>(List.of(folder.work()));
    list.models().forEach(model -> files.add(out.resolve(model)));
    return PackedFiles.of(out, files);
  }

  /** Unpacks {@link #luggage} into a folder. */
  public static void unpack(byte[] luggage, Path folder) {
    PackedFiles.unpack(luggage, folder);
  }

  /** Removes a folder that luggage was unpacked into, with all that is in it. */
  public static void remove(Path folder) {
    new ShardFolder(folder).discard(folder);
  }

  /**
   * Keeps what was found on a range, to be compared later with whatever else was found on it.
   *
   * @param shard what {@link RangeBench#measure} answered
   * @return false if the same was there
   * @throws BadInputException if it is damaged, or of another range
   * @throws UnavailableException if the folder cannot be written
   */
  public boolean take(WorkUnit unit, byte[] shard) {
    Path part = folder.part(unit, name);
    try {
      PackedFiles.unpack(shard, part);
      return folder.publish(part, unit, ShardFile.digest(part, unit));
    } catch (BadInputException e) {
      folder.discard(part);
      throw e;
    }
  }

  /** Notes why a range could not be measured, for whoever puts the study together. */
  public void noteFailure(WorkUnit unit, String worker, String why) {
    folder.noteFailure(unit, worker, why);
  }
}
