package io.drivemark.eval.runner.inference.cue;

import io.drivemark.architectures.cue.Cues;
import io.drivemark.architectures.cue.FrameAnswer;
import io.drivemark.architectures.cue.FramePath;
import io.drivemark.architectures.cue.PathFrame;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.eval.runner.inference.InferencePipeline;
import io.drivemark.files.Digests;
import io.drivemark.problem.Closer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An opened network with cues around it: from a picture of a sequence to its labels. For one
 * thread; closing twice is harmless.
 */
public final class CuedPipeline implements AutoCloseable {
  private static final int DIGITS = 16;

  private final InferencePipeline network;
  private final List<InferencePipeline> all;
  private final FramePath path;
  private final StageClock stages;

  private CuedPipeline(List<InferencePipeline> all, FramePath path, StageClock stages) {
    this.network = all.get(0);
    this.all = List.copyOf(all);
    this.path = path;
    this.stages = stages;
  }

  /**
   * Opens networks and puts cues around the first of them.
   *
   * @param model what messages call it
   * @param network the opened network inside; owned by what is returned, and closed if it fails
   * @param others opens a network that a cue runs besides
   * @param threads how many may turn scores into labels
   * @param clock times the stages
   * @throws io.drivemark.problem.BadInputException if a cue does not fit what is inside of it, or a
   *     further network cannot be opened
   */
  public static CuedPipeline open(
      String model,
      InferencePipeline network,
      Cues.Ready cues,
      Function<String, InferencePipeline> others,
      int threads,
      NanoClock clock) {
    StageClock stages = new StageClock(clock);
    List<InferencePipeline> all = new ArrayList<>(List.of(network));
    FramePath inside;
    try {
      inside = new PipelinePath(model, network, stages, threads);
    } catch (RuntimeException e) {
      Closer.after(e, network);
      throw e;
    }
    FramePath path =
        cues.around(
            inside,
            name -> {
              InferencePipeline other = others.apply(name);
              try {
                FramePath opened = new PipelinePath(name, other, stages, threads);
                all.add(other);
                return opened;
              } catch (RuntimeException e) {
                Closer.after(e, other);
                throw e;
              }
            });
    return new CuedPipeline(all, path, stages);
  }

  /** Begins a sequence: whatever was seen before is forgotten. */
  public void begin() {
    path.begin();
  }

  /**
   * Answers for the next picture of the sequence.
   *
   * @throws io.drivemark.problem.BadInputException if a network's output cannot be used
   * @throws io.drivemark.architectures.engine.EngineFailure if the engine fails
   */
  public FrameAnswer next(PathFrame frame) {
    return path.next(frame);
  }

  /** How long preparation and engines took. */
  public StageClock stages() {
    return stages;
  }

  /** The network inside. */
  public InferencePipeline network() {
    return network;
  }

  /**
   * Runs each network once on a fixed frame of made-up pixels, see {@link
   * InferencePipeline#canary}; of several it is a digest of theirs.
   */
  public String canary() {
    if (all.size() == 1) {
      return network.canary();
    }
    return Digests.of(all.stream().map(InferencePipeline::canary).collect(Collectors.joining("\n")))
        .substring(0, DIGITS);
  }

  @Override
  public void close() {
    path.close();
  }
}
