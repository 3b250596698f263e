package io.drivemark.datasets.verify;

import java.util.Locale;
import java.util.Objects;

/**
 * One thing a linter has to say. Immutable.
 *
 * @param kind what kind of thing
 * @param id the sample it is about; empty if it is about the split
 * @param message a whole sentence that names files, pixels and values
 */
public record Finding(Kind kind, String id, String message) {
  public Finding {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(message, "message");
  }

  /** How bad it is. */
  public enum Severity {
    /** The dataset cannot be used as it is. */
    ERROR,
    /** It can; a reader of its numbers should know. */
    NOTE
  }

  /** The kinds of things that are looked for. */
  public enum Kind {
    /** Labels without a photograph. */
    MISSING_IMAGE(Severity.ERROR),
    /** A photograph without labels. */
    MISSING_TRUTH(Severity.ERROR),
    /** Several files or list lines claim one id. */
    DUPLICATE_ID(Severity.ERROR),
    /** A list file says something else than the folders. */
    LIST_MISMATCH(Severity.ERROR),
    /** A frame that no split claims. */
    NO_SPLIT(Severity.ERROR),
    /** A link that leads nowhere or in a circle. */
    BROKEN_LINK(Severity.ERROR),
    /** A link or a list that leads out of the dataset's folder. */
    OUTSIDE_ROOT(Severity.ERROR),
    /** The same photograph in this split and another one. */
    SPLIT_OVERLAP(Severity.ERROR),
    /** A file that is truncated, damaged, too big or of the wrong kind. */
    UNREADABLE(Severity.ERROR),
    /** Photograph and labels differ in size. */
    WRONG_SIZE(Severity.ERROR),
    /** A stored value that the coding does not know. */
    UNKNOWN_VALUE(Severity.ERROR),
    /** A stored value that the coding does not know but counts as void. */
    UNKNOWN_AS_VOID(Severity.NOTE),
    /** Some frames have a file that others do not: object numbers, distances, confidences. */
    MISSING_COMPANION(Severity.NOTE),
    /** A palette shows values in the colours of other classes than those that are declared. */
    PALETTE(Severity.NOTE),
    /** No class is declared as drivable. */
    NOTHING_DRIVABLE(Severity.NOTE),
    /** All values look like class indices where label ids are declared. */
    WRONG_ID_SPACE(Severity.NOTE),
    /** Frames next to a frame of another split in the same recording. */
    NEIGHBOURS(Severity.NOTE),
    /** Photographs with an EXIF rotation, which is not applied. */
    EXIF_ROTATION(Severity.NOTE),
    /** Another number of frames than published. */
    SPLIT_SIZE(Severity.NOTE),
    /** A class that no frame or few frames have. */
    RARE_CLASS(Severity.NOTE),
    /** Frames of more than one size. */
    MIXED_SIZES(Severity.NOTE),
    /** Frames that are void for the most part. */
    MOSTLY_VOID(Severity.NOTE),
    /** Frames without a single judged pixel. */
    ALL_VOID(Severity.NOTE);

    private final Severity severity;

    Kind(Severity severity) {
      this.severity = severity;
    }

    public Severity severity() {
      return severity;
    }

    /** Whether it is about the declaration, so that all splits have the same to say. */
    public boolean ofDeclaration() {
      return this == NOTHING_DRIVABLE;
    }

    /** The kind as lists print it, for example {@code unknown-value}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
