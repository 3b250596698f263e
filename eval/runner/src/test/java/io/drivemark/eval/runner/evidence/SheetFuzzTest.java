package io.drivemark.eval.runner.evidence;

import io.drivemark.eval.runner.KeptCell;
import io.drivemark.problem.BadInputException;
import io.drivemark.testkit.FuzzContract;
import io.drivemark.testkit.FuzzFolder;
import io.drivemark.testkit.FuzzTarget;
import java.util.List;

/** A damaged sheet of a network is read or refused; one that is read can be written. */
class SheetFuzzTest extends FuzzContract {
  @Override
  protected FuzzTarget target() {
    return FuzzFolder.target(
            "sheet",
            KeptCell.cell(KeptCell.folder()),
            List.of("network.json"),
            (cell, damaged) -> SheetFile.write(SheetFile.read(cell).orElseThrow()))
        .mayThrow(BadInputException.class);
  }
}
