package io.drivemark.architectures.engine.opencv;

import io.drivemark.architectures.engine.EngineContract;
import java.util.Set;

class OpenCvEngineTest extends EngineContract {
  @Override
  protected String engineName() {
    return "opencv";
  }

  @Override
  protected Set<String> refused() {
    return Set.of("conv gathered");
  }
}
