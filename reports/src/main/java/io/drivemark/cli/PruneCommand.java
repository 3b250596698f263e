package io.drivemark.cli;

import io.drivemark.problem.UnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Pruning has its place in the command line, and says that it is not there yet. */
@Command(
    name = "prune",
    mixinStandardHelpOptions = true,
    header = "Makes a network smaller (not built yet).%n",
    description = "Whatever options are given, it says so and ends with exit code 3.")
final class PruneCommand implements Callable<Integer> {
  @Unmatched private final List<String> anything = new ArrayList<>();

  @Override
  public Integer call() {
    throw new UnavailableException(
        "pruning is not built yet; evaluate networks pruned elsewhere by giving their ONNX files to"
            + " 'drivemark run'");
  }
}
