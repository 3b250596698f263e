package io.drivemark.eval.benchmarks;

import io.drivemark.architectures.checkpoint.NameMap;
import io.drivemark.architectures.checkpoint.StateDict;
import io.drivemark.architectures.checkpoint.StateDictImport;
import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.architectures.zoo.Architectures;
import io.drivemark.datasets.Sample;
import io.drivemark.datasets.image.ChannelOrder;
import io.drivemark.datasets.image.Preprocess;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The logits of the published ESPNetv2 for Cityscapes (width 1.0, 512×1024), where its weights are
 * at hand: every fourth pixel of its 19 class planes.
 */
final class NetworkLogits implements Logits {
  private static final String WEIGHTS = "weights/third-party/espnetv2_s_1.0_city_1024x512.pth";
  private static final int CHANNELS = 20; // the 19 classes and background
  private static final int HEIGHT = 512;
  private static final int WIDTH = 1024;

  private final Network network;

  private NetworkLogits(Network network) {
    this.network = network;
  }

  /** The network, if its weights are in the folder of shared data. */
  static Optional<Logits> find(Path shared) {
    Path weights = shared.resolve(WEIGHTS);
    if (!Files.exists(weights)) {
      return Optional.empty();
    }
    String name = "espnetv2";
    Network network =
        StateDictImport.load(
            Architectures.build(name, Map.of("s", "1.0"), CHANNELS, 1),
            StateDict.read(weights),
            NameMap.of(name));
    return Optional.of(new NetworkLogits(network));
  }

  @Override
  public String description() {
    return "ESPNetv2 s=1.0 trained on Cityscapes";
  }

  @Override
  public float[] of(Sample sample) {
    InputSpec input = InputSpec.IMAGENET;
    Preprocess preprocess =
        new Preprocess(ChannelOrder.RGB, input.mean(), input.std(), HEIGHT, WIDTH);
    try (Session session =
        Engines.named("onnxruntime").open(network, HEIGHT, WIDTH, EngineOptions.defaults())) {
      FloatBuffer tensor = Session.buffer(session.inputShape());
      preprocess.into(sample.image(), tensor);
      FloatBuffer full = Session.buffer(session.outputShapes().get(0));
      session.run(tensor, List.of(full));
      return everyFourth(full);
    }
  }

  private static float[] everyFourth(FloatBuffer full) {
    int h = Inputs.LOGITS_HEIGHT;
    int w = Inputs.LOGITS_WIDTH;
    int step = HEIGHT / h;
    float[] logits = new float[Inputs.CLASSES * h * w];
    for (int c = 0; c < Inputs.CLASSES; c++) {
      for (int y = 0; y < h; y++) {
        for (int x = 0; x < w; x++) {
          int row = step * y + step / 2;
          int column = step * x + step / 2;
          logits[(c * h + y) * w + x] = full.get((c * HEIGHT + row) * WIDTH + column);
        }
      }
    }
    return logits;
  }
}
