package io.drivemark.eval.runner.record;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.Objects;

/**
 * What a model was judged on. Immutable.
 *
 * @param name for example {@code camvid}
 * @param split for example {@code val}
 * @param images how many frames were judged
 * @param height of a frame in pixels; of the first where they differ; 0 if none could be read
 * @param width likewise
 * @param digest digest of the split's content; empty in records of older programs
 */
public record DatasetFacts(
    String name,
    String split,
    int images,
    int height,
    int width,
    @JsonSetter(nulls = Nulls.AS_EMPTY) String digest) {
  public DatasetFacts {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(split, "split");
    Objects.requireNonNull(digest, "digest");
  }
}
