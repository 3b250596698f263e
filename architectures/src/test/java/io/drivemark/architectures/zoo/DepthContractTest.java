package io.drivemark.architectures.zoo;

import java.util.Map;
import org.junit.jupiter.api.Nested;

/** The networks that answer with depth, narrow. */
class DepthContractTest {
  @Nested
  class Monodepth extends ZooContract {
    Monodepth() {
      super("monodepth", Map.of("width", "0.25"), 1);
    }
  }

  @Nested
  class MonodepthOfMetres extends ZooContract {
    MonodepthOfMetres() {
      super("monodepth", Map.of("width", "0.25", "output", "depth"), 1);
    }
  }

  @Nested
  class FastDepth extends ZooContract {
    FastDepth() {
      super("fast-depth", Map.of("width", "0.25"), 1);
    }
  }
}
