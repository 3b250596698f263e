package io.drivemark.architectures.cue;

import io.drivemark.config.ConfigMap;
import io.drivemark.datasets.LabelMap;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/**
 * A cue as a user would write one: a pixel takes the label that two of the last three frames agree
 * on, else its own.
 *
 * @param frames 1 or 3
 */
record MostOfThree(int frames) implements Cue {
  /** Reads them: {@code {frames: 3}}. */
  public static final class Type implements CueType {
    @Override
    public String name() {
      return "most-of-three";
    }

    @Override
    public String summary() {
      return "takes the label that two of three frames agree on";
    }

    @Override
    public Cue read(ConfigMap keys) {
      return new MostOfThree(keys.integer("frames", 3));
    }
  }

  @Override
  public String type() {
    return "most-of-three";
  }

  @Override
  public int derivation() {
    return 1;
  }

  @Override
  public Map<String, Object> keys() {
    return Map.of("frames", frames);
  }

  @Override
  public String shortName() {
    return "most" + frames;
  }

  @Override
  public ReadyCue ready(CueData data) {
    return new ReadyCue(setting(), (inner, others) -> new Path(frames, inner));
  }

  private static final class Path extends AroundPath {
    private final int frames;
    private final Deque<byte[]> before = new ArrayDeque<>();

    Path(int frames, FramePath inner) {
      super("most-of-three", inner);
      this.frames = frames;
    }

    @Override
    protected void forget() {
      before.clear();
    }

    @Override
    protected FrameAnswer answer(PathFrame frame) {
      FrameAnswer answer = inner().next(frame);
      LabelMap now = answer.labels();
      byte[] most = now.pixels().clone();
      if (frames == 3 && before.size() == 2) {
        byte[] first = before.getFirst();
        byte[] second = before.getLast();
        for (int i = 0; i < most.length; i++) {
          most[i] = first[i] == second[i] ? first[i] : most[i];
        }
        before.removeFirst();
      }
      before.addLast(now.pixels());
      LabelMap labels = LabelMap.of(now.space(), now.height(), now.width(), most);
      return FrameAnswer.of(labels, answer.from(), answer.runs());
    }
  }
}
