package io.drivemark.architectures.cue.standard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.architectures.cue.Cue;
import io.drivemark.architectures.cue.CueContract;
import io.drivemark.architectures.cue.FrameAnswer;
import io.drivemark.architectures.cue.FramePath;
import io.drivemark.architectures.cue.PathFrame;
import io.drivemark.architectures.cue.PlantedData;
import io.drivemark.architectures.cue.PlantedPath;
import io.drivemark.architectures.cue.ScoreSite;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.HeadSite.Extents;
import io.drivemark.architectures.head.LabelsHead.Form;
import io.drivemark.problem.BadInputException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SmoothTest extends CueContract {
  @Override
  protected String entry() {
    return "{keep: 0.5}";
  }

  @Override
  protected Cue cue() {
    return new Smooth(0.5);
  }

  @Override
  protected Cue other() {
    return new Smooth(0.25);
  }

  @Override
  protected Optional<Cue> neutral() {
    return Optional.of(new Smooth(0));
  }

  private static PathFrame frame(int number) {
    return new PathFrame(number, PlantedPath.image(number, 1, 1));
  }

  private static FramePath around(double keep, FramePath network) {
    return new Smooth(keep).ready(new PlantedData()).around().of(network, name -> null);
  }

  /** A network of one pixel whose probabilities are given, frame by frame. */
  private static PlantedPath planted(Form form, double[]... chances) {
    ScoreSite site = PlantedPath.site(PlantedPath.space(chances[0].length), form, 1, 1, 1, 1);
    return new PlantedPath(
        "model m",
        site,
        frame -> {
          double[] now = chances[frame.number()];
          float[] planes = new float[now.length];
          for (int k = 0; k < now.length; k++) {
            planes[k] = (float) (form == Form.LOGITS ? Math.log(now[k]) + 3 : now[k]);
          }
          return planes;
        });
  }

  private static final double[] BEFORE = {.2, .8};
  private static final double[] NOW = {.6, .4};

  private static void smoothed(double keep, double first, double second, int label) {
    for (Form form : List.of(Form.LOGITS, Form.PROBABILITIES)) {
      FramePath path = around(keep, planted(form, BEFORE, NOW));
      path.begin();
      assertEquals(1, path.next(frame(0)).labels().at(0, 0));
      FrameAnswer answer = path.next(frame(1));
      float[] scores = new float[2];
      answer.scores().orElseThrow().planes(scores);
      boolean logs = form == Form.LOGITS;
      assertEquals(logs ? Math.log(first) : first, scores[0], 1e-6, form + " at " + keep);
      assertEquals(logs ? Math.log(second) : second, scores[1], 1e-6, form + " at " + keep);
      assertEquals(label, answer.labels().at(0, 0));
    }
  }

  @Test
  void probabilitiesAreMixedWithThoseOfBefore() {
    smoothed(.5, .4, .6, 1);
    smoothed(.2, .52, .48, 0);
  }

  @Test
  void whatIsKeptFadesByThePowersOfKeep() {
    double[] one = {1 - 1e-12, 1e-12};
    double[] zero = {1e-12, 1 - 1e-12};
    FramePath path = around(.5, planted(Form.PROBABILITIES, one, zero, zero, zero));
    path.begin();
    float[] scores = new float[2];
    for (int i = 0; i < 4; i++) {
      path.next(frame(i)).scores().orElseThrow().planes(scores);
      assertEquals(Math.pow(.5, i), scores[0], 1e-6, "frame " + i);
    }
  }

  @Test
  void channelsThatLieLastGiveTheSame() {
    Extents size = new Extents(6, 9);
    ScoreSite first =
        PlantedPath.site(
            PlantedPath.space(3),
            Form.LOGITS,
            OptionalDouble.empty(),
            Shape.of(1, 3, 2, 3),
            size,
            size,
            false);
    ScoreSite last =
        PlantedPath.site(
            PlantedPath.space(3),
            Form.LOGITS,
            OptionalDouble.empty(),
            Shape.of(1, 2, 3, 3),
            size,
            size,
            true);
    FramePath one = around(.7, PlantedPath.random("model m", first, 4));
    FramePath other = around(.7, PlantedPath.random("model m", last, 4));
    one.begin();
    other.begin();
    for (int i = 0; i < 5; i++) {
      PathFrame frame = new PathFrame(i, PlantedPath.image(i, 6, 9));
      assertEquals(one.next(frame).labels(), other.next(frame).labels(), "frame " + i);
    }
  }

  @Test
  void aDamagedOutputIsNamedAndNotSmoothedAway() {
    FramePath path = around(.5, planted(Form.LOGITS, BEFORE, new double[] {Double.NaN, .5}));
    path.begin();
    path.next(frame(0));
    FrameAnswer answer = path.next(frame(1));
    BadInputException e = assertThrows(BadInputException.class, answer::labels);
    assertEquals(
        "logits: channel 0 at row 0, column 0 is NaN; the network's weights or its input are"
            + " damaged",
        e.getMessage());
  }

  @Test
  void classesThatDoNotExcludeEachOtherAreRefused() {
    Extents size = new Extents(2, 2);
    ScoreSite site =
        PlantedPath.site(
            PlantedPath.space(3),
            Form.LOGITS,
            OptionalDouble.of(.5),
            Shape.of(1, 3, 2, 2),
            size,
            size,
            false);
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> around(.5, PlantedPath.random("model sigmoids", site, 1)));
    assertEquals(
        "cue smooth: model sigmoids judges each class by itself (threshold 0.5), expected scores"
            + " of which the largest wins; take a network that gives such",
        e.getMessage());
  }
}
