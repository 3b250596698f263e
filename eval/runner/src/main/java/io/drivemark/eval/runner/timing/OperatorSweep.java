package io.drivemark.eval.runner.timing;

import io.drivemark.eval.runner.plan.Cell;
import io.drivemark.eval.runner.record.Speed;
import io.drivemark.eval.runner.store.Ledger;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import io.drivemark.problem.UnavailableException;
import java.util.List;

/**
 * Looks where the time goes in each cell whose speed is known, whose engine can tell, and that was
 * not asked yet. For one thread.
 */
public final class OperatorSweep {
  private final Ledger ledger;
  private final Progress progress;

  public OperatorSweep(Ledger ledger, Progress progress) {
    this.ledger = ledger;
    this.progress = progress;
  }

  public void measure(List<Cell> cells) {
    List<Cell> open = cells.stream().filter(this::isOpen).toList();
    progress.begin("operator times", open.size());
    for (int i = 0; i < open.size(); i++) {
      Cell cell = open.get(i);
      progress.step(i, cell.title());
      try {
        Speed speed = ledger.entry(cell).speed().orElseThrow();
        ledger.addOperators(
            cell,
            speed.withOperators(
                OperatorStage.measure(cell.model(), cell.padded(), cell.engine(), cell.options())));
      } catch (BadInputException | UnavailableException e) {
        ledger.addIssue(cell, "operators not timed: " + e.getMessage());
      }
    }
    progress.end();
  }

  private boolean isOpen(Cell cell) {
    return cell.cues().isEmpty() // they run the operators of the networks inside
        && ledger.stored(cell).isPresent()
        && cell.engine().profiler().isPresent()
        && ledger.entry(cell).speed().filter(s -> s.operators().isEmpty()).isPresent();
  }
}
