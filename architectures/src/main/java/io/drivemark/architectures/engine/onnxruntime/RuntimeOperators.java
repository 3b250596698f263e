package io.drivemark.architectures.engine.onnxruntime;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.onnx.OnnxWriter;
import io.drivemark.problem.UnavailableException;

/** Asks ONNX Runtime which operators it knows. Stateless. */
public final class RuntimeOperators {
  private RuntimeOperators() {}

  /**
   * Whether ONNX Runtime knows a foreign operator of this name in this version: it is asked to open
   * a model of this operator alone. What else it says of that model, of types for example, does not
   * count. Where ONNX Runtime cannot run on this machine the answer is yes.
   *
   * @param node holds the foreign operator
   */
  public static boolean know(Node node) {
    try (OrtSession.SessionOptions settings = OnnxRuntimeEngine.settings(new EngineOptions(1))) {
      settings.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      OnnxRuntimeEngine.environment().createSession(OnnxWriter.alone(node), settings).close();
      return true;
    } catch (OrtException e) {
      String message = String.valueOf(e.getMessage());
      return !message.contains("is not a registered function/op")
          && !message.contains("No opset import for domain")
          && !message.contains("No Op registered for");
    } catch (UnavailableException e) {
      return true;
    }
  }
}
