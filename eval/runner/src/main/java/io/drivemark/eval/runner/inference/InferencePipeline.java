package io.drivemark.eval.runner.inference;

import io.drivemark.architectures.cue.ScoreSite;
import io.drivemark.architectures.engine.Engine;
import io.drivemark.architectures.engine.EngineFailure;
import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.GateRun;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.Reading;
import io.drivemark.datasets.CameraPair;
import io.drivemark.datasets.LabelMapping;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.Sample;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Closer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * From a decoded frame to what the network's heads answer on its grid, a label map above all: the
 * one path that accuracy, latency and predictions all take. {@link #preprocess} and {@link #decode}
 * may be called from several threads, {@link #infer} from one at a time; the buffers are the
 * caller's.
 */
public final class InferencePipeline implements AutoCloseable {
  private final Session session;
  private final String engine;
  private final String network;
  private final FrameSize size;
  private final InputPlanes planes;
  private final HeadOutputs heads;
  private final OpenedReading reading;
  private final Optional<FirstLook> look;

  private InferencePipeline(
      Session session,
      String engine,
      String network,
      FrameSize size,
      InputPlanes planes,
      HeadOutputs heads,
      OpenedReading reading,
      Optional<FirstLook> look) {
    this.session = session;
    this.engine = engine;
    this.network = network;
    this.size = size;
    this.planes = planes;
    this.heads = heads;
    this.reading = reading;
    this.look = look;
  }

  /**
   * Opens a model on an engine.
   *
   * @param target what its labels become; empty where nobody needs labels, and needed where the
   *     model has some
   * @throws BadInputException if the engine cannot run the network, its output has fewer channels
   *     than its label space has classes, or an output cannot be what its head says
   * @throws EngineFailure if the engine fails while it opens the network
   * @throws io.drivemark.problem.UnavailableException if the engine cannot run here
   */
  public static InferencePipeline open(
      Model model,
      Engine engine,
      EngineOptions options,
      FrameSize input,
      Optional<LabelTarget> target) {
    return open(model, engine, options, input, target, false);
  }

  /**
   * The same; labels that are decoded and counted come with how sure they are where that is asked
   * for.
   *
   * @throws BadInputException also if the network's labels cannot say how sure they are
   */
  public static InferencePipeline open(
      Model model,
      Engine engine,
      EngineOptions options,
      FrameSize input,
      Optional<LabelTarget> target,
      boolean sure) {
    ModelSpec spec = model.spec();
    InputPlanes planes = InputPlanes.of(spec, input);
    FrameSize padded = planes.padded();
    Network network = withoutAuxiliaries(model);
    Optional<LabelMapping> mapping =
        spec.labelsHead().isPresent() ? target.map(LabelTarget::mapping) : Optional.empty();
    ScriptOutputs script = new ScriptOutputs(spec, mapping.map(LabelMapping::from), padded);
    Session session =
        EngineFailure.opening(
            engine.name(),
            network.name(),
            padded.height(),
            padded.width(),
            () -> engine.open(network, padded.height(), padded.width(), options, script));
    try {
      Optional<Answer> answer =
          mapping.map(m -> Answer.of(spec, m.from(), session, script, padded));
      return new InferencePipeline(
          session,
          engine.name(),
          network.name(),
          input,
          planes,
          new HeadOutputs(spec, session, input, padded, answer, target, sure),
          answer
              .map(a -> OpenedReading.of(model, a))
              .orElseGet(() -> new OpenedReading(Reading.of(model).lines(), List.of())),
          answer.map(a -> FirstLook.of(spec, mapping.orElseThrow(), a)));
    } catch (RuntimeException e) {
      Closer.after(e, session);
      throw e;
    }
  }

  private static Network withoutAuxiliaries(Model model) {
    Network network = model.network();
    List<String> kept = model.outputs();
    return new Network(
        network.name(),
        network.inputs(),
        Cost.needed(network, kept),
        network.weights().values(),
        kept,
        network.metadata());
  }

  /** What the runtime says its version is. */
  String runtimeVersion() {
    return session.runtimeVersion();
  }

  /** In which form the engine runs the network's gates; empty if it has none. */
  public Optional<GateRun> gates() {
    return session.gates();
  }

  public FloatBuffer newInput() {
    return Session.buffer(session.inputShape());
  }

  /** New buffers for the outputs of one run, one a head. */
  public List<FloatBuffer> newOutputs() {
    return heads.newBuffers();
  }

  /**
   * How the scores of its labels lie in the first of its outputs, for whoever changes them before
   * they become labels; empty where it gives labels without scores, or none.
   *
   * @param threads how many may turn them into labels
   */
  public Optional<ScoreSite> scores(int threads) {
    return heads.scores(threads);
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
  public void infer(FloatBuffer input, List<FloatBuffer> outputs) {
    EngineFailure.running(
        engine,
        network,
        session.inputShape(),
        () -> {
          session.run(input, outputs);
          return null;
        });
  }

  /**
   * Decodes what every head answers on a frame's grid from filled output buffers.
   *
   * @param threads how many threads may share the work; the values do not depend on it
   * @throws BadInputException if an output holds what its head cannot hold
   */
  public HeadValues decode(List<FloatBuffer> outputs, int height, int width, int threads) {
    return heads.decode(outputs, height, width, Optional.empty(), threads);
  }

  /**
   * The same for a frame whose cameras may be known.
   *
   * @param cameras in pixels of the frame's grid; needed where {@link #needsCameras}
   */
  public HeadValues decode(
      List<FloatBuffer> outputs, int height, int width, Optional<CameraPair> cameras, int threads) {
    return heads.decode(outputs, height, width, cameras, threads);
  }

  /** The same on one thread, with what the outputs of labels were used for. */
  public HeadValues decodeCounting(
      List<FloatBuffer> outputs, int height, int width, Optional<CameraPair> cameras) {
    return heads.decodeCounting(outputs, height, width, cameras);
  }

  /** Whether what a head answers is distances only by the cameras of a frame. */
  public boolean needsCameras() {
    return heads.needsCameras();
  }

  /** How the opened model is used. */
  public OpenedReading reading() {
    return reading;
  }

  /**
   * Looks at one of the first frames.
   *
   * @param frame its place among the frames
   * @param outputs the filled buffers
   * @param values what they were decoded to
   */
  public void look(int frame, List<FloatBuffer> outputs, HeadValues values) {
    look.ifPresent(l -> l.take(frame, outputs.get(0), values.labels()));
  }

  /**
   * What looks wrong on the frames that were looked at, and what stood against running gates in the
   * fastest form; a sentence each.
   */
  public List<String> notes() {
    List<String> notes = new ArrayList<>(look.map(FirstLook::notes).orElse(List.of()));
    gates().filter(run -> !run.why().isEmpty()).map(GateRun::sentence).ifPresent(notes::add);
    return notes;
  }

  /**
   * Runs the network once on a fixed frame of made-up pixels.
   *
   * @return 16 hexadecimal digits that are equal where all its outputs are, bit for bit
   * @throws EngineFailure if the engine fails
   */
  public String canary() {
    FloatBuffer input = newInput();
    List<FloatBuffer> outputs = newOutputs();
    preprocess(Canary.frame(size), input);
    infer(input, outputs);
    return Canary.digest(session, outputs);
  }

  /**
   * Takes one frame the whole way.
   *
   * @param cameras the frame's, where they are known
   * @throws BadInputException if the network's output cannot be used
   */
  public void tryOut(Sample sample, Optional<CameraPair> cameras) {
    FloatBuffer input = newInput();
    List<FloatBuffer> outputs = newOutputs();
    preprocess(sample.image(), input);
    infer(input, outputs);
    decode(outputs, sample.truth().height(), sample.truth().width(), cameras, 1);
  }

  @Override
  public void close() {
    session.close();
  }
}
