package io.drivemark.eval.runner.timing;

import io.drivemark.architectures.cue.Cue;
import io.drivemark.architectures.cue.Cues;
import io.drivemark.datasets.FrameCache;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.Sample;
import io.drivemark.eval.runner.plan.Cell;
import io.drivemark.eval.runner.plan.GatedCells;
import io.drivemark.eval.runner.plan.cue.CellCues;
import io.drivemark.eval.runner.plan.driving.Drives;
import io.drivemark.eval.runner.plan.driving.Drives.Drive;
import io.drivemark.eval.runner.plan.driving.Drives.Picture;
import io.drivemark.eval.runner.study.LatencySpec;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The pictures that timed runs go through in turn, the same for all cells of a rotation. Immutable.
 *
 * @param shots at least one
 */
record Footage(List<Shot> shots) {
  Footage {
    shots = List.copyOf(shots);
    if (shots.isEmpty()) {
      throw new BadInputException("not one picture to be timed can be read");
    }
  }

  /**
   * A picture.
   *
   * @param name the frame's id, or what a picture without labels is called
   * @param frame the place of the frame in the split
   * @param number its place in its sequence
   * @param begins whether a sequence begins with it
   * @param seconds within the sequence, where known
   */
  record Shot(
      String name, RgbImage image, int frame, int number, boolean begins, OptionalDouble seconds) {}

  /**
   * The pictures for cells of one dataset: along one sequence where cues remember what was seen,
   * spread over the split where pictures take different times for another reason, else the first.
   *
   * @throws BadInputException if none can be read
   */
  static Footage of(Collection<Cell> cells) {
    FrameCache frames = cells.iterator().next().frames();
    List<CellCues> cues = cells.stream().flatMap(cell -> cell.cues().stream()).toList();
    Optional<CellCues> remembering = cues.stream().filter(c -> c.cues().remember()).findFirst();
    if (remembering.isPresent()) {
      List<Cue> all = cues.stream().flatMap(c -> c.cues().all().stream()).toList();
      return along(frames, remembering.get().drives(), new Cues(all).period());
    }
    boolean spread = !cues.isEmpty() || cells.stream().anyMatch(GatedCells::isGated);
    return apart(
        frames,
        spread
            ? frames.spreadReadable(LatencySpec.GATED_FRAMES)
            : frames.firstReadable(LatencySpec.FRAMES));
  }

  private static Footage apart(FrameCache frames, List<Sample> samples) {
    return new Footage(
        samples.stream()
            .map(
                sample ->
                    new Shot(
                        sample.id(),
                        sample.image(),
                        frames.dataset().ids().indexOf(sample.id()),
                        0,
                        true,
                        OptionalDouble.empty()))
            .toList());
  }

  /**
   * The beginning of the first sequence that is long enough, else of the longest, as many pictures
   * as the work of cues repeats after.
   */
  private static Footage along(FrameCache frames, Drives drives, int period) {
    int wanted = Math.max(period, LatencySpec.SEQUENCE / period * period);
    Drive drive =
        drives.all().stream()
            .filter(d -> d.pictures().size() >= wanted)
            .findFirst()
            .orElseGet(
                () ->
                    drives.all().stream()
                        .max(Comparator.comparingInt(d -> d.pictures().size()))
                        .orElseThrow());
    int there = Math.min(wanted, drive.pictures().size());
    int taken = there < period ? there : there / period * period;
    List<Shot> shots = new ArrayList<>();
    for (int number = 0; number < taken; number++) {
      Picture picture = drive.pictures().get(number);
      try {
        RgbImage image =
            picture.isLabelled()
                ? frames.load(picture.frame()).image()
                : picture.image(frames.dataset());
        shots.add(
            new Shot(
                picture.name(),
                image,
                picture.frame(),
                number,
                shots.isEmpty(),
                drives.seconds(number)));
      } catch (BadInputException e) {
        continue; // the accuracy pass has named it
      }
    }
    return new Footage(shots);
  }

  /** What the pictures are called, in their order. */
  List<String> names() {
    return shots.stream().map(Shot::name).toList();
  }
}
