package io.drivemark.architectures.variant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.architectures.latency.EngineSetup;
import io.drivemark.architectures.pruning.Measure;
import io.drivemark.architectures.pruning.gate.GateUnit;
import io.drivemark.architectures.pruning.gate.MassTarget;
import io.drivemark.architectures.pruning.gate.UniformTarget;
import io.drivemark.problem.BadInputException;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

@Tag("text")
class GateRequestTest {
  private static String refusal(Executable what) {
    return assertThrows(BadInputException.class, what).getMessage();
  }

  @Test
  void aRatioIsKnownOrToBeFound() {
    GateRequest sought = GateRequest.of(new PruneRequest.Keep(Measure.MACS, 0.5), 1);
    assertEquals(OptionalDouble.empty(), sought.ratio());
    assertEquals(OptionalDouble.of(0.85), sought.withRatio(0.85).ratio());
    assertEquals(
        OptionalDouble.empty(),
        GateRequest.of(new PruneRequest.KeepLatency(0.6, new EngineSetup("onnxruntime", 1)), 1)
            .ratio());
  }

  @Test
  void ratiosAreOfMassOrOfUnits() {
    GateRequest mass = GateRequest.of(new GateRequest.Ratio(0.75), 1);
    assertEquals(new MassTarget(0.75, 16), mass.target(0.75, 16));
    GateRequest uniform =
        new GateRequest(mass.amount(), "uniform", mass.unit(), mass.head(), mass.mode(), false, 1);
    assertEquals(new UniformTarget(0.25, 1), uniform.target(0.75, 1), "left out, not kept");
    double[] ten = new double[10];
    Arrays.fill(ten, 1);
    int live = 0;
    for (boolean l : uniform.target(0.9, 1).live(ten)) {
      live += l ? 1 : 0;
    }
    assertEquals(9, live, "1 - 0.9 is a little less than 0.1 in binary");
  }

  @Test
  void unitsReadBack() {
    for (String text : new String[] {"auto", "block", "everywhere", "layers", "1", "16"}) {
      assertEquals(text, GateUnit.parse(text).toString());
    }
    assertEquals(
        "unit is filter, expected auto, block, everywhere, layers, or the number of filters that"
            + " one gate switches, 1 or 16 say",
        refusal(() -> GateUnit.parse("filter")));
    refusal(() -> GateUnit.parse("0"));
  }

  @Test
  void noLatencyIsPlannedWhereNothingCanBeCutOut() {
    PruneRequest.KeepLatency half =
        new PruneRequest.KeepLatency(0.5, new EngineSetup("onnxruntime", 1));
    assertEquals(
        "units everywhere are no network that could be cut out, so that no latency can be planned:"
            + " keep macs, or take another unit",
        refusal(
            () ->
                new GateRequest(
                    half,
                    GateRequest.MASS,
                    GateUnit.EVERYWHERE,
                    GateRequest.Head.STANDARDISED,
                    GateRequest.Mode.DECOUPLED,
                    false,
                    1)));
  }

  @Test
  void whatCannotBeIsRefused() {
    assertEquals(
        "ratio is NaN, expected above 0 to 1", refusal(() -> new GateRequest.Ratio(Double.NaN)));
    assertEquals(
        "a dynamic network has all its params: say how much of macs or latency a frame takes, keep"
            + " macs=0.5 say",
        refusal(() -> GateRequest.of(new PruneRequest.Keep(Measure.PARAMS, 0.5), 1)));
    assertEquals(
        "head 'published' is not known (did you mean 'published-max'?); there are published-max,"
            + " published-average, standardised",
        refusal(() -> GateRequest.Head.named("published")));
    assertEquals(
        "mode 'decouple' is not known (did you mean 'decoupled'?); there are decoupled, joint",
        refusal(() -> GateRequest.Mode.named("decouple")));
    GateRequest mass = GateRequest.of(new GateRequest.Ratio(0.75), 1);
    assertEquals(
        "target 'mas' is not known (did you mean 'mass'?); there are mass, uniform",
        refusal(
            () ->
                new GateRequest(
                    mass.amount(), "mas", mass.unit(), mass.head(), mass.mode(), false, 1)));
  }
}
