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
import io.drivemark.architectures.cue.Scores;
import io.drivemark.config.ConfigMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Closer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Several networks on each frame: the mean of their probabilities of classes decides. All have the
 * same classes and channels; the scores of the others come onto the grid of the first one's
 * bilinearly. Scores that were logits become ln of the mean.
 *
 * @param with names or paths of the other networks, at least one, none twice
 */
public record Ensemble(List<String> with) implements Cue {
  private static final String NAME = "ensemble";
  private static final int DERIVATION = 1;

  /** Reads them: {@code {with: [espnet-camvid, enet-camvid]}}. */
  public static final class Type implements CueType {
    /** Stands where a study names none; what was read is refused as a whole. */
    private static final List<String> NONE = List.of("none");

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public String summary() {
      return "takes the mean of the probabilities of several networks";
    }

    @Override
    public Cue read(ConfigMap keys) {
      List<String> with = keys.strings("with");
      if (!fits(with)) {
        keys.problem("with", "found " + with + ", expected at least one network, none twice");
        return new Ensemble(NONE);
      }
      return new Ensemble(with);
    }
  }

  public Ensemble {
    with = List.copyOf(with);
    if (!fits(with)) {
      throw new IllegalArgumentException("ensemble with " + with);
    }
  }

  private static boolean fits(List<String> with) {
    return !with.isEmpty() && new HashSet<>(with).size() == with.size();
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
    return Map.of("with", with);
  }

  @Override
  public String shortName() {
    return NAME + "-" + String.join("+", with);
  }

  @Override
  public List<String> models() {
    return with;
  }

  @Override
  public Ensemble withModels(UnaryOperator<String> names) {
    return new Ensemble(with.stream().map(names).toList());
  }

  @Override
  public boolean remembers() {
    return false;
  }

  @Override
  public ReadyCue ready(CueData data) {
    List<String> digests = with.stream().map(data::digest).toList();
    return new ReadyCue(setting() + " networks " + digests, this::around);
  }

  private FramePath around(FramePath inner, PathOpener opener) {
    ScoreSite site = ScoreSite.require(NAME, inner);
    Closer opened = new Closer();
    try {
      List<FramePath> others = new ArrayList<>();
      for (String model : with) {
        FramePath other = opened.add(opener.open(model));
        requireSame(site, inner.title(), ScoreSite.require(NAME, other), other.title());
        others.add(other);
      }
      return new Path(inner, site, others);
    } catch (RuntimeException e) {
      Closer.after(e, opened);
      throw e;
    }
  }

  private static void requireSame(ScoreSite one, String name, ScoreSite other, String otherName) {
    LabelSpace classes = one.classes().mapping().from();
    LabelSpace others = other.classes().mapping().from();
    Optional<String> difference = classes.difference(others, name, otherName);
    if (difference.isEmpty() && !one.channels().equals(other.channels())) {
      difference =
          Optional.of(
              name + " has " + one.count() + " channels and " + otherName + " " + other.count());
    }
    if (difference.isPresent()) {
      throw new BadInputException(
          "cue ensemble: " + difference.get() + "; take networks of the same classes");
    }
  }

  private static final class Path extends AroundPath {
    private final List<FramePath> others;
    private final ScoreSite site;
    private final List<ScoreSite> sites = new ArrayList<>();
    private final List<PlaneSampling> samplings = new ArrayList<>();
    private final List<float[]> inputs = new ArrayList<>();
    private final FloatBuffer buffer;
    private final float[] sum;
    private final float[] plane;

    Path(FramePath inner, ScoreSite site, List<FramePath> others) {
      super(NAME, inner, others);
      this.others = others;
      this.site = site;
      this.buffer = site.newBuffer();
      this.sum = site.newPlanes();
      this.plane = new float[site.pixels()];
      for (FramePath other : others) {
        ScoreSite otherSite = other.scores().orElseThrow();
        sites.add(otherSite);
        inputs.add(otherSite.newPlanes());
        samplings.add(
            new PlaneSampling(PlaneSampling.Plane.of(otherSite), PlaneSampling.Plane.of(site)));
      }
    }

    @Override
    public Optional<ScoreSite> scores() {
      return Optional.of(site);
    }

    @Override
    protected void forget() {
      // it remembers nothing of a sequence
    }

    @Override
    protected FrameAnswer answer(PathFrame frame) {
      FrameAnswer answer = inner().next(frame);
      ClassChances.read(answer.scores().orElseThrow(), sum);
      int runs = answer.runs();
      for (int m = 0; m < others.size(); m++) {
        FrameAnswer other = others.get(m).next(frame);
        ClassChances.read(other.scores().orElseThrow(), inputs.get(m));
        runs += other.runs();
        add(m);
      }
      for (int i = 0; i < sum.length; i++) {
        sum[i] /= others.size() + 1;
      }
      ClassChances.toScores(site, sum);
      site.write(sum, buffer);
      return answer.withScores(new Scores(site, buffer)).withRuns(runs);
    }

    private void add(int member) {
      int pixels = sites.get(member).pixels();
      for (int k = 0; k < site.count(); k++) {
        samplings.get(member).fill(inputs.get(member), k * pixels, plane, 0);
        for (int i = 0, at = k * plane.length; i < plane.length; i++, at++) {
          sum[at] += plane[i];
        }
      }
    }
  }
}
