package io.drivemark.architectures.cue.standard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.cue.Cue;
import io.drivemark.architectures.cue.CueContract;
import io.drivemark.architectures.cue.FramePath;
import io.drivemark.architectures.cue.PathFrame;
import io.drivemark.architectures.cue.PlantedData;
import io.drivemark.architectures.cue.PlantedPath;
import io.drivemark.architectures.cue.ScoreSite;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.HeadSite.Extents;
import io.drivemark.architectures.head.LabelsHead.Form;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.Frame;
import io.drivemark.datasets.LabelCoding;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.Sample;
import io.drivemark.problem.BadInputException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LocationPriorTest extends CueContract {
  private static final byte VOID = (byte) LabelSpace.VOID;

  @Override
  protected String entry() {
    return "{strength: -0.5, cell: 8}";
  }

  @Override
  protected Cue cue() {
    return new LocationPrior("train", -.5, 8);
  }

  @Override
  protected Cue other() {
    return new LocationPrior("train", -.5, 16);
  }

  @Override
  protected Optional<Cue> neutral() {
    return Optional.of(new LocationPrior("train", 0, 8));
  }

  /** Labels without pictures worth looking at. */
  private record Labelled(LabelSpace labels, List<LabelMap> truths) implements Dataset {
    @Override
    public String name() {
      return "labelled";
    }

    @Override
    public String split() {
      return "train";
    }

    @Override
    public List<String> ids() {
      return IntStream.range(0, truths.size()).mapToObj(i -> "frame" + i).toList();
    }

    @Override
    public String digest() {
      return "";
    }

    @Override
    public Frame frame(int index) {
      LabelMap truth = truths.get(index);
      return Frame.of(
          ids().get(index),
          () ->
              Sample.of(
                  ids().get(index),
                  PlantedPath.image(index, truth.height(), truth.width()),
                  truth));
    }

    @Override
    public LabelCoding coding() {
      return PlantedData.scenes("val", 1).coding();
    }
  }

  private static int label(Form form, double strength) {
    LabelSpace space = PlantedPath.space(3);
    PlacePrior prior = new PlacePrior(space, 1, 1, new long[] {6, 0, 1}); // .7, .1, .2
    double[] chances = {.5, .3, .2};
    PlantedPath network =
        new PlantedPath(
            "model m",
            PlantedPath.site(space, form, 1, 1, 1, 1),
            frame -> {
              float[] planes = new float[3];
              for (int k = 0; k < 3; k++) {
                planes[k] = (float) (form == Form.LOGITS ? Math.log(chances[k]) : chances[k]);
              }
              return planes;
            });
    FramePath path = new LocationPrior.Path(strength, prior, network);
    path.begin();
    return path.next(new PathFrame(0, PlantedPath.image(0, 1, 1))).labels().at(0, 0);
  }

  @Test
  void classesAreWeighedByPowersOfThePrior() {
    for (Form form : List.of(Form.LOGITS, Form.PROBABILITIES)) {
      assertEquals(0, label(form, 0), form.key());
      assertEquals(1, label(form, -1), form.key());
      assertEquals(0, label(form, 1), form.key());
      assertEquals(0, label(form, -.26250), form.key());
      assertEquals(1, label(form, -.26252), form.key());
    }
  }

  @Test
  void aPriorIsTheShareOfCountsWithOneMoreOfEachClass() {
    LabelSpace space = PlantedPath.space(3);
    PlacePrior prior = new PlacePrior(space, 1, 1, new long[] {6, 0, 1});
    assertEquals(.7, prior.probability(0, 0, 0), 1e-12);
    assertEquals(.1, prior.probability(1, 0, 0), 1e-12);
    assertEquals(.2, prior.probability(2, 0, 0), 1e-12);
  }

  /** Two cells of 2x2; the counts of each lean towards its neighbour's. */
  @Test
  void cellsAreCountedWithoutVoidAndSmoothed() {
    LabelSpace space = PlantedPath.space(2);
    LabelMap truth = LabelMap.of(space, 2, 4, new byte[] {0, 0, 0, 1, 0, 0, VOID, 1});
    PlacePrior prior = PlacePrior.of(new Labelled(space, List.of(truth)), 2);
    assertEquals(17.0 / 23, prior.probability(0, 0, 0), 1e-12); // (13/4 + 1)/(15/4 + 2)
    assertEquals(6.0 / 23, prior.probability(1, 0, 0), 1e-12);
    assertEquals(11.0 / 21, prior.probability(0, 0, 1), 1e-12); // (7/4 + 1)/(13/4 + 2)
  }

  @Test
  void framesOfAnotherSizeAreCountedInTheSameCells() {
    LabelSpace space = PlantedPath.space(2);
    LabelMap small = LabelMap.of(space, 1, 2, new byte[] {0, 1});
    LabelMap large = LabelMap.of(space, 2, 4, new byte[] {0, 0, 1, 1, 0, 0, 1, 1});
    PlacePrior both = PlacePrior.of(new Labelled(space, List.of(large, small)), 2);
    PlacePrior planted = new PlacePrior(space, 1, 2, new long[] {5, 0, 0, 5});
    assertEquals(planted.digest(), both.digest());
    assertNotEquals(
        planted.digest(), new PlacePrior(space, 1, 2, new long[] {5, 0, 0, 6}).digest());
    assertNotEquals(
        planted.digest(), new PlacePrior(space, 2, 1, new long[] {5, 0, 0, 5}).digest());
  }

  /** Each half of the picture has its class; the padding repeats what is beside it. */
  @Test
  void aPriorLiesOverThePartOfTheScoresThatShowsThePhotograph() {
    LabelSpace space = PlantedPath.space(2);
    PlacePrior prior = new PlacePrior(space, 1, 2, new long[] {98, 0, 0, 98});
    ScoreSite site =
        PlantedPath.site(
            space,
            Form.LOGITS,
            OptionalDouble.empty(),
            Shape.of(1, 2, 1, 4),
            new Extents(1, 2),
            new Extents(1, 4),
            false);
    float[] planes = prior.planes(site, "model m");
    float left = (float) prior.probability(0, 0, 0);
    float right = (float) prior.probability(0, 0, 1);
    float[] expected = {left, right, right, right, 1 - left, 1 - right, 1 - right, 1 - right};
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], planes[i], 1e-6, "score " + i);
    }
  }

  @Test
  void theDigestOfThePriorIsPartOfTheIdentity() {
    String identity = cue().ready(data()).identity();
    String digest = PlacePrior.of(PlantedData.scenes("train", 4), 8).digest();
    assertEquals(
        "location-prior[cell=8, split=train, strength=-0.5] derivation 1 prior " + digest,
        identity);
    assertTrue(digest.matches("[0-9a-f]{64}"), digest);
  }

  @Test
  void framesThatItIsJudgedOnAreNoneToLearnFrom() {
    PlantedData train = new PlantedData(PlantedData.scenes("train", 2));
    BadInputException e = assertThrows(BadInputException.class, () -> cue().ready(train));
    assertEquals(
        "cue location-prior: it is fitted on synthdrive/train and judged on synthdrive/train,"
            + " which both have frame train_000000_000; judge it on frames that it has not seen",
        e.getMessage());
  }

  @Test
  void otherClassesThanTheNetworksAreRefused() {
    PlacePrior prior = new PlacePrior(PlantedPath.space(2), 1, 1, new long[] {1, 1});
    PlantedPath network =
        PlantedPath.random(
            "model m", PlantedPath.site(PlantedPath.space(3), Form.LOGITS, 1, 1, 1, 1), 1);
    BadInputException e =
        assertThrows(BadInputException.class, () -> new LocationPrior.Path(1, prior, network));
    assertEquals(
        "cue location-prior: model m has 3 classes and the prior has 2; fit it on the dataset that"
            + " is judged",
        e.getMessage());
  }
}
