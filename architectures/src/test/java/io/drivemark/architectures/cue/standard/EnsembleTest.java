package io.drivemark.architectures.cue.standard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import io.drivemark.architectures.head.LabelsHead.Form;
import io.drivemark.problem.BadInputException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnsembleTest extends CueContract {
  @Override
  protected String entry() {
    return "{with: [second, third]}";
  }

  @Override
  protected Cue cue() {
    return new Ensemble(List.of("second", "third"));
  }

  @Override
  protected Cue other() {
    return new Ensemble(List.of("second"));
  }

  @Override
  protected Optional<Cue> neutral() {
    return Optional.empty(); // it always has a second network
  }

  private static PlantedPath sure(String name, Form form, int h, int w, double first) {
    ScoreSite site = PlantedPath.site(PlantedPath.space(2), form, h, w, 4, 4);
    return new PlantedPath(
        "model " + name,
        site,
        frame -> {
          float[] planes = site.newPlanes();
          for (int i = 0; i < planes.length; i++) {
            double chance = i < planes.length / 2 ? first : 1 - first;
            planes[i] = (float) (form == Form.LOGITS ? Math.log(chance) - 5 : chance);
          }
          return planes;
        });
  }

  private static FrameAnswer answer(FramePath network, Map<String, FramePath> others) {
    FramePath path =
        new Ensemble(others.keySet().stream().sorted().toList())
            .ready(new PlantedData())
            .around()
            .of(network, others::get);
    path.begin();
    return path.next(new PathFrame(0, PlantedPath.image(0, 4, 4)));
  }

  /** By products of probabilities class 0 would win: 0.99·0.2·0.2 against 0.01·0.8·0.8. */
  @Test
  void theMeanOfProbabilitiesDecidesAndNotTheirProduct() {
    for (Form form : List.of(Form.LOGITS, Form.PROBABILITIES)) {
      FrameAnswer answer =
          answer(
              sure("a", form, 2, 2, .99),
              Map.of("b", sure("b", form, 2, 2, .2), "c", sure("c", Form.LOGITS, 1, 4, .2)));
      assertEquals(1, answer.labels().at(0, 0), form.key());
      float[] planes = new float[8];
      answer.scores().orElseThrow().planes(planes);
      double mean = 1.39 / 3;
      assertEquals(form == Form.LOGITS ? Math.log(mean) : mean, planes[0], 1e-6);
      assertEquals(3, answer.runs());
    }
  }

  /** Bilinear between pixel centres: 0.8, 0.2 become 0.8, 0.65, 0.35, 0.2. */
  @Test
  void scoresOfOthersComeOntoTheFirstOnesGrid() {
    PlaneSampling.Plane two = new PlaneSampling.Plane(1, 2, 1, 1);
    PlaneSampling.Plane four = new PlaneSampling.Plane(1, 4, 1, 1);
    float[] out = new float[4];
    new PlaneSampling(two, four).fill(new float[] {.8f, .2f}, 0, out, 0);
    assertArrayEquals(new float[] {.8f, .65f, .35f, .2f}, out, 1e-6f);
    new PlaneSampling(four, four).fill(new float[] {9, 1, 2, 3, 4}, 1, out, 0);
    assertArrayEquals(new float[] {1, 2, 3, 4}, out);
  }

  @Test
  void paddingIsNotTakenForThePhotograph() {
    PlaneSampling.Plane padded = new PlaneSampling.Plane(1, 4, 1, .5);
    PlaneSampling.Plane bare = new PlaneSampling.Plane(1, 2, 1, 1);
    float[] out = new float[2];
    new PlaneSampling(padded, bare).fill(new float[] {5, 6, 7, 8}, 0, out, 0);
    assertArrayEquals(new float[] {5, 6}, out);
  }

  @Test
  void networksOfOtherClassesAreRefusedAndClosed() {
    PlantedPath first = sure("a", Form.LOGITS, 2, 2, .5);
    PlantedPath same = sure("b", Form.LOGITS, 2, 2, .5);
    PlantedPath other =
        PlantedPath.random(
            "model c", PlantedPath.site(PlantedPath.space(3), Form.LOGITS, 2, 2, 4, 4), 1);
    BadInputException e =
        assertThrows(BadInputException.class, () -> answer(first, Map.of("b", same, "c", other)));
    assertEquals(
        "cue ensemble: model a has 2 classes and model c has 3; take networks of the same classes",
        e.getMessage());
    assertEquals(1, same.closed());
    assertEquals(1, other.closed());
    assertEquals(0, first.closed(), "it belongs to the caller until it is around");
  }

  @Test
  void theContentsOfTheNetworksArePartOfTheIdentity() {
    PlantedData data = new PlantedData();
    assertEquals(
        "ensemble[with=[second, third]] derivation 1 networks ["
            + data.digest("second")
            + ", "
            + data.digest("third")
            + "]",
        cue().ready(data).identity());
  }
}
