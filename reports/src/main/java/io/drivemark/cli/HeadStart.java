package io.drivemark.cli;

import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.catalog.LabelSpaces;
import io.drivemark.eval.gauge.Gauges;
import io.drivemark.eval.metrics.safety.SeverityMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/**
 * Makes ready on a second core what {@code score} is going to need, while the first one reads the
 * command line: the dataset's declaration, the gauges and what grave confusions are. Not more, for
 * the second core also compiles then. Only loads and keeps what is the same for everybody; a score
 * is the same without it. Stateless.
 */
final class HeadStart {
  private static final String DATASET = "--dataset";

  /** What most driving datasets are labelled with. */
  private static final String LABELS = "cityscapes-19";

  private HeadStart() {}

  /** Begins, where these arguments score something and there is a second core. */
  static Optional<Thread> of(String... arguments) {
    if (!isScore(arguments) || Runtime.getRuntime().availableProcessors() < 2) {
      return Optional.empty();
    }
    Thread thread = new Thread(() -> prepare(arguments), "head-start");
    thread.setDaemon(true);
    thread.start();
    return Optional.of(thread);
  }

  private static boolean isScore(String... arguments) {
    return arguments.length > 0
        && arguments[0].equals("score")
        && Arrays.stream(arguments).anyMatch(a -> a.startsWith("--predictions"));
  }

  /** Does all of it; a task keeps what it throws: the command meets the same and reports it. */
  static void prepare(String... arguments) {
    steps(arguments).forEach(step -> new FutureTask<>(step).run());
  }

  /** In the order in which the command needs them. */
  static List<Callable<?>> steps(String... arguments) {
    return List.of(
        () -> Datasets.format(dataset(arguments)),
        Gauges::installed,
        () -> SeverityMatrix.find(LabelSpaces.named(LABELS).classNames()));
  }

  /** The dataset that is named; empty where none is. */
  private static String dataset(String... arguments) {
    String name = "";
    for (int i = 1; i < arguments.length; i++) {
      if (arguments[i - 1].equals(DATASET)) {
        name = arguments[i];
      } else if (arguments[i].startsWith(DATASET + "=")) {
        name = arguments[i].substring(DATASET.length() + 1);
      }
    }
    return name;
  }
}
