package io.drivemark.architectures.engine.onnxruntime;

import io.drivemark.architectures.engine.EngineContract;

class OnnxRuntimeEngineTest extends EngineContract {
  @Override
  protected String failureReason() {
    return "Error code - ORT_INVALID_ARGUMENT - message: Non-zero status code returned while running"
        + " Gather node. Name:'lookup' Status Message: indices element out of data bounds, idx=2"
        + " must be within the inclusive range [-2,1]";
  }

  @Override
  protected String engineName() {
    return "onnxruntime";
  }
}
