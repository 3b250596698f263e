package io.drivemark.datasets.catalog;

import io.drivemark.datasets.files.NaturalOrder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One way a dataset's files may lie below its root. Immutable.
 *
 * @param images where photographs are; alternatives add up
 * @param truths where label files are; alternatives add up
 * @param instances where 16-bit object files are, if anywhere
 * @param depths where 16-bit distance files are, if anywhere
 * @param rights where photographs of a second camera to the right are, if anywhere
 * @param confidences where 16-bit files of the labels' confidence are, if anywhere
 * @param cameras where files of the frames' cameras are, if anywhere
 * @param streams where pictures without labels are that were taken before those with, if anywhere
 * @param list a text file of the split's frames, checked where it is there
 * @param selection a text file that says which frames the split has
 * @param members which ids belong to which split, where folders do not tell; empty if they do
 * @param spareImages whether photographs without labels are normal and left out
 */
record Layout(
    List<PathPattern> images,
    List<PathPattern> truths,
    List<PathPattern> instances,
    List<PathPattern> depths,
    List<PathPattern> rights,
    List<PathPattern> confidences,
    List<PathPattern> cameras,
    List<PathPattern> streams,
    Optional<String> list,
    Optional<Selection> selection,
    Map<String, List<Member>> members,
    boolean spareImages) {
  Layout {
    images = List.copyOf(images);
    truths = List.copyOf(truths);
    instances = List.copyOf(instances);
    depths = List.copyOf(depths);
    rights = List.copyOf(rights);
    confidences = List.copyOf(confidences);
    cameras = List.copyOf(cameras);
    streams = List.copyOf(streams);
    Objects.requireNonNull(list, "list");
    Objects.requireNonNull(selection, "selection");
    members = Map.copyOf(members);
  }

  /** Whether its files of labels are those of distances: they say where one is known. */
  boolean hasDistancesAlone() {
    return !depths.isEmpty() && truths.equals(depths);
  }

  /**
   * Frames named in a text file, one a line, by the path of their photograph or label file.
   *
   * @param file the text file below the root; {@code {split}} stands for the split
   * @param every for some splits: take each so many-th line only, from the first on
   */
  record Selection(String file, Map<String, Integer> every) {
    Selection {
      every = Map.copyOf(every);
    }
  }

  /** Which sample ids belong to a split. Sealed: {@link Range}, {@link Matching}. */
  sealed interface Member {
    boolean contains(String id);

    /** Ids from one to another, both included, in {@link NaturalOrder}. */
    record Range(String first, String last) implements Member {
      @Override
      public boolean contains(String id) {
        return NaturalOrder.isBetween(first, id, last);
      }
    }

    /** Ids in which an expression is found. */
    record Matching(Pattern pattern) implements Member {
      @Override
      public boolean contains(String id) {
        return pattern.matcher(id).find();
      }
    }
  }
}
