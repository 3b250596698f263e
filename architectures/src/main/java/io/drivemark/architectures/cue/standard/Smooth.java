package io.drivemark.architectures.cue.standard;

import io.drivemark.architectures.cue.AroundPath;
import io.drivemark.architectures.cue.Cue;
import io.drivemark.architectures.cue.CueData;
import io.drivemark.architectures.cue.CueType;
import io.drivemark.architectures.cue.FrameAnswer;
import io.drivemark.architectures.cue.FramePath;
import io.drivemark.architectures.cue.PathFrame;
import io.drivemark.architectures.cue.ReadyCue;
import io.drivemark.architectures.cue.ScoreSite;
import io.drivemark.architectures.cue.Scores;
import io.drivemark.config.ConfigMap;
import io.drivemark.config.Numbers;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Optional;

/**
 * Smooths the probabilities of classes over time: {@code q = keep·q + (1 − keep)·p}, from the first
 * frame of a sequence on, whose q is its own p. Scores that were logits become ln q, so that they
 * come onto the frame's grid as the network's own do; the answer of a first frame stays as it is.
 *
 * <p>Example: now (0.6, 0.4), before (0.2, 0.8): keep 0.5 gives (0.4, 0.6), keep 0.2 (0.52, 0.48).
 *
 * @param keep 0 to below 1; 0 leaves the network's answer as it is
 */
public record Smooth(double keep) implements Cue {
  private static final String NAME = "smooth";
  private static final int DERIVATION = 1;

  /** Reads them: {@code {keep: 0.5}}. */
  public static final class Type implements CueType {
    @Override
    public String name() {
      return NAME;
    }

    @Override
    public String summary() {
      return "smooths the probabilities of classes over time";
    }

    @Override
    public Cue read(ConfigMap keys) {
      Optional<Double> keep = keys.optionalNumber("keep");
      if (!keys.has("keep")) {
        keys.problem("keep", "is missing, expected 0 to below 1");
      } else if (keep.isPresent() && !fits(keep.get())) {
        keys.problem("keep", "found " + keep.get() + ", expected 0 to below 1");
      }
      return new Smooth(keep.filter(Smooth::fits).orElse(0.0));
    }
  }

  public Smooth {
    if (!fits(keep)) {
      throw new IllegalArgumentException("smooth: keep " + keep);
    }
  }

  private static boolean fits(double keep) {
    return keep >= 0 && keep < 1;
  }

  @Override
  public String type() {
    return NAME;
  }

  @Override
  public int derivation() {
    return DERIVATION;
  }

  @Override
  public Map<String, Object> keys() {
    return Map.of("keep", keep);
  }

  @Override
  public String shortName() {
    return NAME + Numbers.text(keep);
  }

  @Override
  public ReadyCue ready(CueData data) {
    return new ReadyCue(
        setting(), (inner, others) -> new Path(keep, inner, ScoreSite.require(NAME, inner)));
  }

  private static final class Path extends AroundPath {
    private final float keep;
    private final ScoreSite site;
    private final FloatBuffer buffer;
    private final float[] kept;
    private final float[] now;
    private boolean first;

    Path(double keep, FramePath inner, ScoreSite site) {
      super(NAME, inner);
      this.keep = (float) keep;
      this.site = site;
      this.buffer = site.newBuffer();
      this.kept = site.newPlanes();
      this.now = site.newPlanes();
    }

    @Override
    public Optional<ScoreSite> scores() {
      return Optional.of(site);
    }

    @Override
    protected void forget() {
      first = true;
    }

    @Override
    protected FrameAnswer answer(PathFrame frame) {
      FrameAnswer answer = inner().next(frame);
      if (keep == 0) {
        return answer;
      }
      if (first) {
        ClassChances.read(answer.scores().orElseThrow(), kept);
        first = false;
        return answer;
      }
      ClassChances.read(answer.scores().orElseThrow(), now);
      for (int i = 0; i < kept.length; i++) {
        kept[i] = keep * kept[i] + (1 - keep) * now[i];
      }
      System.arraycopy(kept, 0, now, 0, kept.length);
      ClassChances.toScores(site, now);
      site.write(now, buffer);
      return answer.withScores(new Scores(site, buffer));
    }
  }
}
