package io.drivemark.eval.history.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What became of a folder that was taken into a store. Immutable.
 *
 * @param folder which one
 * @param uid of its run
 * @param outcome what became of it
 * @param missing files of evidence that are no longer there, relative to the folder
 */
public record Imported(Path folder, String uid, Outcome outcome, List<String> missing) {
  /** What became of a folder. */
  public enum Outcome {
    /** It was not there. */
    ADDED("added"),
    /** All of it was there. */
    KNOWN("already there"),
    /** It was there, and further processes of it were not. */
    EXTENDED("extended"),
    /** Something was measured anew in it: what it was is gone. */
    REPLACED("replaced"),
    /** It was there, by another name of its folder, which is no more. */
    MOVED("moved");

    private final String words;

    Outcome(String words) {
      this.words = words;
    }

    /** For people. */
    public String words() {
      return words;
    }
  }

  public Imported {
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(uid, "uid");
    Objects.requireNonNull(outcome, "outcome");
    missing = List.copyOf(missing);
  }
}
