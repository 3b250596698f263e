package io.drivemark.architectures.head;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.HeadSite.Classes;
import io.drivemark.architectures.head.HeadSite.Extents;
import io.drivemark.architectures.head.LabelsHead.Form;
import io.drivemark.architectures.labelling.Grid;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelMapping;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.problem.BadInputException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Probabilities of two classes, by hand. */
class LabelConfidenceTest {
  private static final LabelSpace TWO =
      new LabelSpace(
          "two",
          List.of(
              new LabelClass("road", 0, "road", false, false),
              new LabelClass("rest", 1, "rest", false, false)));

  private static HeadSite site(Form form, OptionalDouble threshold, Grid grid, Shape shape) {
    return site(form, threshold, grid, shape, false);
  }

  private static HeadSite site(
      Form form, OptionalDouble threshold, Grid grid, Shape shape, boolean last) {
    Optional<Channels> channels =
        form == Form.LABELS
            ? Optional.empty()
            : Channels.of(form, threshold, TWO, shape.extent(last ? 3 : 1));
    Extents size = new Extents(1, 4);
    return new HeadSite(
        "model m, head h",
        shape,
        size,
        size,
        Optional.of(new Classes(LabelMapping.identity(TWO), TWO, grid, channels, last)));
  }

  private static HeadSite usual(Form form, Shape shape) {
    return site(form, OptionalDouble.empty(), Grid.LOGITS_BILINEAR, shape);
  }

  private static char[] of(HeadSite site, Form form, byte[] labels, float... scores) {
    return new LabelConfidence(site, form)
        .of(FloatBuffer.wrap(scores), LabelMap.of(TWO, 1, labels.length, labels));
  }

  /** Upsampled the logits are 1 and 0, .75 and .25, .25 and .75, 0 and 1. */
  @Test
  void softmaxIsTakenWhereLabelsAre() {
    char[] expected = {47910, 40793, 40793, 47910};
    byte[] labels = {0, 0, 1, 1};
    assertArrayEquals(
        expected, of(usual(Form.LOGITS, Shape.of(1, 2, 1, 2)), Form.LOGITS, labels, 1, 0, 0, 1));
    HeadSite last =
        site(Form.LOGITS, OptionalDouble.empty(), Grid.LOGITS_BILINEAR, Shape.of(1, 1, 2, 2), true);
    assertArrayEquals(expected, of(last, Form.LOGITS, labels, 1, 0, 0, 1));
  }

  @Test
  void probabilitiesAreTakenAsTheyAre() {
    assertArrayEquals(
        new char[] {49151, 65535},
        of(
            usual(Form.PROBABILITIES, Shape.of(1, 2, 1, 2)),
            Form.PROBABILITIES,
            new byte[] {0, 1},
            0.75f,
            0,
            0.25f,
            1));
  }

  @Test
  void whatMeansNoClassCountsAsVoid() {
    float[] logits = {0, 0, (float) Math.log(2)}; // the third channel is beyond the classes
    HeadSite site = usual(Form.LOGITS, Shape.of(1, 3, 1, 1));
    assertArrayEquals(new char[] {32768}, of(site, Form.LOGITS, new byte[] {(byte) 255}, logits));
    assertArrayEquals(new char[] {16384}, of(site, Form.LOGITS, new byte[] {1}, logits));
  }

  private static String refusal(HeadSite site, Form form) {
    return assertThrows(BadInputException.class, () -> new LabelConfidence(site, form))
        .getMessage();
  }

  @Test
  void labelsThatCannotSayHowSureTheyAreAreRefused() {
    Shape shape = Shape.of(1, 2, 1, 2);
    assertEquals(
        "model m, head h: gives labels without scores, which do not say how sure they are; expected"
            + " scores of classes",
        refusal(usual(Form.LABELS, Shape.of(1, 1, 1, 2)), Form.LABELS));
    assertEquals(
        "model m, head h: judges each class by itself, so that probabilities of classes do not add"
            + " up; expected scores of which the largest wins",
        refusal(
            site(Form.LOGITS, OptionalDouble.of(0.5), Grid.LOGITS_BILINEAR, shape), Form.LOGITS));
    assertEquals(
        "model m, head h: under grid labels-nearest labels are repeated, and no score belongs to a"
            + " pixel; say grid: logits-bilinear",
        refusal(
            site(Form.LOGITS, OptionalDouble.empty(), Grid.LABELS_NEAREST, shape), Form.LOGITS));
  }

  @Test
  void logitsThatAreCalledProbabilitiesAreRefused() {
    assertEquals(
        "model m, head h: at row 0, column 1 the probability of the predicted class is 3.0,"
            + " expected 0 to 1; where the output is logits, say so in the model file",
        assertThrows(
                BadInputException.class,
                () ->
                    of(
                        usual(Form.PROBABILITIES, Shape.of(1, 2, 1, 2)),
                        Form.PROBABILITIES,
                        new byte[] {0, 1},
                        1,
                        -2,
                        0,
                        3))
            .getMessage());
  }
}
