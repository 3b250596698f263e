package io.drivemark.architectures.zoo;

import java.util.Map;

class SkipnetMobilenetContractTest extends ArchitectureContract {
  SkipnetMobilenetContractTest() {
    super("skipnet-mobilenet", Map.of("width", "0.25"), 1);
  }
}
