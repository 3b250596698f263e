package io.drivemark.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.runner.accuracy.FrameRange;
import io.drivemark.eval.runner.shard.lease.WorkUnit;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Libraries of a Spark installation that do not fit are named, with the setting that helps. */
class ForeignLibraryTest {
  private static final String DRIVER =
      "a library of the driver does not fit Drivemark (java.lang.IllegalAccessError: class A tried"
          + " to access method B.c()); put Drivemark's own first: spark-submit --conf"
          + " spark.driver.userClassPathFirst=true, with all of its lib folder in --jars";

  @Test
  void theDriverSaysSoAndEndsAsUnavailable() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        SparkRun.guarded(
            new PrintStream(err, true, StandardCharsets.UTF_8),
            () -> {
              throw new IllegalAccessError("class A tried to access method B.c()");
            });
    assertEquals(3, code);
    assertEquals("SparkRun: " + DRIVER, err.toString(StandardCharsets.UTF_8).strip());
  }

  @Test
  void aClassThatFailedBeforeIsNamedByItsFirstFailure() {
    LinkageError later = new NoClassDefFoundError("Could not initialize class N");
    later.initCause(
        new ExceptionInInitializerError(
            new IllegalAccessError("class A tried to access method B.c()")));
    assertEquals(DRIVER, ForeignLibrary.advice("driver", later));
  }

  @Test
  void anExecutorAnswersWithIt() {
    Delivery answer =
        new Benches()
            .measure(
                "0c1d",
                () -> {
                  throw new NoSuchMethodError("B.c()");
                },
                "w",
                new WorkUnit("enet_camvid-val_onnxruntime_360x480-0c1d2e3f", new FrameRange(3, 8)),
                1);
    String failure = answer.failure().orElseThrow();
    assertTrue(failure.startsWith("a library of the executor does not fit"), failure);
    assertTrue(failure.contains("NoSuchMethodError: B.c()"), failure);
    assertTrue(failure.contains("spark.executor.userClassPathFirst=true"), failure);
  }
}
