package io.drivemark.eval.runner.plan;

import io.drivemark.architectures.engine.GateForm;
import io.drivemark.architectures.head.GatesHead;
import io.drivemark.architectures.head.Head;
import io.drivemark.architectures.head.HeadKind;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.pruning.gate.GatedCost;
import io.drivemark.architectures.pruning.gate.GatedNetwork;
import io.drivemark.eval.gauge.Subject.Given;
import io.drivemark.eval.metrics.gates.GatedMacs;
import io.drivemark.problem.BadInputException;
import java.util.Optional;

/** What is particular of cells whose networks are gated. Stateless. */
public final class GatedCells {
  private GatedCells() {}

  /** Whether a model's network has gates whose work is known. */
  static boolean hasGates(Model model) {
    return GatedNetwork.isGated(model.network());
  }

  /** Whether a cell's network has gates whose work is known, and a head that gives them. */
  public static boolean isGated(Cell cell) {
    return cell.subject().has(Given.GATED_MACS);
  }

  /**
   * The network of a cell with its gates; empty if it is not gated.
   *
   * @throws BadInputException if its file and its head name different sites
   */
  private static Optional<GatedNetwork> network(Cell cell) {
    Optional<GatedNetwork> gated =
        isGated(cell) ? GatedNetwork.of(cell.model().network()) : Optional.empty();
    gated.ifPresent(g -> requireSameSites(cell.model(), g));
    return gated;
  }

  private static void requireSameSites(Model model, GatedNetwork gated) {
    HeadKind declared =
        model.spec().heads().stream()
            .map(Head::kind)
            .filter(GatesHead.class::isInstance)
            .findFirst()
            .orElseThrow();
    if (!declared.equals(gated.head())) {
      throw new BadInputException(
          "model "
              + model.spec().name()
              + ": its head has the sites "
              + declared.keys().get("sites")
              + ", its network "
              + gated.head().keys().get("sites")
              + "; give the head those of the network");
    }
  }

  /**
   * What says what a cell's network computes for a frame; empty if it is not gated.
   *
   * @throws BadInputException if its file and its head name different sites
   */
  public static Optional<GatedWork> work(Cell cell) {
    return network(cell).map(gated -> work(gated, cell));
  }

  private static GatedWork work(GatedNetwork gated, Cell cell) {
    GatedCost cost = GatedCost.of(gated, cell.padded().height(), cell.padded().width());
    return live ->
        new GatedMacs(
            cost.strict(live.sets()), cost.paper(live.sets()), cost.dense(), cost.heads());
  }

  /** The same cell with its gates in masked form: everything is computed. */
  public static Cell masked(Cell cell) {
    return cell.with(cell.options().withForm(GateForm.MASKED));
  }

  /** A cell of the same network with all units live on every frame; empty if it is not gated. */
  public static Optional<Cell> allLive(Cell cell) {
    Model model = cell.model();
    return network(cell)
        .map(
            gated ->
                cell.with(
                    new Model(
                        model.spec(),
                        gated.allLive().network(),
                        model.notes(),
                        model.signature())));
  }
}
