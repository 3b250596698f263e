package io.drivemark.eval.runner.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.runner.record.Accuracy;
import io.drivemark.eval.runner.record.DatasetFacts;
import io.drivemark.eval.runner.record.EngineFacts;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.eval.runner.record.ModelFacts;
import io.drivemark.eval.runner.record.ProtocolFacts;
import io.drivemark.problem.BadInputException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequirementTest {
  private static Entry entry(double miou) {
    OptionalDouble value = OptionalDouble.of(miou);
    return new Entry(
        "",
        new ModelFacts(
            "net",
            "toy",
            "dense",
            Optional.empty(),
            Optional.empty(),
            "toy-2",
            "",
            Map.of(),
            Map.of()),
        true,
        List.of(),
        new EngineFacts("onnxruntime", Optional.empty(), 1, "fp32"),
        new DatasetFacts("yard", "val", 1, 12, 20, ""),
        new FrameSize(12, 20),
        new ProtocolFacts("cityscapes", "p", "identity", "logits-bilinear"),
        Optional.of(new Accuracy(value, value, value, value, List.of(), List.of())),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        Map.of());
  }

  private static Requirement miou(String bound) {
    return Requirement.parse(Quantity.MIOU, bound).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    ">=0.5, 0.49999996, 0.49999996",
    ">=0.5, 0.4999999, 0.4999999",
    ">=0.5, 0.499, 0.499000",
    ">=0.5, 0.49999999999999994, 0.4999999999999999",
    ">0.5, 0.5, 0.500000",
    ">0.5, 0.5000000, 0.500000",
    "<=0.5, 0.50000004, 0.50000004",
    "<0.5, 0.5, 0.500000",
    "<=0.3, 0.30000000000000004, 0.30000000000000004"
  })
  void aValueThatMissesABoundIsPrintedWithAllDigitsThatShowIt(
      String bound, double value, String printed) {
    assertEquals(
        Optional.of(
            "net on yard/val with onnxruntime at 12x20: miou is "
                + printed
                + ", required "
                + miou(bound).text()),
        miou(bound).finding(entry(value)));
  }

  @Test
  void whatIsPrintedNeverKeepsTheBound() {
    SplittableRandom random = new SplittableRandom(20_261_129);
    int missed = 0;
    for (int i = 0; i < 2000; i++) {
      double bound = random.nextDouble();
      double value = bound + Math.scalb(random.nextDouble() - 0.5, -random.nextInt(50));
      String sign = List.of(">=", "<=", ">", "<").get(i % 4);
      Requirement requirement = miou(sign + bound);
      Optional<String> finding = requirement.finding(entry(value));
      if (finding.isPresent()) {
        missed++;
        String printed = finding.get().replaceFirst(".* is (\\S+), required .*", "$1");
        assertTrue(
            requirement.finding(entry(Double.parseDouble(printed))).isPresent(),
            () -> value + " printed as " + printed + " keeps " + requirement.text());
      }
    }
    assertTrue(missed > 500, "only " + missed + " missed");
  }

  @Test
  void aFigureOfAGaugeOnRequestNeedsTheGauge() {
    String study =
        """
        schema: drivemark-study/1
        datasets: [{name: synthdrive}]
        models: [enet-synthdrive]
        engines: [onnxruntime]
        require: {peopleFoundNear: '>=0.9', miou: '>=0.5'}
        """;
    assertEquals(
        "night: line 5: require.peopleFoundNear: is a figure of gauge distance, which judges on request:"
            + " add gauges: [distance]",
        assertThrows(BadInputException.class, () -> Study.parse("night", study)).getMessage());
    Study asked = Study.parse("night", study + "gauges: [distance]\n");
    assertEquals("peopleFoundNear", asked.requirements().get(1).metric().word());
    assertEquals(asked, Study.parse("again", asked.toYaml()));
  }
}
