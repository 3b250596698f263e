package io.drivemark.architectures.engine.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.GateForm;
import io.drivemark.architectures.engine.GateRun;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.onnx.gated.GatedForms;
import io.drivemark.architectures.onnx.gated.NotNarrow;
import io.drivemark.problem.Closer;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Opens gated networks in the fastest form that works and answers as the masked form does: each is
 * compared with it once, on noise. One use.
 */
final class GatedSessions {
  private final OrtEnvironment environment;
  private final Network network;
  private final GatedForms forms;
  private final int height;
  private final int width;
  private final EngineOptions options;
  private final List<String> obstacles = new ArrayList<>();

  GatedSessions(
      OrtEnvironment environment,
      Network network,
      GatedForms forms,
      int height,
      int width,
      EngineOptions options) {
    this.environment = environment;
    this.network = network;
    this.forms = forms;
    this.height = height;
    this.width = width;
    this.options = options;
  }

  /**
   * The session in the demanded form, or the next that works.
   *
   * @param masked in masked form; it is closed unless it is the answer
   */
  OnnxRuntimeSession open(OnnxRuntimeSession masked) {
    try {
      for (GateForm form : tried()) {
        Optional<OnnxRuntimeSession> session = attempt(form);
        if (session.isPresent()) {
          Optional<String> differs = Likeness.difference(masked, session.get());
          if (differs.isEmpty()) {
            masked.close();
            return session.get().running(new GateRun(form, why()));
          }
          obstacles.add(form.word() + " form: " + differs.get());
          session.get().close();
        }
      }
      return masked.running(new GateRun(GateForm.MASKED, why()));
    } catch (RuntimeException e) {
      Closer.after(e, masked);
      throw e;
    }
  }

  private List<GateForm> tried() {
    return switch (options.form()) {
      case MASKED -> List.of();
      case GATHERED -> List.of(GateForm.GATHERED);
      case AUTO, BLOCKED -> List.of(GateForm.BLOCKED, GateForm.GATHERED);
    };
  }

  private String why() {
    return String.join("; ", obstacles);
  }

  private Optional<OnnxRuntimeSession> attempt(GateForm form) {
    try {
      byte[] bytes = form == GateForm.BLOCKED ? blocked() : forms.gathered(height, width).bytes();
      try (OrtSession.SessionOptions settings = OnnxRuntimeEngine.settings(options)) {
        // Extents change from frame to frame: a plan of memory by the first one's is of no use.
        settings.setMemoryPatternOptimization(false);
        return Optional.of(
            OnnxRuntimeSession.around(
                environment, environment.createSession(bytes, settings), network));
      }
    } catch (NotNarrow | OrtException e) {
      obstacles.add(form.word() + " form: " + e.getMessage());
      return Optional.empty();
    }
  }

  private byte[] blocked() throws NotNarrow, OrtException {
    int block = RuntimeLayout.block();
    if (block == 1) {
      throw new NotNarrow("ONNX Runtime has no layout of its own on this processor");
    }
    Path file = file();
    try (OrtSession.SessionOptions settings = OnnxRuntimeEngine.settings(options)) {
      settings.setOptimizedModelFilePath(file.toString());
      environment.createSession(forms.whole(height, width), settings).close();
      return forms.blocked(Files.readAllBytes(file), block).bytes();
    } catch (IOException e) {
      throw new UnavailableException(
          "onnxruntime: the optimised network cannot be read from " + file + ": " + e, e);
    } finally {
      delete(file);
    }
  }

  private static Path file() {
    try {
      return Files.createTempFile("drivemark-optimised", ".onnx");
    } catch (IOException e) {
      throw new UnavailableException(
          "onnxruntime: no temporary file can be made for the optimised network: " + e, e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      file.toFile().deleteOnExit(); // of no harm where temporary files lie
    }
  }
}
