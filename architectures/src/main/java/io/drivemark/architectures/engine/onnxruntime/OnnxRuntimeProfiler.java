package io.drivemark.architectures.engine.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.OperatorProfiler;
import io.drivemark.architectures.engine.OperatorTime;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.onnx.OnnxWriter;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Times operators with ONNX Runtime's own profiling, which writes a file of events when the session
 * ends. Opened as {@link OnnxRuntimeEngine} opens sessions, so that the same fusions happen.
 */
final class OnnxRuntimeProfiler implements OperatorProfiler {
  private static final int WARM_UP = 5;

  @Override
  public List<OperatorTime> profile(
      Network network, int height, int width, EngineOptions options, int runs) {
    if (runs < 1) {
      throw new IllegalArgumentException("runs: at least 1, found " + runs);
    }
    String input = network.inputs().get(0).name();
    Shape shape = network.shapesAt(height, width).get(input);
    byte[] bytes = OnnxWriter.toBytes(network, height, width);
    OrtEnvironment environment = OnnxRuntimeEngine.environment();
    Path folder = folder();
    try (OrtSession.SessionOptions settings = OnnxRuntimeEngine.settings(options)) {
      settings.enableProfiling(folder.resolve("profile").toString());
      String file;
      try (OrtSession session = environment.createSession(bytes, settings);
          OnnxTensor image =
              OnnxTensor.createTensor(environment, Likeness.noise(shape, 0), longs(shape))) {
        for (int i = 0; i < WARM_UP + runs; i++) {
          session.run(Map.of(input, image)).close();
        }
        file = session.endProfiling();
      }
      return ProfileEvents.read(Path.of(file), network, runs);
    } catch (OrtException e) {
      throw new BadInputException(
          "onnxruntime cannot time the operators of network "
              + network.name()
              + " at "
              + height
              + "x"
              + width
              + ": "
              + e.getMessage(),
          e);
    } finally {
      delete(folder);
    }
  }

  private static long[] longs(Shape shape) {
    long[] all = new long[shape.rank()];
    for (int i = 0; i < all.length; i++) {
      all[i] = shape.extent(i);
    }
    return all;
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("drivemark-profile");
    } catch (IOException e) {
      throw new UnavailableException(
          "operator times: no folder can be made for the profile: " + e, e);
    }
  }

  private static void delete(Path folder) {
    try (java.nio.file.DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      folder.toFile().deleteOnExit(); // of no harm where temporary files lie
    }
  }
}
