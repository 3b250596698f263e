package io.drivemark.eval.runner.store;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** Finished cells of earlier runs whose accuracy may stand for that of this one's. */
@FunctionalInterface
public interface EarlierCells {
  /** There are none: everything is measured. */
  EarlierCells NONE = (key, folder) -> Optional.empty();

  /**
   * A cell that was measured under what holds now; whether the engine still answers as it did then
   * is looked at besides.
   *
   * @param key the cell's
   * @param folder the name of its folder
   */
  Optional<Earlier> find(String key, String folder);

  /**
   * An earlier cell.
   *
   * @param folder where it lies
   * @param origin what its accuracy was measured in, for people: a night's name
   */
  record Earlier(Path folder, String origin) {
    public Earlier {
      Objects.requireNonNull(folder, "folder");
      Objects.requireNonNull(origin, "origin");
    }
  }
}
