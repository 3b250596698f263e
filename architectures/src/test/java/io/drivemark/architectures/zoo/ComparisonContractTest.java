package io.drivemark.architectures.zoo;

import java.util.Map;
import org.junit.jupiter.api.Nested;

/** The networks of the 2017 comparison that are whole networks. */
class ComparisonContractTest {
  private static final Map<String, String> NARROW = Map.of("width", "0.125");

  @Nested
  class Unet extends ZooContract {
    Unet() {
      super("unet", NARROW, 1);
    }
  }

  @Nested
  class Segnet extends ZooContract {
    Segnet() {
      super("segnet", NARROW, 1);
    }
  }

  @Nested
  class Dilation8 extends ZooContract {
    Dilation8() {
      super("dilation8", NARROW, 8);
    }
  }

  @Nested
  class DilatedFcn16s extends ZooContract {
    DilatedFcn16s() {
      super("dilated-fcn16s", Map.of("width", "0.5"), 1);
    }
  }

  @Nested
  class Fcn8s extends ZooContract {
    Fcn8s() {
      super("fcn8s", NARROW, 1);
    }
  }

  @Nested
  class XceptionSeg extends ZooContract {
    XceptionSeg() {
      super("xception-seg", NARROW, 1);
    }
  }
}
