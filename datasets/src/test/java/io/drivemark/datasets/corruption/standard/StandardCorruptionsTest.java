package io.drivemark.datasets.corruption.standard;

import io.drivemark.datasets.corruption.Corruption;
import io.drivemark.datasets.corruption.CorruptionContract;
import org.junit.jupiter.api.Nested;

/** The project's corruptions keep the contract. */
class StandardCorruptionsTest {
  @Nested
  class GaussianNoiseKeepsTheContract extends CorruptionContract {
    @Override
    protected Corruption corruption() {
      return new GaussianNoise();
    }
  }

  @Nested
  class ShotNoiseKeepsTheContract extends CorruptionContract {
    @Override
    protected Corruption corruption() {
      return new ShotNoise();
    }
  }

  @Nested
  class ImpulseNoiseKeepsTheContract extends CorruptionContract {
    @Override
    protected Corruption corruption() {
      return new ImpulseNoise();
    }
  }

  @Nested
  class DefocusBlurKeepsTheContract extends CorruptionContract {
    @Override
    protected Corruption corruption() {
      return new DefocusBlur();
    }
  }

  @Nested
  class MotionBlurKeepsTheContract extends CorruptionContract {
    @Override
    protected Corruption corruption() {
      return new MotionBlur();
    }
  }

  @Nested
  class BrightnessKeepsTheContract extends CorruptionContract {
    @Override
    protected Corruption corruption() {
      return new Brightness();
    }
  }

  @Nested
  class ContrastKeepsTheContract extends CorruptionContract {
    @Override
    protected Corruption corruption() {
      return new Contrast();
    }
  }

  @Nested
  class DarkKeepsTheContract extends CorruptionContract {
    @Override
    protected Corruption corruption() {
      return new Dark();
    }
  }

  @Nested
  class JpegKeepsTheContract extends CorruptionContract {
    @Override
    protected Corruption corruption() {
      return new Jpeg();
    }
  }

  @Nested
  class QuantiseKeepsTheContract extends CorruptionContract {
    @Override
    protected Corruption corruption() {
      return new Quantise();
    }
  }

  @Nested
  class FogKeepsTheContract extends CorruptionContract {
    @Override
    protected Corruption corruption() {
      return new Fog();
    }
  }

  @Nested
  class LensDirtKeepsTheContract extends CorruptionContract {
    @Override
    protected Corruption corruption() {
      return new LensDirt();
    }
  }
}
