package io.drivemark.architectures.zoo;

import java.util.Map;
import java.util.Set;

class Espnetv2ContractTest extends ArchitectureContract {
  Espnetv2ContractTest() {
    super("espnetv2", Map.of("s", "0.5"), 1);
  }

  @Override
  Set<String> unread() {
    return Set.of(
        "base_net.level2_0.eesp.module_act.weight",
        "base_net.level3_0.eesp.module_act.weight",
        "base_net.level4_0.eesp.module_act.weight");
  }
}
