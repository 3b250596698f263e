package io.drivemark.architectures.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.Port;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.LabelsHead.Form;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.architectures.model.ModelSpec.Variant;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which output becomes labels and where its channels lie. */
class OutputChoiceTest {
  private static final int FREE = Shape.UNKNOWN;

  private static LabelSpace space(int classes) {
    List<LabelClass> all = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      all.add(new LabelClass("c" + c, c, "", false, false));
    }
    return new LabelSpace("some-" + classes, all);
  }

  private static ModelSpec spec(LabelSpace space, Form output) {
    return new ModelSpec(
        "theirs",
        "foreign",
        Map.of(),
        InputSpec.IMAGENET,
        space,
        output,
        Variant.DENSE,
        Map.of(),
        new Wiring(
            Optional.empty(),
            OptionalInt.empty(),
            Axes.BY_EXTENTS,
            Axes.BY_EXTENTS,
            OptionalDouble.empty(),
            1));
  }

  private static OutputChoice.Choice choose(int classes, int height, int width, Shape... shapes) {
    List<Port> ports = new ArrayList<>();
    for (int i = 0; i < shapes.length; i++) {
      ports.add(new Port("out" + i, "float32", shapes[i]));
    }
    LabelSpace space = space(classes);
    return OutputChoice.choose(
        "net.yaml: network theirs", spec(space, Form.LOGITS), space, ports, height, width);
  }

  @ParameterizedTest
  @CsvSource({
    "19, 512, 1024, 19, 128, 256, CHANNELS_FIRST",
    "19, 512, 1024, 128, 256, 19, CHANNELS_LAST",
    "11, 360, 480, 12, 45, 60, CHANNELS_FIRST",
    "11, 360, 480, 45, 60, 12, CHANNELS_LAST",
    "19, 512, 512, 19, 512, 512, CHANNELS_FIRST",
    "2, 572, 572, 2, 388, 388, CHANNELS_FIRST",
    "5, -1, -1, 5, -1, -1, CHANNELS_FIRST",
    "5, -1, -1, -1, -1, 5, CHANNELS_LAST",
    "5, 48, 64, 5, -1, -1, BY_EXTENTS",
    "5, -1, -1, -1, -1, -1, BY_EXTENTS"
  })
  void extentsTell(int classes, int height, int width, int a, int b, int c, Axes axes) {
    assertEquals(axes, choose(classes, height, width, Shape.of(1, a, b, c)).axes());
  }

  @ParameterizedTest
  @CsvSource({
    "48, 48, 64, 48, 64, 48", // classes equal the height, channels last
    "48, 48, 64, 48, 48, 64", // and first
    "64, 48, 64, 64, 48, 64", // the width
    "5, 5, 5, 5, 5, 5",
    "5, 7, 7, 7, 7, 7" // more outputs than classes in either order
  })
  void whatTheyDoNotTellIsRefused(int classes, int height, int width, int a, int b, int c) {
    BadInputException e =
        assertThrows(
            BadInputException.class, () -> choose(classes, height, width, Shape.of(1, a, b, c)));
    assertEquals(
        "net.yaml: network theirs answers with out0 float32 [1, %d, %d, %d], and some-%d has %d"
                .formatted(a, b, c, classes, classes)
            + " classes: its extents do not tell where the channels lie. Add the line that holds to"
            + " the model file:\n  layout: {output: channels-first}\n  layout: {output:"
            + " channels-last}",
        e.getMessage());
  }

  @Test
  void noOutputThatCanBeLabelsIsRefusedWithAll() {
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> choose(5, 48, 64, Shape.of(1, 1, 48, 64), Shape.of(1, 1000)));
    assertEquals(
        "net.yaml: network theirs has 2 outputs (out0 float32 [1, 1, 48, 64], out1 float32 [1,"
            + " 1000]), none of which can be scores of some-5's 5 classes; check 'labels' and"
            + " 'output' of the model file",
        e.getMessage());
  }

  @Test
  void ofScoresAndFeaturesThoseWithAChannelForEachClassAreTaken() {
    OutputChoice.Choice choice =
        choose(19, 512, 1024, Shape.of(1, 64, 64, 128), Shape.of(1, 19, 64, 128));
    assertEquals(1, choice.index());
    assertEquals(
        "the only one of 2 outputs that can be scores of some-19's 19 classes", choice.why());
  }

  /** Networks of all orders, sizes, strides and surplus outputs: read as they are, or refused. */
  @Test
  void noNetworkIsEverReadOtherwiseThanItIs() {
    long seed = 20260;
    Random random = new Random(seed);
    int decided = 0;
    int cases = 20_000;
    for (int i = 0; i < cases; i++) {
      int stride = 1 << random.nextInt(4);
      int height = stride * (1 + random.nextInt(24)) - random.nextInt(stride);
      int width = stride * (1 + random.nextInt(24)) - random.nextInt(stride);
      int classes = 2 + random.nextInt(20);
      int outputs = classes + (random.nextInt(3) == 0 ? random.nextInt(4) : 0);
      int h = (height + stride - 1) / stride;
      int w = (width + stride - 1) / stride;
      boolean last = random.nextBoolean();
      Shape shape = last ? Shape.of(1, h, w, outputs) : Shape.of(1, outputs, h, w);
      String what = "seed " + seed + ", case " + i + ": " + shape + " of " + height + "x" + width;
      Axes read;
      try {
        read = choose(classes, height, width, shape).axes();
      } catch (BadInputException e) {
        assertTrue(e.getMessage().contains("layout: {output: channels-last}"), what);
        continue;
      }
      assertEquals(
          last ? Axes.CHANNELS_LAST : Axes.CHANNELS_FIRST,
          read,
          what + ", " + classes + " classes");
      decided++;
    }
    assertTrue(decided > cases / 2, decided + " decided");
  }

  @Test
  void labelsMayHaveAChannelAtEitherEnd() {
    LabelSpace space = space(5);
    ModelSpec spec = spec(space, Form.LABELS);
    for (Object[] row :
        new Object[][] {
          {Shape.of(1, 48, 64), Axes.CHANNELS_FIRST},
          {Shape.of(1, 1, 48, 64), Axes.CHANNELS_FIRST},
          {Shape.of(1, 48, 64, 1), Axes.CHANNELS_LAST},
          {Shape.of(1, FREE, FREE, 1), Axes.CHANNELS_LAST}
        }) {
      Port port = new Port("labels", "int64", (Shape) row[0]);
      assertEquals(
          row[1],
          OutputChoice.choose("net", spec, space, List.of(port), 48, 64).axes(),
          row[0].toString());
    }
  }
}
