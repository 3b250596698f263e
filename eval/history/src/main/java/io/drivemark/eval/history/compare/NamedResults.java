package io.drivemark.eval.history.compare;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Results that have names: {@code last}, {@code last-good}, {@code pinned}, a night's own. */
public interface NamedResults {
  /**
   * The output folder of a name; empty if nothing is called so.
   *
   * @throws io.drivemark.problem.BadInputException if the name is known and there is nothing that
   *     it could mean, for example {@code last-good} where no night was fine
   */
  Optional<Path> folder(String name);

  /** The names that there are, for messages. */
  List<String> names();
}
