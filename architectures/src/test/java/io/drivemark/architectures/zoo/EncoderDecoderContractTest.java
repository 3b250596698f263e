package io.drivemark.architectures.zoo;

import java.util.Map;
import org.junit.jupiter.api.Nested;

/** Every encoder with every decoder, and the learned and the bilinear way up. */
class EncoderDecoderContractTest {
  private static final Map<String, String> NARROW = Map.of("width", "0.125");
  private static final Map<String, String> BILINEAR = Map.of("width", "0.125", "up", "bilinear");

  @Nested
  class SkipnetMobilenet extends ZooContract {
    SkipnetMobilenet() {
      super("skipnet-mobilenet", Map.of("width", "0.25"), 1);
    }
  }

  @Nested
  class UnetMobilenet extends ZooContract {
    UnetMobilenet() {
      super("unet-mobilenet", NARROW, 1);
    }
  }

  @Nested
  class DilationMobilenet extends ZooContract {
    DilationMobilenet() {
      super("dilation-mobilenet", NARROW, 1);
    }
  }

  @Nested
  class Dilation2Mobilenet extends ZooContract {
    Dilation2Mobilenet() {
      super("dilation2-mobilenet", BILINEAR, 4);
    }
  }

  @Nested
  class SkipnetShufflenet extends ZooContract {
    SkipnetShufflenet() {
      super("skipnet-shufflenet", BILINEAR, 1);
    }
  }

  @Nested
  class UnetShufflenet extends ZooContract {
    UnetShufflenet() {
      super("unet-shufflenet", NARROW, 1);
    }
  }

  @Nested
  class DilationShufflenet extends ZooContract {
    DilationShufflenet() {
      super("dilation-shufflenet", NARROW, 1);
    }
  }

  @Nested
  class Dilation2Shufflenet extends ZooContract {
    Dilation2Shufflenet() {
      super("dilation2-shufflenet", NARROW, 4);
    }
  }

  @Nested
  class SkipnetResnet18 extends ZooContract {
    SkipnetResnet18() {
      super("skipnet-resnet18", NARROW, 1);
    }
  }

  @Nested
  class UnetResnet18 extends ZooContract {
    UnetResnet18() {
      super("unet-resnet18", BILINEAR, 1);
    }
  }

  @Nested
  class DilationResnet18 extends ZooContract {
    DilationResnet18() {
      super("dilation-resnet18", NARROW, 1);
    }
  }

  @Nested
  class Dilation2Resnet18 extends ZooContract {
    Dilation2Resnet18() {
      super("dilation2-resnet18", NARROW, 4);
    }
  }

  @Nested
  class SkipnetVgg16 extends ZooContract {
    SkipnetVgg16() {
      super("skipnet-vgg16", NARROW, 1);
    }
  }

  @Nested
  class UnetVgg16 extends ZooContract {
    UnetVgg16() {
      super("unet-vgg16", BILINEAR, 1);
    }
  }

  @Nested
  class DilationVgg16 extends ZooContract {
    DilationVgg16() {
      super("dilation-vgg16", NARROW, 1);
    }
  }

  @Nested
  class Dilation2Vgg16 extends ZooContract {
    Dilation2Vgg16() {
      super("dilation2-vgg16", NARROW, 4);
    }
  }

  @Nested
  class SkipnetXception extends ZooContract {
    SkipnetXception() {
      super("skipnet-xception", NARROW, 1);
    }
  }

  @Nested
  class UnetXception extends ZooContract {
    UnetXception() {
      super("unet-xception", BILINEAR, 1);
    }
  }

  @Nested
  class DilationXception extends ZooContract {
    DilationXception() {
      super("dilation-xception", NARROW, 1);
    }
  }

  @Nested
  class Dilation2Xception extends ZooContract {
    Dilation2Xception() {
      super("dilation2-xception", NARROW, 4);
    }
  }

  @Nested
  class SkipnetMobilenetV2 extends ZooContract {
    SkipnetMobilenetV2() {
      super("skipnet-mobilenetv2", NARROW, 1);
    }
  }

  @Nested
  class UnetMobilenetV2 extends ZooContract {
    UnetMobilenetV2() {
      super("unet-mobilenetv2", NARROW, 1);
    }
  }

  @Nested
  class DilationMobilenetV2 extends ZooContract {
    DilationMobilenetV2() {
      super("dilation-mobilenetv2", NARROW, 1);
    }
  }

  @Nested
  class Dilation2MobilenetV2 extends ZooContract {
    Dilation2MobilenetV2() {
      super("dilation2-mobilenetv2", NARROW, 4);
    }
  }

  @Nested
  class Linknet extends ZooContract {
    Linknet() {
      super("linknet", NARROW, 1);
    }
  }

  @Nested
  class WithTheLastStepLeftToTheCaller extends ZooContract {
    WithTheLastStepLeftToTheCaller() {
      super("skipnet-shufflenet", Map.of("width", "0.25", "tail", "bilinear", "up", "bilinear"), 8);
    }
  }
}
