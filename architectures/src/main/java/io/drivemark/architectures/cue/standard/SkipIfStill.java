package io.drivemark.architectures.cue.standard;

import io.drivemark.architectures.cue.AroundPath;
import io.drivemark.architectures.cue.Cue;
import io.drivemark.architectures.cue.CueData;
import io.drivemark.architectures.cue.CueType;
import io.drivemark.architectures.cue.FrameAnswer;
import io.drivemark.architectures.cue.FramePath;
import io.drivemark.architectures.cue.PathFrame;
import io.drivemark.architectures.cue.ReadyCue;
import io.drivemark.config.ConfigMap;
import io.drivemark.config.Numbers;
import io.drivemark.datasets.LabelMap;
import java.util.Map;

/**
 * Gives the labels of before as long as the picture hardly changes: the network runs if in a grey
 * picture of an eighth of the size more than a share of the levels differ by more than 10 from the
 * frame that it ran on last. Compared with that frame and not with the one before, so that slow
 * changes add up.
 *
 * @param change the share, 0 to below 1
 */
public record SkipIfStill(double change) implements Cue {
  private static final String NAME = "skip-if-still";
  private static final int DERIVATION = 1;
  private static final double USUAL = 0.1;
  private static final int SHRINK = 8;
  private static final int LEVELS = 10;

  /** Reads them: {@code {change: 0.1}}. */
  public static final class Type implements CueType {
    @Override
    public String name() {
      return NAME;
    }

    @Override
    public String summary() {
      return "keeps the labels as long as the picture hardly changes";
    }

    @Override
    public Cue read(ConfigMap keys) {
      double change = keys.number("change", USUAL);
      if (!fits(change)) {
        keys.problem("change", "found " + change + ", expected 0 to below 1");
        return new SkipIfStill(USUAL);
      }
      return new SkipIfStill(change);
    }
  }

  public SkipIfStill {
    if (!fits(change)) {
      throw new IllegalArgumentException("skip-if-still: change " + change);
    }
  }

  private static boolean fits(double change) {
    return change >= 0 && change < 1;
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
    return Map.of("change", change);
  }

  @Override
  public String shortName() {
    return "still" + Numbers.text(change);
  }

  @Override
  public ReadyCue ready(CueData data) {
    return new ReadyCue(setting(), (inner, others) -> new Path(change, inner));
  }

  private static final class Path extends AroundPath {
    private final double change;
    private LabelMap labels;
    private GreyPicture picture;
    private int from;

    Path(double change, FramePath inner) {
      super(NAME, inner);
      this.change = change;
    }

    @Override
    protected void forget() {
      labels = null;
      picture = null;
    }

    @Override
    protected FrameAnswer answer(PathFrame frame) {
      GreyPicture now = GreyPicture.of(frame.image(), SHRINK);
      if (labels != null && now.changed(picture, LEVELS) <= change) {
        return FrameAnswer.of(labels, from, 0);
      }
      FrameAnswer answer = inner().next(frame).labelsAlone();
      labels = answer.labels();
      from = answer.from();
      picture = now;
      return answer;
    }
  }
}
