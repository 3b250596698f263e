package io.drivemark.reports.page;

import io.drivemark.reports.page.PageView.TableView;
import java.util.List;
import java.util.Optional;

/**
 * What a board says of corrupted frames. Immutable.
 *
 * @param lead on what frames, in what states, and how sure
 * @param table networks by corruptions and conditions
 * @param verdicts who keeps more or less of its accuracy than whom
 * @param calibration errors of calibration by corruptions and conditions; absent where nobody asked
 * @param howSure what they come to
 * @param caption of which frame and whose answers the pictures are
 * @param shots one frame in all states
 */
record RobustView(
    String lead,
    TableView table,
    List<String> verdicts,
    Optional<TableView> calibration,
    List<String> howSure,
    String caption,
    List<ShotView> shots) {

  /** A frame in a state: its name, pictures as data URIs, empty where a file is missing. */
  record ShotView(String state, String image, String prediction) {}
}
