package io.drivemark.eval.runner.shard;

import io.drivemark.eval.runner.accuracy.FrameRange;
import io.drivemark.eval.runner.shard.lease.WorkUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A cell that is spread. Immutable.
 *
 * @param folder the name of its folder
 * @param key digest of the spec
 * @param title for messages
 * @param spec everything its accuracy depends on
 * @param frames how many its split has
 * @param around how many frames on either side of a range take part in what is counted of it
 * @param whole why one worker must take all frames; empty where they can be cut
 * @param ranges all frames of the split; neighbours may share a frame
 */
public record WorkCell(
    String folder,
    String key,
    String title,
    Map<String, String> spec,
    int frames,
    int around,
    Optional<String> whole,
    List<FrameRange> ranges) {
  public WorkCell {
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(title, "title");
    spec = Collections.unmodifiableMap(new LinkedHashMap<>(spec));
    Objects.requireNonNull(whole, "whole");
    ranges = List.copyOf(ranges);
    if (ranges.stream().anyMatch(range -> range.size() < 1 || range.last() > frames)) {
      throw new IllegalArgumentException("ranges " + ranges + " of " + frames + " frames");
    }
  }

  /** A range of it, for messages. */
  public String title(FrameRange range) {
    return title + ", frames " + range.words() + " of " + frames;
  }

  List<WorkUnit> units() {
    return ranges.stream().map(range -> new WorkUnit(folder, range)).toList();
  }
}
