package io.drivemark.architectures.zoo;

import java.util.Map;

class SegnetBasicContractTest extends ArchitectureContract {
  SegnetBasicContractTest() {
    super("segnet-basic", Map.of("width", "20"), 1);
  }
}
