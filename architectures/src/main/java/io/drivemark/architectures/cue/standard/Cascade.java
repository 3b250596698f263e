package io.drivemark.architectures.cue.standard;

import io.drivemark.architectures.cue.AroundPath;
import io.drivemark.architectures.cue.Cue;
import io.drivemark.architectures.cue.CueData;
import io.drivemark.architectures.cue.CueType;
import io.drivemark.architectures.cue.FrameAnswer;
import io.drivemark.architectures.cue.FramePath;
import io.drivemark.architectures.cue.PathFrame;
import io.drivemark.architectures.cue.PathOpener;
import io.drivemark.architectures.cue.ReadyCue;
import io.drivemark.architectures.cue.ScoreSite;
import io.drivemark.config.ConfigMap;
import io.drivemark.config.Numbers;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A second network for frames that the first one is unsure of: where the mean over the picture of
 * the largest probability lies below a bound, the second one's answer counts. Frames take one or
 * both networks' time, so latencies have two modes.
 *
 * @param below the bound, 0 to 1; 0 never runs the second
 * @param then name or path of the second network
 */
public record Cascade(double below, String then) implements Cue {
  private static final String NAME = "cascade";
  private static final int DERIVATION = 1;
  private static final double USUAL = 0.9;

  /** Reads them: {@code {below: 0.9, then: espnet-camvid}}. */
  public static final class Type implements CueType {
    @Override
    public String name() {
      return NAME;
    }

    @Override
    public String summary() {
      return "runs a second network on frames that the first one is unsure of";
    }

    @Override
    public Cue read(ConfigMap keys) {
      double below = keys.number("below", USUAL);
      if (!fits(below)) {
        keys.problem("below", "found " + below + ", expected 0 to 1");
      }
      return new Cascade(fits(below) ? below : USUAL, keys.string("then"));
    }
  }

  public Cascade {
    if (!fits(below) || then == null) {
      throw new IllegalArgumentException("cascade: below " + below + ", then " + then);
    }
  }

  private static boolean fits(double below) {
    return below >= 0 && below <= 1;
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
    return Map.of("below", below, "then", then);
  }

  @Override
  public String shortName() {
    return NAME + Numbers.text(below) + "-" + then;
  }

  @Override
  public List<String> models() {
    return List.of(then);
  }

  @Override
  public Cascade withModels(UnaryOperator<String> names) {
    return new Cascade(below, names.apply(then));
  }

  @Override
  public boolean remembers() {
    return false;
  }

  @Override
  public ReadyCue ready(CueData data) {
    return new ReadyCue(setting() + " network " + data.digest(then), this::around);
  }

  private FramePath around(FramePath inner, PathOpener opener) {
    ScoreSite site = ScoreSite.require(NAME, inner);
    return new Path(below, inner, site, opener.open(then));
  }

  private static final class Path extends AroundPath {
    private final double below;
    private final ScoreSite site;
    private final FramePath second;
    private final float[] planes;

    Path(double below, FramePath inner, ScoreSite site, FramePath second) {
      super(NAME, inner, List.of(second));
      this.below = below;
      this.site = site;
      this.second = second;
      this.planes = site.newPlanes();
    }

    @Override
    protected void forget() {
      // it remembers nothing of a sequence
    }

    @Override
    protected FrameAnswer answer(PathFrame frame) {
      FrameAnswer first = inner().next(frame);
      ClassChances.read(first.scores().orElseThrow(), planes);
      if (ClassChances.meanOfLargest(site, planes) < below) {
        FrameAnswer answer = second.next(frame);
        return answer.withRuns(first.runs() + answer.runs()).labelsAlone();
      }
      return first.labelsAlone();
    }
  }
}
