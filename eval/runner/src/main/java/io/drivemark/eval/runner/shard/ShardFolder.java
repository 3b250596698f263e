package io.drivemark.eval.runner.shard;

import io.drivemark.eval.runner.shard.lease.SharedFiles;
import io.drivemark.eval.runner.shard.lease.WorkUnit;
import io.drivemark.eval.runner.store.CellStore;
import io.drivemark.files.DurableFiles;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the files of spread work lie, below {@code OUT/shards}:
 *
 * <ul>
 *   <li>{@code work.json}: what there is to measure, {@link WorkList}
 *   <li>{@code CELL/FIRST-LAST-DIGEST}: what a worker found on a range, {@link ShardFile}; a folder
 *       appears in one step, and its name says what is in it, so that equal ones meet in one name
 *   <li>{@code CELL/leases}: who works on what, {@link
 *       io.drivemark.eval.runner.shard.lease.FolderLeases}
 *   <li>{@code CELL/failures}: what could not be measured and why, the last time for each worker
 * </ul>
 *
 * <p>Nothing here is locked: all that is relied on is that a rename and the creation of a file are
 * one step. Immutable.
 */
final class ShardFolder {
  static final String FOLDER = "shards";
  static final String WORK = "work.json";

  private static final Pattern SHARD = Pattern.compile("([0-9]{6,}-[0-9]{6,})-[0-9a-f]{16}");
  private static final String PART = ".part-";

  private final Path folder;
  private final Path cells;

  ShardFolder(Path out) {
    this.folder = out.resolve(FOLDER);
    this.cells = out.resolve(CellStore.FOLDER);
  }

  Path work() {
    return folder.resolve(WORK);
  }

  Path models() {
    return folder.resolve("models");
  }

  Path leases(String cell) {
    return folder.resolve(cell).resolve("leases");
  }

  /** The folders of a cell's shards, sorted by name. */
  List<Path> shards(String cell) {
    return SharedFiles.named(folder.resolve(cell), SHARD);
  }

  /** Those of one range; more than one where workers disagree. */
  List<Path> shards(WorkUnit unit) {
    return shards(unit.cell()).stream().filter(path -> unitName(path).equals(unit.name())).toList();
  }

  /** Whether somebody has finished a range, or its cell has been put together. */
  boolean isFinished(WorkUnit unit) {
    return Files.exists(cells.resolve(unit.cell())) || !shards(unit).isEmpty();
  }

  /** Of which range a shard's folder is, as {@link WorkUnit#name}. */
  static String unitName(Path shard) {
    Matcher matcher = SHARD.matcher(shard.getFileName().toString());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(shard + " is no shard");
    }
    return matcher.group(1);
  }

  /** A folder to fill that no other worker has; what a killed one left of it is removed. */
  Path part(WorkUnit unit, String worker) {
    Path part = folder.resolve(unit.cell()).resolve(PART + unit.name() + "-" + worker);
    discard(part);
    try {
      return Files.createDirectories(part);
    } catch (IOException e) {
      throw unwritable(part, e);
    }
  }

  /**
   * Gives a filled folder its name.
   *
   * @return false if a shard of the same range with the same digest was there; then it stays
   */
  boolean publish(Path part, WorkUnit unit, String digest) {
    Path shard = folder.resolve(unit.cell()).resolve(unit.name() + "-" + digest);
    try {
      DurableFiles.publish(part, shard);
      return true;
    } catch (UnavailableException e) {
      if (!Files.isDirectory(shard)) {
        throw e;
      }
      discard(part);
      return false;
    }
  }

  /** Removes a folder that was filled for nothing. */
  void discard(Path part) {
    if (!Files.exists(part)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(part)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw unwritable(part, e);
    }
  }

  /** Notes why a worker could not measure a range. */
  void noteFailure(WorkUnit unit, String worker, String message) {
    DurableFiles.write(failures(unit).resolve(unit.name() + "-" + worker + ".txt"), message);
  }

  /** Why workers could not measure a range, a sentence each. */
  List<String> failuresOf(WorkUnit unit) {
    Pattern ofUnit = Pattern.compile(Pattern.quote(unit.name()) + "-(.*)\\.txt");
    return SharedFiles.named(failures(unit), ofUnit).stream()
        .map(
            file -> {
              Matcher matcher = ofUnit.matcher(file.getFileName().toString());
              return matcher.matches()
                  ? "worker " + matcher.group(1) + " failed: " + SharedFiles.text(file)
                  : SharedFiles.text(file);
            })
        .toList();
  }

  private Path failures(WorkUnit unit) {
    return folder.resolve(unit.cell()).resolve("failures");
  }

  private static UnavailableException unwritable(Path path, IOException e) {
    return new UnavailableException(path + ": cannot be written: " + e.getMessage(), e);
  }
}
