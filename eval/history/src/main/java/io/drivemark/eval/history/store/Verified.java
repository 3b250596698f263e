package io.drivemark.eval.history.store;

import java.util.List;

/**
 * How a store stands to the folders of its nights. Immutable.
 *
 * @param nights how many were held against their folders
 * @param differences what is not in the store as it is in a folder, or the other way round; a
 *     sentence each
 * @param notes nights without a folder or without evidence, which cannot be verified; a sentence
 *     each
 */
public record Verified(int nights, List<String> differences, List<String> notes) {
  public Verified {
    differences = List.copyOf(differences);
    notes = List.copyOf(notes);
  }
}
