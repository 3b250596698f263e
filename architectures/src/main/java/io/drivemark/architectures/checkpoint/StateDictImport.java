package io.drivemark.architectures.checkpoint;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Loads a state dict into a network: every learned weight and statistic of the network must be in
 * the file and the other way round, with the same shape. All that does not fit is reported at once.
 * Stateless.
 */
public final class StateDictImport {
  private static final int MOST_PROBLEMS = 40;

  private StateDictImport() {}

  /**
   * The network with the file's weights.
   *
   * @param names how the file's names become the network's
   * @throws BadInputException if names are missing or left over, or shapes differ; one line each
   */
  public static Network load(Network network, StateDict file, NameMap names) {
    Map<String, Tensor> loaded = new LinkedHashMap<>();
    Set<String> mentioned = new HashSet<>();
    List<String> problems = new ArrayList<>();
    file.tensors()
        .forEach(
            (fileName, tensor) -> {
              Optional<String> name = names.apply(fileName);
              if (name.isEmpty()) {
                return;
              }
              mentioned.add(name.get());
              Weight weight = network.weights().get(name.get());
              String called =
                  name.get().equals(fileName) ? fileName : fileName + " (here " + name.get() + ")";
              if (weight == null || weight.role() == Weight.Role.CONSTANT) {
                problems.add(called + ": the network has no such weight");
              } else if (!tensor.isFloat()) {
                problems.add(called + ": found whole numbers, expected float32");
              } else if (!tensor.shape().equals(weight.tensor().shape())) {
                problems.add(
                    called
                        + ": found shape "
                        + tensor.shape()
                        + ", expected "
                        + weight.tensor().shape());
              } else if (loaded.put(name.get(), tensor) != null) {
                problems.add(called + ": a second tensor of that name");
              }
            });
    for (Weight weight : network.weights().values()) {
      if (weight.role() != Weight.Role.CONSTANT && !mentioned.contains(weight.name())) {
        problems.add(weight.name() + ": missing in the file");
      }
    }
    if (!problems.isEmpty()) {
      throw new BadInputException(
          file.source()
              + ": does not fit network "
              + network.name()
              + ", "
              + problems.size()
              + (problems.size() == 1 ? " problem" : " problems")
              + "\n  "
              + String.join("\n  ", problems.subList(0, Math.min(problems.size(), MOST_PROBLEMS)))
              + (problems.size() > MOST_PROBLEMS
                  ? "\n  and " + (problems.size() - MOST_PROBLEMS) + " more"
                  : "")
              + "\n  Check the architecture and its options");
    }
    return network.withTensors(loaded);
  }
}
