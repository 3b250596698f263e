package io.drivemark.eval.runner.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.LabelsHead.Form;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelMapping;
import io.drivemark.datasets.catalog.LabelSpaces;
import io.drivemark.eval.runner.Yard;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Of two pixels each: scores are given output by output. */
class FirstLookTest {
  private static final LabelMapping SAME = LabelMapping.identity(Yard.SPACE);

  private static FirstLook look(Form declared, int outputs) {
    Shape shape = declared == Form.LABELS ? Shape.of(1, 1, 2) : Shape.of(1, outputs, 1, 2);
    return FirstLook.plain(declared, SAME, shape);
  }

  private static LabelMap seen(int first, int second) {
    return LabelMap.of(Yard.SPACE, 1, 2, new byte[] {(byte) first, (byte) second});
  }

  private static List<String> notes(
      Form declared, int outputs, LabelMap prediction, float... values) {
    FirstLook look = look(declared, outputs);
    look.take(0, FloatBuffer.wrap(values), prediction);
    return look.notes();
  }

  @Test
  void usualOutputsNeedNoNote() {
    assertEquals(List.of(), notes(Form.LOGITS, 3, seen(0, 1), 5, -1, 2, 3, -7, 0));
    assertEquals(
        List.of(), notes(Form.PROBABILITIES, 3, seen(0, 1), 0.5f, 0.2f, 0.3f, 0.6f, 0.2f, 0.2f));
    assertEquals(List.of(), notes(Form.LABELS, 1, seen(0, 2), 0, 2));
    assertEquals(List.of(), look(Form.LOGITS, 3).notes(), "no frame, no note");
  }

  @Test
  void probabilitiesAndOneHotLabelsAreNoLogits() {
    assertEquals(
        List.of(
            "the outputs sum to 1 at every pixel of the first frame: these are probabilities, not"
                + " logits; say output: probabilities in the model file"),
        notes(Form.LOGITS, 3, seen(0, 1), 0.5f, 0.2f, 0.3f, 0.6f, 0.2f, 0.2f));
    assertEquals(
        List.of(
            "one output is 1 and all others are 0 at every pixel of the first frame: these are"
                + " labels, one plane a class, not logits; the classes are read rightly, their"
                + " borders on another grid are not"),
        notes(Form.LOGITS, 3, seen(0, 1), 1, 0, 0, 1, 0, 0));
  }

  @Test
  void logitsAreNoProbabilities() {
    assertEquals(
        List.of(
            "outputs reach from -7.000 to 5.000 on the first frame: these are no probabilities; say output:"
                + " logits in the model file"),
        notes(Form.PROBABILITIES, 3, seen(0, 1), 5, -1, 2, 3, -7, 0));
  }

  @Test
  void outputsThatAreAllEqualTellNothing() {
    assertEquals(
        List.of(
            "all outputs have the same value at every pixel of the first frame: the network tells"
                + " no classes apart, so its weights or its input are wrong",
            "every pixel of the first frame is 'ground': look at the pictures, and at mean, std,"
                + " channels and labels of the model"),
        notes(Form.LOGITS, 3, seen(0, 0), 4, 2, 4, 2, 4, 2));
  }

  @Test
  void constantFramesAreCounted() {
    FirstLook look = look(Form.LOGITS, 3);
    FloatBuffer scores = FloatBuffer.wrap(new float[] {5, -1, 2, 3, -7, 0});
    look.take(2, scores, seen(1, 1));
    look.take(0, scores, seen(1, 1));
    look.take(1, scores, seen(0, 1));
    assertEquals(
        List.of(
            "every pixel of 2 of the first 3 frames is 'bush': look at the pictures, and at mean,"
                + " std, channels and labels of the model"),
        look.notes());
  }

  @Test
  void voidIsExplainedByOutputsWithoutAClassAndByTheMapping() {
    assertEquals(
        List.of(
            "50.0 % of the pixels of the first frame are predicted as void: outputs beyond the"
                + " model's 3 classes took 50.0 % (output 3)"),
        notes(Form.LOGITS, 4, seen(0, 255), 5, -1, 2, 3, -7, 0, 1, 9));
    assertEquals(
        List.of(
            "50.0 % of the pixels of the first frame are predicted as void: outputs beyond the"
                + " model's 3 classes took 50.0 % (output 200)"),
        notes(Form.LABELS, 1, seen(0, 255), 0, 200));
    LabelMapping dropping =
        LabelMapping.of(
            "fewer",
            Yard.SPACE,
            LabelSpaces.named("camvid-11"),
            Map.of("ground", "Road", "bush", "void", "person", "Pedestrian"));
    FirstLook look = FirstLook.plain(Form.LOGITS, dropping, Shape.of(1, 3, 1, 2));
    look.take(
        0,
        FloatBuffer.wrap(new float[] {5, -1, 2, 3, -7, 0}),
        LabelMap.of(LabelSpaces.named("camvid-11"), 1, 2, new byte[] {3, (byte) 255}));
    assertEquals(
        List.of(
            "50.0 % of the pixels of the first frame are predicted as void: mapping fewer makes"
                + " classes void ('bush' 50.0 %)"),
        look.notes());
  }

  @Test
  void aTenthOfVoidIsUsual() {
    FirstLook look = FirstLook.plain(Form.LABELS, SAME, Shape.of(1, 1, 10));
    float[] labels = {0, 1, 0, 1, 0, 1, 0, 1, 0, 7};
    byte[] map = {0, 1, 0, 1, 0, 1, 0, 1, 0, (byte) 255};
    look.take(0, FloatBuffer.wrap(labels), LabelMap.of(Yard.SPACE, 1, 10, map));
    assertEquals(List.of(), look.notes());
  }
}
