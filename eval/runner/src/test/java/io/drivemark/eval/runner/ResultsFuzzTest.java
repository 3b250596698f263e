package io.drivemark.eval.runner;

import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.store.CellStore;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.UnavailableException;
import io.drivemark.testkit.FuzzContract;
import io.drivemark.testkit.FuzzFolder;
import io.drivemark.testkit.FuzzTarget;
import java.util.List;

/** Damaged results are refused, or give the numbers of the cell. */
class ResultsFuzzTest extends FuzzContract {
  @Override
  protected FuzzTarget target() {
    Entry expected = CellStore.read(KeptCell.cell(KeptCell.folder())).entry();
    return FuzzFolder.target(
            "results",
            KeptCell.folder(),
            List.of("results.json"),
            (out, damaged) -> {
              for (Entry entry : RunStore.read(out).entries()) {
                boolean measured = !entry.folder().isEmpty();
                if (measured && !entry.accuracy().equals(expected.accuracy())
                    || !measured && entry.accuracy().isPresent()
                    || entry.speed().isPresent() && !entry.speed().equals(expected.speed())) {
                  throw new AssertionError("numbers that are not the cell's: " + entry);
                }
              }
            })
        .mayThrow(BadInputException.class)
        .mayThrow(UnavailableException.class);
  }
}
