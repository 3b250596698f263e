package io.drivemark.architectures.cue.standard;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CascadeTest extends CueContract {
  /** About where the mean over 72 pixels of random scores of eleven classes lies. */
  private static final double SOMETIMES = .515;

  @Override
  protected String entry() {
    return "{below: 0.515, then: second}";
  }

  @Override
  protected Cue cue() {
    return new Cascade(SOMETIMES, "second");
  }

  @Override
  protected Cue other() {
    return new Cascade(SOMETIMES, "third");
  }

  @Override
  protected Optional<Cue> neutral() {
    return Optional.of(new Cascade(0, "second"));
  }

  /** Two pixels show the photograph, with largest probabilities 0.75 and 0.5; two are padding. */
  private static PlantedPath network(String name, int winner) {
    ScoreSite site =
        PlantedPath.site(
            PlantedPath.space(2),
            Form.PROBABILITIES,
            OptionalDouble.empty(),
            Shape.of(1, 2, 1, 4),
            new Extents(1, 2),
            new Extents(1, 4),
            false);
    float[] more = {.75f, .5f, 1, 1};
    float[] less = {.25f, .25f, 0, 0};
    return new PlantedPath(
        "model " + name,
        site,
        frame -> {
          float[] planes = new float[8];
          System.arraycopy(winner == 0 ? more : less, 0, planes, 0, 4);
          System.arraycopy(winner == 0 ? less : more, 0, planes, 4, 4);
          return planes;
        });
  }

  private static FrameAnswer answer(double below) {
    FramePath path =
        new Cascade(below, "second")
            .ready(new PlantedData())
            .around()
            .of(network("first", 0), name -> network(name, 1));
    path.begin();
    return path.next(new PathFrame(0, PlantedPath.image(0, 1, 2)));
  }

  @Test
  void theSecondNetworkAnswersWhereTheFirstIsLessSureThanTheBound() {
    FrameAnswer sure = answer(.625); // the mean of 0.75 and 0.5, not below it
    assertEquals(0, sure.labels().at(0, 0));
    assertEquals(1, sure.runs());
    FrameAnswer unsure = answer(Math.nextUp(.625));
    assertEquals(1, unsure.labels().at(0, 0));
    assertEquals(1, unsure.labels().at(0, 1));
    assertEquals(2, unsure.runs());
  }

  @Test
  void someFramesTakeOneNetworkAndSomeBoth() {
    ScoreSite site = PlantedPath.site(PlantedPath.space(11), Form.LOGITS, 8, 9, 8, 9);
    FramePath path =
        cue()
            .ready(new PlantedData())
            .around()
            .of(PlantedPath.random("model first", site, 1), n -> PlantedPath.random(n, site, 2));
    path.begin();
    Set<Integer> runs = new TreeSet<>();
    for (int i = 0; i < 20; i++) {
      runs.add(path.next(new PathFrame(i, PlantedPath.image(i, 8, 9))).runs());
    }
    assertEquals(Set.of(1, 2), runs);
  }

  @Test
  void theContentOfTheSecondNetworkIsPartOfTheIdentity() {
    PlantedData data = new PlantedData();
    assertEquals(
        "cascade[below=0.515, then=second] derivation 1 network " + data.digest("second"),
        cue().ready(data).identity());
  }
}
