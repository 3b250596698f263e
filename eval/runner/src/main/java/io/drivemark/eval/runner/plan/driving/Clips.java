package io.drivemark.eval.runner.plan.driving;

import io.drivemark.datasets.Dataset;
import io.drivemark.eval.runner.evidence.driving.Clip;
import io.drivemark.eval.runner.evidence.driving.ClipSheet;
import io.drivemark.eval.runner.study.driving.DrivingSpec;
import io.drivemark.eval.streaming.CameraClock;
import io.drivemark.files.Digests;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The clips of a dataset, and what of their truth late answers are held against besides the labels
 * of frames. Safe to share between threads.
 */
public final class Clips {
  /** Version of what delay evidence holds. */
  private static final String VERSION = "1";

  private static final String PURPOSE = "driving: late answers cannot be judged";

  /** The most parts of the time between pictures that truth is asked at where nothing is said. */
  private static final int USUAL_BETWEEN = 4;

  private static final int LEAST_DELAYS = 16;

  private final ClipSheet sheet;
  private final List<String> notes;
  private final Map<String, Place> places = new HashMap<>();
  private final ClipTruth truth;

  /**
   * Where a frame is.
   *
   * @param clip its place among the clips
   * @param picture its number in the clip
   */
  public record Place(int clip, int picture) {}

  private Clips(ClipSheet sheet, List<String> notes, ClipTruth truth) {
    this.sheet = sheet;
    this.notes = List.copyOf(notes);
    this.truth = truth;
    for (int c = 0; c < sheet.clips().size(); c++) {
      Clip clip = sheet.clips().get(c);
      for (int p = 0; p < clip.samples().size(); p++) {
        if (!clip.samples().get(p).isEmpty()) {
          places.put(clip.samples().get(p), new Place(c, p));
        }
      }
    }
  }

  /**
   * Looks for the clips of a dataset. Reads no photograph.
   *
   * @throws BadInputException if there are none, or none for a camera that is asked about; the
   *     message says what to declare
   */
  public static Clips of(Dataset dataset, DrivingSpec spec) {
    ClipFinder.Found found = new ClipFinder(dataset, spec.warmUp(), PURPOSE).find();
    for (double camera : spec.cameras()) {
      CameraClock.of(found.rate(), camera, 0);
    }
    boolean knows = dataset.frame(0).truthAfter(0).isPresent();
    int between = spec.between().orElse(knows ? USUAL_BETWEEN : 1);
    if (between > 1 && !knows) {
      throw new BadInputException(
          "driving: between is "
              + between
              + ", but "
              + dataset.name()
              + " does not know the truth between its pictures; remove it, or say between: 1");
    }
    int delays = spec.delays().orElse(Math.max(LEAST_DELAYS, (int) Math.ceil(found.rate())));
    ClipSheet sheet = new ClipSheet(found.rate(), between, delays, found.clips());
    List<String> notes = new ArrayList<>(found.notes());
    notes.addAll(ClipNotes.of(dataset));
    return new Clips(sheet, notes, new ClipTruth(dataset, found.rate(), between));
  }

  public ClipSheet sheet() {
    return sheet;
  }

  /** What was left out and what is missing, in words. */
  public List<String> notes() {
    return notes;
  }

  /** Where a frame is; empty if it is in no clip. */
  public Optional<Place> place(String sample) {
    return Optional.ofNullable(places.get(sample));
  }

  /** What else is known of the truth of frames. */
  public ClipTruth truth() {
    return truth;
  }

  /** What a cell's key says of them: equal texts mean equal evidence of equal answers. */
  public String key() {
    return VERSION + " " + Digests.of(sheet.text()).substring(0, 16);
  }
}
