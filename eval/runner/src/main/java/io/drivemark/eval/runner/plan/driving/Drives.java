package io.drivemark.eval.runner.plan.driving;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.RgbImage;
import io.drivemark.eval.runner.evidence.driving.Clip;
import io.drivemark.files.Digests;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The pictures of a split in the order in which something that remembers sees them: all frames, and
 * before a frame the pictures without labels that lead to it. Immutable.
 *
 * @param rate pictures a second; absent where frames stand apart
 * @param all the drives, in the order of the split
 * @param notes frames that stand alone, in words
 */
public record Drives(OptionalDouble rate, List<Drive> all, List<String> notes) {
  /** Version of what a key holds. */
  private static final String VERSION = "1";

  public Drives {
    all = List.copyOf(all);
    notes = List.copyOf(notes);
  }

  /**
   * Pictures one after the other, evenly and without a gap.
   *
   * @param pictures at least one; the place of each is its number
   */
  public record Drive(List<Picture> pictures) {
    public Drive {
      pictures = List.copyOf(pictures);
    }
  }

  /**
   * A picture.
   *
   * @param name the id of its frame; with a tilde and a number behind it where it was taken so many
   *     pictures before that frame and has no labels
   * @param frame the place of that frame in the split
   * @param before how many pictures before that frame it was taken
   */
  public record Picture(String name, int frame, int before) {
    private static Picture of(String id, int frame, int before) {
      return new Picture(before == 0 ? id : id + "~" + before, frame, before);
    }

    /**
     * Reads it.
     *
     * @throws BadInputException if it is missing or damaged
     */
    public RgbImage image(Dataset dataset) {
      return before == 0
          ? dataset.frame(frame).image()
          : dataset.frame(frame).before().get(before - 1).get();
    }

    /** Whether it has labels. */
    public boolean isLabelled() {
      return before == 0;
    }
  }

  /**
   * The sequences of a dataset. Frames of which it is not known what came before stand alone. Reads
   * no picture.
   *
   * @throws BadInputException if there are no sequences, their rate is not known, or frames of two
   *     alternate; the message says what to declare
   */
  public static Drives of(Dataset dataset) {
    ClipFinder.Found found =
        new ClipFinder(dataset, 0, "cues: what was seen before is not known").find();
    Map<String, Integer> places = places(dataset);
    Set<Integer> inClips = new HashSet<>();
    Map<Integer, Drive> byFirst = new HashMap<>();
    for (Clip clip : found.clips()) {
      List<Picture> pictures = pictures(clip, places);
      pictures.stream().filter(Picture::isLabelled).map(Picture::frame).forEach(inClips::add);
      byFirst.put(pictures.get(0).frame(), new Drive(pictures));
    }
    List<Drive> all = new ArrayList<>();
    for (int i = 0; i < dataset.ids().size(); i++) {
      if (byFirst.containsKey(i)) {
        all.add(byFirst.get(i));
      } else if (!inClips.contains(i)) {
        all.add(new Drive(List.of(Picture.of(dataset.ids().get(i), i, 0))));
      }
    }
    requireOneAfterTheOther(dataset, all);
    return new Drives(OptionalDouble.of(found.rate()), all, found.notes());
  }

  /** Every frame by itself. */
  public static Drives apart(Dataset dataset) {
    List<Drive> all = new ArrayList<>();
    for (int i = 0; i < dataset.ids().size(); i++) {
      all.add(new Drive(List.of(Picture.of(dataset.ids().get(i), i, 0))));
    }
    return new Drives(OptionalDouble.empty(), all, List.of());
  }

  private static Map<String, Integer> places(Dataset dataset) {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < dataset.ids().size(); i++) {
      places.put(dataset.ids().get(i), i);
    }
    return places;
  }

  private static List<Picture> pictures(Clip clip, Map<String, Integer> places) {
    List<String> samples = clip.samples();
    List<Picture> out = new ArrayList<>();
    for (int p = 0; p < samples.size(); p++) {
      int next = p;
      while (samples.get(next).isEmpty()) {
        next++; // the last picture of a clip has labels
      }
      String id = samples.get(next);
      out.add(Picture.of(id, places.get(id), next - p));
    }
    return out;
  }

  private static void requireOneAfterTheOther(Dataset dataset, List<Drive> all) {
    int last = -1;
    for (Drive drive : all) {
      for (Picture picture : drive.pictures()) {
        if (picture.frame() < last) {
          throw new BadInputException(
              "cues: on "
                  + dataset.name()
                  + "/"
                  + dataset.split()
                  + " frame "
                  + dataset.ids().get(last)
                  + " of another sequence stands between those of "
                  + dataset.frame(picture.frame()).sequence().orElse(picture.name())
                  + ", expected one sequence after the other; take one of them by where:");
        }
        last = picture.frame();
      }
    }
  }

  /** When a picture of this number was taken, within its drive; empty where that is not known. */
  public OptionalDouble seconds(int number) {
    return rate.isPresent()
        ? OptionalDouble.of(number / rate.getAsDouble())
        : OptionalDouble.empty();
  }

  /** What a cell's key says of them: equal texts mean the same pictures in the same order. */
  public String key() {
    StringBuilder text = new StringBuilder();
    text.append(rate.isPresent() ? Double.toString(rate.getAsDouble()) : "apart");
    for (Drive drive : all) {
      text.append("\nbegin");
      drive.pictures().forEach(picture -> text.append('\n').append(picture.name()));
    }
    return VERSION + " " + Digests.of(text.toString()).substring(0, 16);
  }
}
