package io.drivemark.architectures.zoo;

import java.util.Map;
import org.junit.jupiter.api.Nested;

/** The real-time networks, as published and narrow. */
class RealTimeContractTest {
  private static final Map<String, String> HALF = Map.of("width", "0.5");
  private static final Map<String, String> NARROW = Map.of("width", "8", "heads", "auxiliary");

  @Nested
  class Erfnet extends ZooContract {
    Erfnet() {
      super("erfnet", Map.of(), 1);
    }
  }

  @Nested
  class NarrowDabnet extends ZooContract {
    NarrowDabnet() {
      super("dabnet", HALF, 8);
    }
  }

  @Nested
  class Edanet extends ZooContract {
    Edanet() {
      super("edanet", Map.of(), 8);
    }
  }

  @Nested
  class Cgnet extends ZooContract {
    Cgnet() {
      super("cgnet", Map.of("n", "5"), 8);
    }
  }

  @Nested
  class FastScnn extends ZooContract {
    FastScnn() {
      super("fast-scnn", Map.of(), 8);
    }
  }

  @Nested
  class BisenetV2 extends ZooContract {
    BisenetV2() {
      super("bisenetv2", Map.of("width", "0.25", "heads", "auxiliary"), 8);
    }
  }

  @Nested
  class Ddrnet extends ZooContract {
    Ddrnet() {
      super("ddrnet-23-slim", NARROW, 8);
    }
  }

  @Nested
  class Pidnet extends ZooContract {
    Pidnet() {
      super("pidnet-s", NARROW, 8);
    }
  }

  @Nested
  class Deeplab extends ZooContract {
    Deeplab() {
      super("deeplabv3plus-mobilenetv2", Map.of("width", "0.25"), 4);
    }
  }

  @Nested
  class NarrowEnet extends ZooContract {
    NarrowEnet() {
      super("enet", HALF, 1);
    }
  }

  @Nested
  class NarrowErfnet extends ZooContract {
    NarrowErfnet() {
      super("erfnet", HALF, 1);
    }
  }

  @Nested
  class NarrowEdanet extends ZooContract {
    NarrowEdanet() {
      super("edanet", HALF, 8);
    }
  }

  @Nested
  class NarrowCgnet extends ZooContract {
    NarrowCgnet() {
      super("cgnet", Map.of("width", "0.5", "n", "5"), 8);
    }
  }

  @Nested
  class NarrowFastScnn extends ZooContract {
    NarrowFastScnn() {
      super("fast-scnn", HALF, 8);
    }
  }

  @Nested
  class NarrowEspnet extends ZooContract {
    NarrowEspnet() {
      super("espnet", HALF, 1);
    }
  }
}
