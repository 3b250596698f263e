package io.drivemark.architectures.engine.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.drivemark.architectures.engine.Availability;
import io.drivemark.architectures.engine.Engine;
import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.NativeSettings;
import io.drivemark.architectures.engine.OperatorProfiler;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.onnx.OnnxWriter;
import io.drivemark.architectures.onnx.gated.GatedForms;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.UnavailableException;
import java.util.Optional;

/**
 * Runs networks with ONNX Runtime on the CPU: one thread pool a session, no spinning threads (they
 * disturb other sessions' timings), all graph optimisations. Gated networks run in the fastest form
 * that answers as the masked one does. Constructing it loads nothing. Safe to share between
 * threads.
 */
public final class OnnxRuntimeEngine implements Engine {
  @Override
  public String name() {
    return "onnxruntime";
  }

  @Override
  public Availability probe() {
    try {
      return new Availability.Ready(environment().getVersion());
    } catch (UnavailableException e) {
      return new Availability.Missing(
          e.getCause() + "",
          "check that the onnxruntime jar is on the class path and has natives for "
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch"));
    }
  }

  @Override
  public Session open(Network network, int height, int width, EngineOptions options) {
    if (network.inputs().size() != 1) {
      throw new BadInputException(
          "onnxruntime: network "
              + network.name()
              + " takes "
              + network.inputs().size()
              + " inputs; one image is expected");
    }
    Optional<GatedForms> forms = GatedForms.of(network);
    OrtEnvironment environment = environment();
    byte[] bytes = OnnxWriter.toBytes(network, height, width);
    try (OrtSession.SessionOptions settings = settings(options)) {
      OnnxRuntimeSession session =
          OnnxRuntimeSession.around(
              environment, environment.createSession(bytes, settings), network);
      return forms.isEmpty()
          ? session
          : new GatedSessions(environment, network, forms.get(), height, width, options)
              .open(session);
    } catch (OrtException e) {
      throw new BadInputException(
          "onnxruntime cannot open network "
              + network.name()
              + " at "
              + height
              + "x"
              + width
              + ": "
              + e.getMessage(),
          e);
    }
  }

  @Override
  public Optional<OperatorProfiler> profiler() {
    return Optional.of(new OnnxRuntimeProfiler());
  }

  /** How sessions are opened, whether they are watched or not. */
  static OrtSession.SessionOptions settings(EngineOptions options) throws OrtException {
    OrtSession.SessionOptions settings = new OrtSession.SessionOptions();
    settings.setIntraOpNumThreads(options.threads());
    settings.setInterOpNumThreads(1);
    settings.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
    settings.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    settings.addConfigEntry("session.intra_op.allow_spinning", "0");
    settings.addConfigEntry("session.inter_op.allow_spinning", "0");
    return settings;
  }

  static OrtEnvironment environment() {
    NativeSettings.apply();
    OnnxRuntimeNatives.prepare();
    try {
      OrtEnvironment environment =
          OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "drivemark");
      environment.setTelemetry(false);
      return environment;
    } catch (OrtException e) {
      throw new UnavailableException("onnxruntime cannot be kept from reporting its use: " + e, e);
    } catch (LinkageError | IllegalStateException e) {
      throw new UnavailableException("onnxruntime cannot run on this machine: " + e, e);
    }
  }
}
