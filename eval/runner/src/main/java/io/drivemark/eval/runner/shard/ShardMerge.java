package io.drivemark.eval.runner.shard;

import io.drivemark.eval.runner.accuracy.AccuracyStage;
import io.drivemark.eval.runner.accuracy.FrameRange;
import io.drivemark.eval.runner.plan.Cell;
import io.drivemark.eval.runner.record.Environment;
import io.drivemark.eval.runner.shard.ShardFile.Shard;
import io.drivemark.eval.runner.shard.lease.FolderLeases;
import io.drivemark.eval.runner.shard.lease.WorkUnit;
import io.drivemark.eval.runner.store.Ledger;
import io.drivemark.eval.runner.tasks.Problems;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Puts cells together from what workers wrote: the union of their frames, after everything that
 * must be alike has been compared. A cell is written where all of its frames are there and nothing
 * disagrees, and is then as if one machine had measured it. For one thread.
 */
public final class ShardMerge {
  private final Path out;
  private final WorkList list;
  private final ShardFolder folder;
  private final List<String> disagreements = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * What came of it.
   *
   * @param disagreements what two workers say differently, a sentence each
   * @param missing frames that no worker has finished, a sentence each
   * @param notes what else a reader should know, a sentence each
   */
  public record Outcome(List<String> disagreements, List<String> missing, List<String> notes) {
    public Outcome {
      disagreements = List.copyOf(disagreements);
      missing = List.copyOf(missing);
      notes = List.copyOf(notes);
    }
  }

  /**
   * @param out the output folder
   */
  public ShardMerge(Path out, WorkList list) {
    this.out = out;
    this.list = list;
    this.folder = new ShardFolder(out);
  }

  /**
   * Writes the cells that are whole; those that are there stay, and what was written of them since
   * is held against each other, too.
   *
   * @param cells of this machine
   * @param stages writes down what was found on a machine
   * @throws BadInputException if a cell of the list is none of this machine's, or a shard is
   *     damaged or of other work
   */
  public Outcome into(
      List<Cell> cells, Ledger ledger, Function<Environment, AccuracyStage> stages) {
    OwnCells own = new OwnCells(list, cells);
    if (!own.refusals().isEmpty()) {
      throw new BadInputException(Problems.together(folder.work(), own.refusals()));
    }
    own.cells()
        .forEach(
            (work, cell) -> {
              if (ledger.reuse(cell)) {
                compare(work, cell);
              } else {
                merge(work, cell, stages);
              }
            });
    return new Outcome(disagreements, missing, notes);
  }

  private CellUnion union(WorkCell work, Cell cell) {
    List<Shard> shards = new ArrayList<>();
    for (Path path : folder.shards(work.folder())) {
      Shard shard = ShardFile.read(path);
      requireOwn(work, shard);
      shards.add(shard);
    }
    return new CellUnion(work, cell.dataset().ids(), shards);
  }

  /** A shard may have been copied from another folder, or be of a program that was replaced. */
  private void requireOwn(WorkCell work, Shard shard) {
    ShardFacts facts = shard.facts();
    String why = "";
    if (!facts.key().equals(work.key())) {
      why =
          "this shard is of other work: what its frames depend on has the digest "
              + facts.key()
              + ", in the work list "
              + work.key();
    } else if (!facts.program().equals(list.program())) {
      why =
          "another Drivemark measured this shard (its parts that measure have the digest "
              + facts.program()
              + ", those of the work list "
              + list.program()
              + "), and what two programs count is not put together";
    } else if (shard.range().last() > work.frames()) {
      why = "this shard has frames " + shard.range().words() + ", but there are " + work.frames();
    }
    if (!why.isEmpty()) {
      throw new BadInputException(
          shard.folder()
              + ": "
              + why
              + "; remove the folder, and a worker measures its frames again");
    }
  }

  private void compare(WorkCell work, Cell cell) {
    for (String found : union(work, cell).disagreements()) {
      disagreements.add(
          found + "; this cell was put together before: remove cells/" + work.folder() + ", too");
    }
  }

  private void merge(WorkCell work, Cell cell, Function<Environment, AccuracyStage> stages) {
    CellUnion union = union(work, cell);
    disagreements.addAll(union.disagreements());
    union.missing().forEach(range -> missing.add(words(work, range)));
    if (!union.disagreements().isEmpty() || !union.missing().isEmpty()) {
      return;
    }
    TreeSet<String> machines = new TreeSet<>();
    union.shards().forEach(shard -> machines.add(kind(shard.facts().environment())));
    if (machines.size() > 1) {
      notes.add(
          work.title()
              + ": measured on processors of several kinds, which agree on the canary: "
              + String.join("; ", machines));
    }
    try {
      new CellMerge(cell, union).into(stages.apply(union.first().facts().environment()));
    } catch (IllegalArgumentException e) {
      throw new BadInputException(
          work.title()
              + ": its shards cannot be put together: "
              + e.getMessage()
              + "; remove "
              + folder.work().resolveSibling(work.folder())
              + ", and workers measure it again",
          e);
    }
  }

  private static String kind(Environment machine) {
    return machine.processor() + machine.isa().map(isa -> " (" + isa + ")").orElse("");
  }

  private String words(WorkCell work, FrameRange range) {
    List<String> why = new ArrayList<>();
    boolean failed = false;
    for (WorkUnit unit : work.units()) {
      boolean touches = unit.range().first() < range.last() && unit.range().last() > range.first();
      if (touches && folder.shards(unit).isEmpty()) {
        List<String> failures = folder.failuresOf(unit);
        Optional<String> holder = FolderLeases.holder(folder.leases(unit.cell()), unit);
        why.addAll(failures);
        failed = failed || !failures.isEmpty();
        if (failures.isEmpty() && holder.isPresent()) {
          why.add("worker " + holder.get() + " took " + unit.range().words());
        }
      }
    }
    return work.title()
        + ": frames "
        + range.words()
        + " of "
        + work.frames()
        + " are missing"
        + (why.isEmpty() ? "" : " (" + String.join("; ", why) + ")")
        + "; 'drivemark work "
        + out
        + "' measures them"
        + (failed
            ? ", and 'drivemark run STUDY.yaml --out "
                + out
                + "' the cells that no worker can measure, on this machine alone"
            : "");
  }
}
