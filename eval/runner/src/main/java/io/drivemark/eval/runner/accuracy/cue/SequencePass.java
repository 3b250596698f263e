package io.drivemark.eval.runner.accuracy.cue;

import io.drivemark.architectures.cue.FrameAnswer;
import io.drivemark.architectures.cue.PathFrame;
import io.drivemark.architectures.engine.EngineFailure;
import io.drivemark.datasets.FrameCache;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.Sample;
import io.drivemark.eval.runner.evidence.PathRuns;
import io.drivemark.eval.runner.inference.cue.CuedPipeline;
import io.drivemark.eval.runner.plan.driving.Drives;
import io.drivemark.eval.runner.plan.driving.Drives.Drive;
import io.drivemark.eval.runner.plan.driving.Drives.Picture;
import io.drivemark.eval.runner.tasks.WorkerPool;
import io.drivemark.problem.BadInputException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Takes the pictures of all sequences through a network with cues, one after the other. Pictures
 * are read ahead on other threads and judged behind, so that the order in which the path sees them,
 * and with it every label, is the same whatever the threads do. A picture that cannot be read is a
 * gap in its sequence. For one use.
 *
 * @param <J> what is made of a judged frame
 */
public final class SequencePass<J> {
  private static final int AHEAD = 4;
  private static final int LOADERS = 2;
  private static final int JUDGES = 2;

  /** Judges a frame; called on several threads. */
  public interface Judge<J> {
    /**
     * What is made of a frame.
     *
     * @param index its place among the frames
     * @param labels what was answered for it
     */
    J of(int index, Sample sample, LabelMap labels);
  }

  /**
   * What a pass took.
   *
   * @param issues one a picture left out: why
   * @param engineMs the engines' own times
   * @param runs of the pictures seen, in their order
   */
  public record Outcome(
      List<String> issues, double wallMs, double engineMs, List<PathRuns.Run> runs) {}

  /** A picture on its way. */
  private record Step(Picture picture, int number) {}

  /**
   * A picture that was read, or not.
   *
   * @param sample absent where it has no labels
   * @param image absent where it could not be read, which the problem says
   */
  private record Loaded(
      Step step, Optional<Sample> sample, Optional<RgbImage> image, String problem) {}

  private final CuedPipeline path;
  private final Drives drives;
  private final FrameCache frames;
  private final Judge<J> judge;
  private final List<String> issues = new ArrayList<>();
  private final List<PathRuns.Run> runs = new ArrayList<>();
  private final Deque<Future<Loaded>> loading = new ArrayDeque<>();
  private final Deque<Future<J>> judging = new ArrayDeque<>();
  private Optional<RgbImage> before = Optional.empty(); // in the same sequence

  public SequencePass(CuedPipeline path, Drives drives, FrameCache frames, Judge<J> judge) {
    this.path = path;
    this.drives = drives;
    this.frames = frames;
    this.judge = judge;
  }

  /**
   * Goes through all pictures.
   *
   * @param sink takes what was made of each frame, in the order of the split, on this thread
   * @param done receives the number of frames that were seen
   * @throws BadInputException if a network's output cannot be used, or pictures of one sequence are
   *     of different sizes
   * @throws EngineFailure if the engine fails; the message names the frame
   */
  public Outcome run(Consumer<J> sink, IntConsumer done) {
    long start = System.nanoTime();
    path.stages().reset();
    List<Step> steps = steps();
    int seen = 0;
    try (WorkerPool loaders = new WorkerPool("frames", LOADERS);
        WorkerPool judges = new WorkerPool("labels", JUDGES)) {
      int submitted = 0;
      for (int i = 0; i < steps.size(); i++) {
        for (; submitted < steps.size() && submitted < i + AHEAD; submitted++) {
          Step step = steps.get(submitted);
          loading.add(loaders.submit(() -> load(step)));
        }
        Loaded loaded = WorkerPool.result(loading.remove());
        if (loaded.step().number() == 0) {
          path.begin();
          before = Optional.empty();
        }
        if (loaded.image().isPresent()) {
          answer(loaded.step(), loaded.sample(), loaded.image().get(), judges);
        } else {
          issues.add(loaded.problem());
        }
        while (judging.size() > JUDGES || !judging.isEmpty() && judging.peek().isDone()) {
          sink.accept(WorkerPool.result(judging.remove()));
        }
        if (loaded.step().picture().isLabelled()) {
          seen++;
          done.accept(seen);
        }
      }
      while (!judging.isEmpty()) {
        sink.accept(WorkerPool.result(judging.remove()));
      }
    }
    return new Outcome(
        List.copyOf(issues),
        (System.nanoTime() - start) / 1e6,
        path.stages().engineNanos() / 1e6,
        List.copyOf(runs));
  }

  private List<Step> steps() {
    List<Step> out = new ArrayList<>();
    for (Drive drive : drives.all()) {
      for (int number = 0; number < drive.pictures().size(); number++) {
        out.add(new Step(drive.pictures().get(number), number));
      }
    }
    return out;
  }

  private Loaded load(Step step) {
    Picture picture = step.picture();
    try {
      if (picture.isLabelled()) {
        Sample sample = frames.load(picture.frame());
        return new Loaded(step, Optional.of(sample), Optional.of(sample.image()), "");
      }
      RgbImage image = picture.image(frames.dataset());
      return new Loaded(step, Optional.empty(), Optional.of(image), "");
    } catch (BadInputException e) {
      String what = picture.isLabelled() ? "frame " : "picture ";
      return new Loaded(
          step,
          Optional.empty(),
          Optional.empty(),
          what + picture.name() + " left out: " + e.getMessage());
    }
  }

  private void answer(Step step, Optional<Sample> sample, RgbImage image, WorkerPool judges) {
    Picture picture = step.picture();
    before.ifPresent(earlier -> requireSize(picture, image, earlier));
    before = Optional.of(image);
    FrameAnswer answer;
    LabelMap labels;
    try {
      answer = path.next(new PathFrame(step.number(), image, drives.seconds(step.number())));
      labels = answer.labels();
    } catch (EngineFailure e) {
      throw e.at("frame " + picture.name());
    }
    runs.add(new PathRuns.Run(picture.name(), step.number(), answer.from(), answer.runs()));
    sample.ifPresent(s -> judging.add(judges.submit(() -> judge.of(picture.frame(), s, labels))));
  }

  private static void requireSize(Picture picture, RgbImage image, RgbImage earlier) {
    if (image.height() != earlier.height() || image.width() != earlier.width()) {
      throw new BadInputException(
          "cues: picture "
              + picture.name()
              + " is "
              + image.height()
              + "x"
              + image.width()
              + ", those before it in its sequence "
              + earlier.height()
              + "x"
              + earlier.width()
              + " (height x width); pictures of one camera must have one size");
    }
  }
}
