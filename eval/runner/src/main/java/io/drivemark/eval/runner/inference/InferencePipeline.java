package io.drivemark.eval.runner.inference;

import io.drivemark.architectures.engine.Engine;
import io.drivemark.architectures.engine.EngineFailure;
import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.labelling.Grid;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelMapping;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.Sample;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Closer;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * From a decoded frame to its label map: the one path that accuracy, latency and predictions all
 * take. {@link #preprocess} and {@link #label} may be called from several threads, {@link #infer}
 * from one at a time; the buffers are the caller's.
 */
public final class InferencePipeline implements AutoCloseable {
  private final Session session;
  private final String engine;
  private final String network;
  private final InputPlanes planes;
  private final OutputLabels labels;
  private final OpenedReading reading;
  private final FirstLook look;

  private InferencePipeline(
      Session session,
      String engine,
      String network,
      InputPlanes planes,
      OutputLabels labels,
      OpenedReading reading,
      FirstLook look) {
    this.session = session;
    this.engine = engine;
    this.network = network;
    this.planes = planes;
    this.labels = labels;
    this.reading = reading;
    this.look = look;
  }

  /**
   * Opens a model on an engine.
   *
   * @param mapping from the model's label space to the truth's
   * @param truth the dataset's own label space, of the same classes as the mapping's target
   * @throws BadInputException if the engine cannot run the network, or its output has fewer
   *     channels than its label space has classes
   * @throws EngineFailure if the engine fails while it opens the network
   * @throws io.drivemark.problem.UnavailableException if the engine cannot run here
   */
  public static InferencePipeline open(
      Model model,
      Engine engine,
      EngineOptions options,
      FrameSize input,
      LabelMapping mapping,
      LabelSpace truth,
      Grid grid) {
    ModelSpec spec = model.spec();
    InputPlanes planes = InputPlanes.of(spec, input);
    FrameSize padded = planes.padded();
    Network network = withoutAuxiliaries(model.network());
    Session session =
        EngineFailure.opening(
            engine.name(),
            network.name(),
            padded.height(),
            padded.width(),
            () -> engine.open(network, padded.height(), padded.width(), options));
    try {
      Answer answer = Answer.of(spec, mapping.from(), session, padded);
      OutputLabels labels = new OutputLabels(truth, spec, answer, input, mapping, grid);
      return new InferencePipeline(
          session,
          engine.name(),
          network.name(),
          planes,
          labels,
          OpenedReading.of(model, answer),
          FirstLook.of(spec, mapping, answer));
    } catch (RuntimeException e) {
      Closer.after(e, session);
      throw e;
    }
  }

  private static Network withoutAuxiliaries(Network network) {
    List<String> first = network.outputs().subList(0, 1);
    return new Network(
        network.name(),
        network.inputs(),
        Cost.needed(network, first),
        network.weights().values(),
        first,
        network.metadata());
  }

  /** What the runtime says its version is. */
  String runtimeVersion() {
    return session.runtimeVersion();
  }

  public FloatBuffer newInput() {
    return Session.buffer(session.inputShape());
  }

  public FloatBuffer newOutput() {
    return labels.newBuffer();
  }

  /** Scales and normalises a frame into an input buffer. */
  public void preprocess(RgbImage image, FloatBuffer input) {
    planes.into(image, input);
  }

  /**
   * Runs the network once.
   *
   * @throws EngineFailure if the engine fails, also one that does not keep to its contract
   */
  public void infer(FloatBuffer input, FloatBuffer output) {
    EngineFailure.running(
        engine,
        network,
        session.inputShape(),
        () -> {
          session.run(input, List.of(output));
          return null;
        });
  }

  /**
   * Labels the truth's grid from a filled output buffer.
   *
   * @param threads how many threads may share the work; the labels do not depend on it
   */
  public LabelMap label(FloatBuffer output, int height, int width, int threads) {
    return labels.label(output, height, width, threads);
  }

  /** The same on one thread, with what the pixels' outputs were used for. */
  public OutputLabels.Counted labelCounting(FloatBuffer output, int height, int width) {
    return labels.labelCounting(output, height, width);
  }

  /** How the opened model is used. */
  public OpenedReading reading() {
    return reading;
  }

  /** What looks at the first frames that this pipeline labels. */
  public FirstLook firstLook() {
    return look;
  }

  /**
   * Takes one frame the whole way.
   *
   * @throws BadInputException if the network's output cannot be used
   */
  public void tryOut(Sample sample) {
    FloatBuffer input = newInput();
    FloatBuffer output = newOutput();
    preprocess(sample.image(), input);
    infer(input, output);
    label(output, sample.truth().height(), sample.truth().width(), 1);
  }

  @Override
  public void close() {
    session.close();
  }
}
