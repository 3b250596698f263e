package io.drivemark.architectures.engine.onnxruntime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.OperatorTime;
import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.zoo.Architectures;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxRuntimeProfilerTest {
  /** Whatever the runtime fuses, no multiply-accumulate is lost and none counted twice. */
  @ParameterizedTest
  @ValueSource(strings = {"skipnet-mobilenet", "enet", "dabnet", "segnet-basic", "espnetv2"})
  void everyConvolutionIsTimedOnce(String architecture) {
    Network network = Architectures.build(architecture, Map.of(), 11, 1);
    List<OperatorTime> times =
        new OnnxRuntimeEngine()
            .profiler()
            .orElseThrow()
            .profile(network, 64, 96, new EngineOptions(1), 2);
    Map<String, Long> macs = new HashMap<>();
    Cost cost = Cost.of(network, 64, 96);
    cost.nodes().forEach(n -> macs.put(n.node(), n.macs()));
    Set<String> seen = new HashSet<>();
    times.stream()
        .flatMap(t -> t.nodes().stream())
        .forEach(n -> assertTrue(seen.add(n), n + " is timed twice"));
    assertEquals(cost.macs(), seen.stream().mapToLong(n -> macs.getOrDefault(n, 0L)).sum());
    assertTrue(times.stream().mapToDouble(OperatorTime::ms).sum() > 0);
  }

  @Test
  void otherEnginesDoNotTell() {
    assertEquals(Optional.empty(), Engines.named("pytorch").profiler());
    assertEquals(Optional.empty(), Engines.named("opencv").profiler());
  }
}
