package io.drivemark.architectures.engine.opencv;

import io.drivemark.architectures.engine.Availability;
import io.drivemark.architectures.engine.Engine;
import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.GateRun;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.op.Opaque;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.onnx.OnnxWriter;
import io.drivemark.architectures.onnx.gated.GatedForms;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Closer;
import io.drivemark.problem.UnavailableException;
import java.lang.ref.Reference;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.opencv_java;
import org.opencv.core.Core;
import org.opencv.core.CvException;
import org.opencv.core.MatOfByte;
import org.opencv.dnn.Dnn;
import org.opencv.dnn.Net;

/**
 * Runs networks with OpenCV's DNN module on the CPU. Its ONNX importer knows fewer operators than
 * the other engines; a network it cannot run is refused with the node's name. OpenCV has one number
 * of threads for the whole process: it is set before every run. Constructing the engine loads
 * nothing. Safe to share between threads.
 */
public final class OpenCvEngine implements Engine {
  /** Loads the natives on first use. */
  private static final class Natives {
    static final String FILE = Loader.load(opencv_java.class);
  }

  @Override
  public String name() {
    return "opencv";
  }

  @Override
  public Availability probe() {
    try {
      return new Availability.Ready(version());
    } catch (UnavailableException e) {
      return new Availability.Missing(
          e.getCause() + "",
          "put the opencv and openblas jars for " + Loader.getPlatform() + " on the class path");
    }
  }

  @Override
  public Session open(Network network, int height, int width, EngineOptions options) {
    String version = version();
    Importable importable = Importable.of(network, height, width);
    try {
      return session(importable, version, options)
          .running(GateRun.masked(name(), GatedForms.isGated(network), options.form()));
    } catch (BadInputException | UnavailableException e) {
      throw e;
    } catch (Exception e) { // the natives throw checked exceptions that they do not declare
      throw refusal(network, importable, version, e);
    }
  }

  /**
   * OpenCV 4.13 fuses some neighbouring nodes wrongly: a fused network that fails, or does not
   * answer as the same network without fusing, runs without.
   */
  private static OpenCvSession session(
      Importable importable, String version, EngineOptions options) {
    Shape image = importable.inputShape();
    byte[] bytes = OnnxWriter.toBytes(importable.network(), image.height(), image.width());
    OpenCvSession plain = session(bytes, false, importable, version, options);
    OpenCvSession fused;
    try {
      fused = session(bytes, true, importable, version, options);
    } catch (CvException e) {
      return plain; // fails only when fused
    } catch (Exception e) {
      plain.close();
      throw e;
    }
    boolean same;
    try {
      same = fused.answersLike(plain);
    } catch (Exception e) {
      Closer.after(e, fused);
      Closer.after(e, plain);
      throw e;
    }
    (same ? plain : fused).close();
    return same ? fused : plain;
  }

  private static OpenCvSession session(
      byte[] bytes, boolean fusing, Importable importable, String version, EngineOptions options) {
    MatOfByte model = new MatOfByte(bytes);
    try {
      Net net = Dnn.readNetFromONNX(model);
      net.enableFusion(fusing);
      return OpenCvSession.around(net, importable, version, options);
    } finally {
      model.release();
      Reference.reachabilityFence(model);
    }
  }

  private static BadInputException refusal(
      Network network, Importable importable, String version, Exception cause) {
    return new BadInputException(
        "opencv cannot run network "
            + network.name()
            + " at "
            + importable.inputShape().height()
            + "x"
            + importable.inputShape().width()
            + ": "
            + culprit(importable, version)
            + " fails ("
            + brief(cause)
            + "); use the engine onnxruntime or pytorch",
        cause);
  }

  /** OpenCV does not always say which node failed: the first that fails is searched. */
  private static String culprit(Importable importable, String version) {
    int works = 0;
    int fails = importable.network().nodes().size();
    while (fails - works > 1) {
      int half = (works + fails) / 2;
      try (Session session = session(importable.first(half), version, new EngineOptions(1))) {
        works = session.outputShapes().isEmpty() ? works : half;
      } catch (UnavailableException e) {
        throw e;
      } catch (Exception e) {
        fails = half;
      }
    }
    Node node = importable.network().nodes().get(fails - 1);
    String type =
        node.op() instanceof Opaque foreign ? foreign.type() : node.op().getClass().getSimpleName();
    return "operator " + type + " of node " + node.name();
  }

  /** What OpenCV says, without where its source lay when it was built. */
  static String brief(Exception cause) {
    String message =
        cause instanceof CvException ? String.valueOf(cause.getMessage()) : cause.toString();
    int error = message.indexOf("error: ");
    String text = error < 0 ? message : message.substring(error + "error: ".length());
    return text.replaceAll("\\s*>\\s*", " ").replaceAll("\\s+", " ").strip();
  }

  private static String version() {
    try {
      return Natives.FILE.isEmpty() ? "" : Core.getVersionString();
    } catch (LinkageError e) {
      throw new UnavailableException("OpenCV cannot be loaded on this machine: " + e, e);
    }
  }
}
