package io.drivemark.spark;

import io.drivemark.problem.BadInputException;
import io.drivemark.problem.UnavailableException;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What {@code spark-submit} starts: measures the accuracy of a study on a cluster. See {@link
 * SparkArguments#USAGE}. Stateless.
 */
public final class SparkRun {
  private static final int FINE = 0;
  private static final int BAD_INPUT = 2;
  private static final int UNAVAILABLE = 3;

  /** What the launcher sets for native libraries: no reports to their makers, no idle spinning. */
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "ORT_DISABLE_TELEMETRY", "1",
          "OPT_OUT_TRACKING", "true",
          "OMP_WAIT_POLICY", "passive");

  private SparkRun() {}

  /**
   * Runs a study and ends the process with an exit code, if it is not 0.
   *
   * @param arguments see {@link SparkArguments#USAGE}
   */
  public static void main(String[] arguments) {
    int code = run(System.out, System.err, arguments);
    if (code != FINE) {
      System.exit(code);
    }
  }

  static int run(PrintStream out, PrintStream err, String... arguments) {
    return guarded(
        err,
        () -> {
          Optional<SparkArguments> parsed = SparkArguments.parse(arguments);
          if (parsed.isEmpty()) {
            out.println(SparkArguments.USAGE);
            return FINE;
          }
          return new SparkStudy(parsed.get(), new Submitted(parsed.get()), out, err).run();
        });
  }

  /** Runs work and says what was wrong, with the exit code for it. */
  static int guarded(PrintStream err, IntSupplier work) {
    try {
      return work.getAsInt();
    } catch (BadInputException e) {
      err.println("SparkRun: " + e.getMessage());
      return BAD_INPUT;
    } catch (UnavailableException e) {
      err.println("SparkRun: " + e.getMessage());
      return UNAVAILABLE;
    } catch (LinkageError e) {
      err.println("SparkRun: " + ForeignLibrary.advice("driver", e));
      return UNAVAILABLE;
    } catch (RuntimeException e) {
      err.println("SparkRun: this should not happen; please report it with the lines below");
      e.printStackTrace(err);
      return UNAVAILABLE;
    }
  }

  /** The cluster that {@code spark-submit} was told of. */
  private record Submitted(SparkArguments arguments) implements SparkStudy.Cluster {
    @Override
    public <T> T with(int threads, Function<JavaSparkContext, T> work) {
      try (JavaSparkContext spark = open(conf(arguments, threads, new SparkConf()))) {
        return work.apply(spark);
      }
    }

    private static JavaSparkContext open(SparkConf conf) {
      try {
        return new JavaSparkContext(conf);
      } catch (Exception e) { // Spark's own is a checked one that Scala does not declare
        throw new UnavailableException("Spark cannot be started: " + e.getMessage(), e);
      }
    }
  }

  /**
   * Adds to what {@code spark-submit} was told.
   *
   * @param threads so many processors a task takes
   * @throws BadInputException if no cluster is named
   */
  static SparkConf conf(SparkArguments arguments, int threads, SparkConf given) {
    if (!given.contains("spark.master")) {
      throw new BadInputException(
          "no cluster is named; start this with spark-submit --master URL, for example"
              + " spark://HOST:7077");
    }
    given.setAppName("drivemark " + arguments.study().getFileName());
    given.setIfMissing("spark.task.cpus", Integer.toString(threads));
    // What comes back is written down at once and not kept, so its sum needs no bound.
    given.setIfMissing("spark.driver.maxResultSize", "0");
    ENVIRONMENT.forEach((name, value) -> given.setIfMissing("spark.executorEnv." + name, value));
    return given;
  }
}
