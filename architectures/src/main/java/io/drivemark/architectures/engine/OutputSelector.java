package io.drivemark.architectures.engine;

import io.drivemark.architectures.graph.Port;
import java.util.List;

/**
 * Says which outputs a session answers with, where they are known only once the model's file has
 * run: what a TorchScript file answers with. Asked once, when such a file is opened.
 */
@FunctionalInterface
public interface OutputSelector {
  /**
   * Selects.
   *
   * @param all what the file answers with, of known shapes
   * @return places in that list, in the session's order; at least one, none twice
   * @throws io.drivemark.problem.BadInputException if the outputs are not what is needed; the
   *     session is not opened
   */
  List<Integer> select(List<Port> all);
}
