package io.drivemark.architectures.cue;

import io.drivemark.problem.Closer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A path around another one: what all cues have in common. It checks that a sequence was begun and
 * that its frames come in order and are of one size, and after a failure answers nothing until the
 * next sequence. It owns the paths it is given and closes them. For one thread.
 */
public abstract class AroundPath implements FramePath {
  private final String cue;
  private final FramePath inner;
  private final List<FramePath> others;
  private PathFrame last;
  private boolean begun;

  /**
   * @param cue its name
   * @param inner what it is around
   * @param others further paths that it runs
   */
  protected AroundPath(String cue, FramePath inner, List<FramePath> others) {
    this.cue = Objects.requireNonNull(cue, "cue");
    this.inner = Objects.requireNonNull(inner, "inner");
    this.others = List.copyOf(others);
  }

  /** Around one path, with no others. */
  protected AroundPath(String cue, FramePath inner) {
    this(cue, inner, List.of());
  }

  /** What it is around. */
  protected final FramePath inner() {
    return inner;
  }

  /** Forgets what was kept of the sequence before. */
  protected abstract void forget();

  /** Answers for the next frame. */
  protected abstract FrameAnswer answer(PathFrame frame);

  @Override
  public final String title() {
    return cue + " around " + inner.title();
  }

  /** None, unless a cue says otherwise. */
  @Override
  public Optional<ScoreSite> scores() {
    return Optional.empty();
  }

  @Override
  public final void begin() {
    begun = false;
    last = null;
    inner.begin();
    others.forEach(FramePath::begin);
    forget();
    begun = true;
  }

  @Override
  public final FrameAnswer next(PathFrame frame) {
    if (!begun) {
      throw new IllegalStateException(title() + ": no sequence was begun");
    }
    if (last != null) {
      requireOrder(frame);
    }
    begun = false; // stays so if something fails
    FrameAnswer answer = answer(frame);
    last = frame;
    begun = true;
    return answer;
  }

  private void requireOrder(PathFrame frame) {
    boolean later =
        last.seconds().isEmpty()
            || frame.seconds().isEmpty()
            || frame.seconds().getAsDouble() > last.seconds().getAsDouble();
    if (frame.number() <= last.number() || !later) {
      throw new IllegalArgumentException(
          title()
              + ": frame "
              + frame.number()
              + " after "
              + last.number()
              + ": frames of a sequence come in their order");
    }
    if (!frame.image().toString().equals(last.image().toString())) {
      throw new IllegalArgumentException(
          title()
              + ": "
              + frame.image()
              + " after "
              + last.image()
              + ": frames of a sequence are of one size");
    }
  }

  @Override
  public final void close() {
    try (Closer all = new Closer()) {
      others.forEach(all::add);
      all.add(inner);
    }
  }
}
