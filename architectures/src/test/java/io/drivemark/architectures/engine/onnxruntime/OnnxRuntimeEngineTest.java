package io.drivemark.architectures.engine.onnxruntime;

import io.drivemark.architectures.engine.EngineContract;

class OnnxRuntimeEngineTest extends EngineContract {
  @Override
  protected String engineName() {
    return "onnxruntime";
  }
}
