package io.drivemark.architectures.zoo;

import java.util.Map;

class DabnetContractTest extends ArchitectureContract {
  DabnetContractTest() {
    super("dabnet", Map.of(), 8);
  }
}
