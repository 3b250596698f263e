package io.drivemark.architectures.engine.opencv;

import io.drivemark.architectures.engine.EngineContract;
import java.util.Set;

class OpenCvEngineTest extends EngineContract {
  @Override
  protected String failureReason() {
    return "(-2:Unspecified error) in function 'int cv::dnn::dnn4_v20251223::normalize_axis(int,"
        + " int)' : 'axis >= -dims && axis < dims' where 'axis' is 2";
  }

  @Override
  protected String engineName() {
    return "opencv";
  }

  @Override
  protected Set<String> refused() {
    return Set.of("conv gathered");
  }
}
