package io.drivemark.architectures.cue;

import io.drivemark.datasets.LabelMap;
import java.nio.FloatBuffer;
import java.util.Objects;

/**
 * The scores of a frame in a buffer of whoever made them, before they become labels. They hold
 * until their maker's next frame. For one thread.
 */
public final class Scores {
  private final ScoreSite site;
  private final FloatBuffer values;

  /**
   * Takes a buffer that is filled.
   *
   * @param values as {@link ScoreSite#newBuffer} makes them; not copied
   */
  public Scores(ScoreSite site, FloatBuffer values) {
    this.site = Objects.requireNonNull(site, "site");
    this.values = Objects.requireNonNull(values, "values");
  }

  /** How they lie. */
  public ScoreSite site() {
    return site;
  }

  /** The buffer itself, for a decoder; not to be written to. */
  public FloatBuffer values() {
    return values;
  }

  /** Copies them plane by plane, one a channel, whatever their order in the buffer. */
  public void planes(float[] to) {
    site.read(values, to);
  }

  /**
   * The labels they become on a grid.
   *
   * @throws io.drivemark.problem.BadInputException if one is NaN or infinite
   */
  public LabelMap labels(int height, int width) {
    return site.decoder().decode(values, height, width, site.threads());
  }
}
