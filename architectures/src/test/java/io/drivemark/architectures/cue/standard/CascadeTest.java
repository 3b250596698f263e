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
import org.junit.jupiter.api.Test;

class CascadeTest extends CueContract {
  @Override
  protected String entry() {
    return "{below: 0.65, then: second}";
  }

  @Override
  protected Cue cue() {
    return new Cascade(.65, "second"); // of eleven random classes the mean lies about here
  }

  @Override
  protected Cue other() {
    return new Cascade(.65, "third");
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
  void theContentOfTheSecondNetworkIsPartOfTheIdentity() {
    PlantedData data = new PlantedData();
    assertEquals(
        "cascade[below=0.65, then=second] derivation 1 network " + data.digest("second"),
        cue().ready(data).identity());
  }
}
