package io.drivemark.architectures.zoo;

import java.util.Map;

class EspnetContractTest extends ArchitectureContract {
  EspnetContractTest() {
    super("espnet", Map.of(), 1);
  }
}
