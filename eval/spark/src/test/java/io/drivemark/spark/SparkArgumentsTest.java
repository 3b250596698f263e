package io.drivemark.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.problem.BadInputException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command understands, and what it tells Spark. */
class SparkArgumentsTest {
  private static final SparkArguments SOME =
      new SparkArguments(Path.of("a/study.yaml"), Path.of("out"), 64);

  @Test
  void aCommandLineIsRead() {
    assertEquals(
        Optional.of(SOME), SparkArguments.parse("a/study.yaml", "--out", "out", "--ranges", "64"));
    assertEquals(
        SparkArguments.RANGES,
        SparkArguments.parse("--out", "out", "study.yaml").orElseThrow().ranges());
    assertEquals(Optional.empty(), SparkArguments.parse("study.yaml", "--help"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--out out|no study is named; expected STUDY.yaml --out DIR [--ranges N]",
        "a.yaml|no --out is given; expected STUDY.yaml --out DIR [--ranges N]",
        "a.yaml b.yaml --out out|there are two studies, a.yaml and b.yaml; expected one",
        "a.yaml --out|--out has no value",
        "a.yaml --out --ranges 3|--out has no value",
        "a.yaml --out out --ranges many|--ranges is 'many', expected a whole number from 1",
        "a.yaml --out out --ranges 0|--ranges is '0', expected a whole number from 1",
        "a.yaml --out out --ranges -1|--ranges is '-1', expected a whole number from 1",
      })
  void whatIsNotUnderstoodIsSaid(String line, String message) {
    assertEquals(
        message,
        assertThrows(BadInputException.class, () -> SparkArguments.parse(line.split(" ")))
            .getMessage());
  }

  @Test
  void anUnknownOptionIsNamedWithTheNearest() {
    String message =
        assertThrows(BadInputException.class, () -> SparkArguments.parse("a.yaml", "--range", "3"))
            .getMessage();
    assertTrue(message.startsWith("unknown option '--range'"), message);
    assertTrue(message.contains("--ranges"), message);
  }

  @Test
  void withoutAClusterItSaysHowToNameOne() {
    BadInputException e =
        assertThrows(BadInputException.class, () -> SparkRun.conf(SOME, 2, new SparkConf(false)));
    assertEquals(
        "no cluster is named; start this with spark-submit --master URL, for example"
            + " spark://HOST:7077",
        e.getMessage());
  }

  @Test
  void aTaskTakesTheProcessorsOfItsEngineUnlessTheUserSaysOtherwise() {
    SparkConf conf = SparkRun.conf(SOME, 2, new SparkConf(false).setMaster("spark://a:7077"));
    assertEquals("2", conf.get("spark.task.cpus"));
    assertEquals("1", conf.get("spark.executorEnv.ORT_DISABLE_TELEMETRY"));
    assertEquals("drivemark study.yaml", conf.get("spark.app.name"));
    SparkConf own = new SparkConf(false).setMaster("spark://a:7077").set("spark.task.cpus", "1");
    assertEquals("1", SparkRun.conf(SOME, 2, own).get("spark.task.cpus"));
  }

  @Test
  void helpAndMistakesHaveTheirExitCodes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    PrintStream say = new PrintStream(err, true, StandardCharsets.UTF_8);
    assertEquals(0, SparkRun.run(print, say, "--help"));
    assertEquals(SparkArguments.USAGE.strip(), out.toString(StandardCharsets.UTF_8).strip());
    assertEquals(2, SparkRun.run(print, say, "--out"));
    assertEquals("SparkRun: --out has no value", err.toString(StandardCharsets.UTF_8).strip());
  }
}
