package io.drivemark.eval.benchmarks;

import io.drivemark.architectures.checkpoint.NameMap;
import io.drivemark.architectures.checkpoint.PublishedWeights;
import io.drivemark.architectures.checkpoint.WeightNames;
import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.architectures.model.Models;
import io.drivemark.architectures.zoo.Architectures;
import io.drivemark.datasets.Sample;
import io.drivemark.datasets.image.Preprocess;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The logits of a trained network at 512×1024, taken at every pixel of a grid of 128×256. A network
 * of fewer than 19 classes gets further planes that never win.
 */
final class NetworkLogits implements Logits {
  private static final String WEIGHTS = "weights/third-party/espnetv2_s_1.0_city_1024x512.pth";
  private static final int HEIGHT = 512;
  private static final int WIDTH = 1024;

  private final String description;
  private final Network network;
  private final InputSpec input;

  private NetworkLogits(String description, Network network, InputSpec input) {
    this.description = description;
    this.network = network;
    this.input = input;
  }

  /**
   * The best source at hand: the model asked for; else the published ESPNetv2 for Cityscapes, whose
   * 19 classes these are; else a shipped model; else the truth.
   *
   * @param model name or path of a model, empty for none
   * @param shared folder where the published weights may be
   */
  static Logits find(String model, Path shared) {
    if (!model.isEmpty()) {
      return of(Models.load(model));
    }
    Path weights = shared.resolve(WEIGHTS);
    if (Files.exists(weights)) {
      return published(weights);
    }
    return Models.names().isEmpty() ? Logits.fromTruth() : of(Models.load(Models.names().get(0)));
  }

  private static Logits published(Path weights) {
    String name = "espnetv2";
    int channels = Inputs.CLASSES + 1; // the last is background
    Map<String, String> options = Map.of("s", "1.0");
    Network network =
        PublishedWeights.open(weights, WeightNames.NONE, NameMap.of(name))
            .into(
                Architectures.build(name, options, channels, 1),
                new PublishedWeights.Setting(name, options, channels))
            .network();
    return new NetworkLogits("ESPNetv2 s=1.0 trained on Cityscapes", network, InputSpec.IMAGENET);
  }

  private static Logits of(Model model) {
    return new NetworkLogits(model.spec().name(), model.network(), model.spec().input());
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public float[] of(Sample sample) {
    Preprocess preprocess = new Preprocess(input.order(), input.mean(), input.std(), HEIGHT, WIDTH);
    try (Session session =
        Engines.named("onnxruntime").open(network, HEIGHT, WIDTH, EngineOptions.defaults())) {
      FloatBuffer tensor = Session.buffer(session.inputShape());
      preprocess.into(sample.image(), tensor);
      List<FloatBuffer> outputs = session.outputShapes().stream().map(Session::buffer).toList();
      session.run(tensor, outputs);
      return sampled(outputs.get(0), session.outputShapes().get(0));
    }
  }

  private static float[] sampled(FloatBuffer from, Shape shape) {
    int h = Inputs.LOGITS_HEIGHT;
    int w = Inputs.LOGITS_WIDTH;
    float[] logits = new float[Inputs.CLASSES * h * w];
    for (int c = 0; c < Inputs.CLASSES; c++) {
      for (int y = 0; y < h; y++) {
        for (int x = 0; x < w; x++) {
          int row = (2 * y + 1) * shape.height() / (2 * h);
          int column = (2 * x + 1) * shape.width() / (2 * w);
          logits[(c * h + y) * w + x] =
              c < shape.channels()
                  ? from.get((c * shape.height() + row) * shape.width() + column)
                  : -Float.MAX_VALUE;
        }
      }
    }
    return logits;
  }
}
