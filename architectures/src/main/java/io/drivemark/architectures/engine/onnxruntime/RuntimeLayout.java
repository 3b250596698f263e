package io.drivemark.architectures.engine.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.onnx.gated.GatedForms;
import java.nio.FloatBuffer;
import java.util.Map;

/** How ONNX Runtime lays out channels on this processor. Stateless. */
final class RuntimeLayout {
  private static final int CHANNELS = 128;
  private static final int WIDTH = 2;

  private RuntimeLayout() {}

  /** Found out once: the layout is the processor's. */
  private static final class Found {
    static final int BLOCK = probed();
  }

  /** Channels of a block in its own layout; 1 if it has none here. */
  static int block() {
    return Found.BLOCK;
  }

  /**
   * A map of two pixels whose values count through it is brought into the layout and looked at as
   * it lies: channels that share a block lie side by side, the second pixel of channel 0 behind
   * them.
   */
  private static int probed() {
    OrtEnvironment environment = OnnxRuntimeEngine.environment();
    byte[] model = GatedForms.layoutProbe(CHANNELS, WIDTH);
    FloatBuffer map = Session.buffer(Shape.of(1, CHANNELS, 1, WIDTH));
    for (int i = 0; i < map.capacity(); i++) {
      map.put(i, i);
    }
    try (OrtSession.SessionOptions settings = OnnxRuntimeEngine.settings(new EngineOptions(1));
        OrtSession session = environment.createSession(model, settings);
        OnnxTensor x =
            OnnxTensor.createTensor(environment, map, new long[] {1, CHANNELS, 1, WIDTH});
        OrtSession.Result result = session.run(Map.of("map", x))) {
      return block(((OnnxTensor) result.get(0)).getFloatBuffer());
    } catch (OrtException e) {
      return 1; // this build has no layout of its own
    }
  }

  /** The block of a map that lies so; 1 if it lies in no blocks that are understood. */
  static int block(FloatBuffer lies) {
    int block = 0;
    while (block < lies.limit() && lies.get(block) != 1) {
      block++;
    }
    for (int channel = 0; block > 0 && channel < CHANNELS; channel++) {
      for (int pixel = 0; pixel < WIDTH; pixel++) {
        int at = channel / block * block * WIDTH + pixel * block + channel % block;
        if (at >= lies.limit() || lies.get(at) != channel * WIDTH + pixel) {
          return 1;
        }
      }
    }
    return Math.max(1, block);
  }
}
