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
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.image.OpticalFlow;
import io.drivemark.problem.BadInputException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Runs the network on every k-th frame of a sequence and gives the labels of that key frame until
 * the next one: as they are, or moved along with the picture. The first frame of a sequence is
 * always a key frame. Labels that are repeated are those of the network on an earlier frame, so
 * their confusion counts are a mix of its delay counts, exactly: those of delay {@link #delay} for
 * each frame.
 *
 * <p>Example: every 3 from offset 1 runs on frames 0, 1, 4, 7; frame 6 gets the labels of frame 4.
 *
 * @param every k, at least 1; 1 runs on every frame
 * @param between what is answered on the frames between
 * @param offset the first frame after that of number 0 that is a key frame, below k; 0 for k
 */
public record Keyframes(int every, Between between, int offset) implements Cue {
  private static final String NAME = "keyframes";
  private static final int DERIVATION = 1;

  /** What is answered between key frames. */
  public enum Between {
    /** The labels as they are. */
    REPEAT,
    /**
     * The labels moved by optical flow (DIS, arXiv 1603.03590): each pixel takes the label of where
     * it was in the key frame, and its own where that lies outside.
     */
    WARP;

    private static final List<String> KEYS = Arrays.stream(values()).map(Between::key).toList();

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Reads them: {@code {every: 2, between: repeat, offset: 0}}. */
  public static final class Type implements CueType {
    @Override
    public String name() {
      return NAME;
    }

    @Override
    public String summary() {
      return "runs the network on every k-th frame and keeps its labels, or warps them, between";
    }

    @Override
    public Cue read(ConfigMap keys) {
      Optional<Integer> given = keys.optionalInteger("every");
      if (!keys.has("every")) {
        keys.problem("every", "is missing, expected a whole number; 2 runs on every second frame");
      } else if (given.isPresent() && given.get() < 1) {
        keys.problem("every", "found " + given.get() + ", expected at least 1");
      }
      int every = Math.max(1, given.orElse(1));
      String between = keys.choice("between", Between.REPEAT.key(), Between.KEYS);
      int offset = keys.integer("offset", 0);
      boolean fits = offset >= 0 && offset < every;
      if (!fits && given.isPresent()) {
        keys.problem("offset", "found " + offset + ", expected 0 to every - 1");
      }
      return new Keyframes(
          every, Between.valueOf(between.toUpperCase(Locale.ROOT)), fits ? offset : 0);
    }
  }

  public Keyframes {
    Objects.requireNonNull(between, "between");
    if (every < 1 || offset < 0 || offset >= every) {
      throw new IllegalArgumentException("keyframes: every " + every + ", offset " + offset);
    }
  }

  /** Labels repeated, the first frame a key frame. */
  public Keyframes(int every) {
    this(every, Between.REPEAT, 0);
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
    return Map.of("every", every, "between", between.key(), "offset", offset);
  }

  @Override
  public String shortName() {
    return NAME
        + every
        + (between == Between.REPEAT ? "" : "-" + between.key())
        + (offset == 0 ? "" : "-offset" + offset);
  }

  @Override
  public int period() {
    return every;
  }

  /**
   * How many frames old the labels of a frame are, in a sequence without gaps.
   *
   * @param frame its number in the sequence, from 0 on
   */
  public int delay(int frame) {
    return frame < offset ? frame : Math.floorMod(frame - offset, every);
  }

  /**
   * {@inheritDoc}
   *
   * @throws io.drivemark.problem.UnavailableException if labels are to be warped and OpenCV does
   *     not load on this machine
   */
  @Override
  public ReadyCue ready(CueData data) {
    String basis =
        switch (between) {
          case REPEAT -> "";
          case WARP -> " OpenCV " + OpticalFlow.version();
        };
    return new ReadyCue(setting() + basis, (inner, others) -> new Path(this, inner));
  }

  /** Whether a key frame is due, the last one being that of {@code key}. */
  private boolean due(int key, int frame) {
    return Math.floorDiv(frame - offset, every) > Math.floorDiv(key - offset, every);
  }

  private static final class Path extends AroundPath {
    private final Keyframes cue;
    private LabelMap labels;
    private int key;
    private int from;
    private GreyPicture picture;

    Path(Keyframes cue, FramePath inner) {
      super(NAME, inner);
      this.cue = cue;
    }

    @Override
    protected void forget() {
      labels = null;
      picture = null;
    }

    @Override
    protected FrameAnswer answer(PathFrame frame) {
      if (labels == null || cue.due(key, frame.number())) {
        FrameAnswer answer = inner().next(frame).labelsAlone();
        labels = answer.labels();
        key = frame.number();
        from = answer.from();
        picture = cue.between == Between.WARP && cue.every > 1 ? picture(frame) : null;
        return answer;
      }
      return FrameAnswer.of(
          switch (cue.between) {
            case REPEAT -> labels;
            case WARP -> LabelWarp.moved(labels, picture(frame).flowTo(picture), picture);
          },
          from,
          0);
    }

    private static GreyPicture picture(PathFrame frame) {
      GreyPicture small = GreyPicture.of(frame.image(), LabelWarp.SHRINK);
      if (small.height() < LabelWarp.LEAST || small.width() < LabelWarp.LEAST) {
        int least = LabelWarp.LEAST * LabelWarp.SHRINK;
        throw new BadInputException(
            "cue keyframes: a photograph is "
                + frame.image().height()
                + "x"
                + frame.image().width()
                + ", optical flow needs at least "
                + least
                + "x"
                + least
                + "; write 'between: repeat'");
      }
      return small;
    }
  }
}
