package io.drivemark.architectures.zoo;

import java.util.Map;

class EnetContractTest extends ArchitectureContract {
  EnetContractTest() {
    super("enet", Map.of(), 1);
  }
}
