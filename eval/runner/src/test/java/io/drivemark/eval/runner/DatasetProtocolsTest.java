package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.eval.metrics.Protocol;
import io.drivemark.eval.metrics.Protocols;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The protocols that pages of datasets name are there, and a study can take the first. */
class DatasetProtocolsTest {
  static Stream<String> declared() {
    return Datasets.names().stream().filter(name -> Datasets.provider(name).isEmpty());
  }

  @ParameterizedTest
  @MethodSource("declared")
  void pagesNameKnownProtocols(String name) {
    List<String> protocols = Datasets.format(name).about().protocols();
    assertTrue(Protocols.names().containsAll(protocols), protocols.toString());
    if (!protocols.isEmpty()) {
      Protocol first = Protocols.named(protocols.get(0));
      assertEquals(first, first.requirePixels("a study's dataset"), "studies count pixels");
    }
  }
}
