package io.drivemark.spark;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A study that an application measured which was connected before.
 *
 * @param code the exit code
 * @param out what was printed
 * @param err what was said besides
 */
record OnCluster(int code, String out, String err) {
  /** An application for all studies of a test. */
  private record Connected(JavaSparkContext spark) implements SparkStudy.Cluster {
    @Override
    public <T> T with(int threads, Function<JavaSparkContext, T> work) {
      return work.apply(spark);
    }
  }

  static OnCluster run(JavaSparkContext spark, Path study, Path out, int ranges) {
    return run(spark, study, out, ranges, line -> {});
  }

  /**
   * Runs a study.
   *
   * @param watch receives each line of progress and problems as it is said
   */
  static OnCluster run(
      JavaSparkContext spark, Path study, Path out, int ranges, Consumer<String> watch) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream watched =
        new PrintStream(said, true, StandardCharsets.UTF_8) {
          @Override
          public void println(String line) {
            super.println(line);
            watch.accept(line);
          }
        };
    int code =
        new SparkStudy(
                new SparkArguments(study, out, ranges),
                new Connected(spark),
                new PrintStream(printed, true, StandardCharsets.UTF_8),
                watched)
            .run();
    return new OnCluster(
        code, printed.toString(StandardCharsets.UTF_8), said.toString(StandardCharsets.UTF_8));
  }
}
