package io.drivemark.eval.metrics.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.catalog.LabelSpaces;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.Maps;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.problem.BadInputException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("text")
class SafeMiouTest {
  private static final SeverityMatrix IDD_AW = SeverityMatrix.named("idd-aw");

  private static LabelSpace space(LabelTree tree) {
    return new LabelSpace(
        tree.name(),
        tree.classes().stream().map(c -> new LabelClass(c, 0, c, false, false)).toList());
  }

  private static ConfusionMatrix example() {
    LabelSpace space = space(IDD_AW.tree());
    long[][] counts = new long[26][27];
    put(space, counts, "person", "person", 60);
    put(space, counts, "person", "road", 40);
    put(space, counts, "road", "road", 500);
    put(space, counts, "road", "car", 20);
    put(space, counts, "car", "car", 90);
    put(space, counts, "car", "autorickshaw", 10);
    put(space, counts, "curb", "curb", 5);
    put(space, counts, "curb", "wall", 5);
    return ConfusionMatrix.of(space, counts);
  }

  private static void put(LabelSpace space, long[][] counts, String t, String p, long n) {
    counts[space.indexOf(t).orElseThrow()][space.indexOf(p).orElseThrow()] = n;
  }

  /** The example of the definition. */
  @Test
  void graveConfusionsCostMoreThanAMiss() {
    Map<String, MetricValue> iou = new SafeMiou(IDD_AW).iou(example());
    assertEquals(MetricValue.of(20.0 / 100), iou.get("person"));
    // A road pixel taken for a car: 500 − 20 of 560 pixels of road, car or both.
    assertEquals(MetricValue.of(480.0 / 560), iou.get("road"));
    assertEquals((90 - 10.0 / 3) / 120, iou.get("car").value().orElseThrow(), 1e-15);
    assertEquals(MetricValue.of(0.5), iou.get("curb"));
    assertFalse(iou.get("sky").isDefined());
    // 0.2, 480/560, 260/360 and 0.5, and 0 for autorickshaw and wall, predicted but never true.
    double sum = 0.2 + 480.0 / 560 + 260.0 / 360 + 0.5;
    assertEquals(sum / 6, new SafeMiou(IDD_AW).mean(example()).value().orElseThrow(), 1e-15);
    assertEquals(
        (0.2 + 260.0 / 360) / 3,
        new SafeMiou(IDD_AW).meanOfImportant(example()).value().orElseThrow(),
        1e-15);
  }

  @Test
  void theRefactoredMatrixForgivesThem() {
    Map<String, MetricValue> iou =
        new SafeMiou(SeverityMatrix.named("idd-aw-refactored")).iou(example());
    assertEquals(MetricValue.of(0.6), iou.get("person"));
    assertEquals(MetricValue.of(500.0 / 560), iou.get("road"));
  }

  /** The kit's hand-written lists are asymmetric; a tree cannot be. */
  @Test
  void shippedMatricesAreSymmetric() {
    for (String name : SeverityMatrix.SHIPPED) {
      SeverityMatrix m = SeverityMatrix.named(name);
      int k = m.tree().classes().size();
      for (int a = 0; a < k; a++) {
        assertEquals(0, m.severity(a, a), name);
        for (int b = 0; b < k; b++) {
          assertEquals(m.severity(a, b), m.severity(b, a), name + " " + a + " " + b);
          assertEquals(m.tree().distance(a, b), m.tree().distance(b, a));
        }
      }
      assertEquals(1, m.version(), name);
      assertEquals(name, m.name());
    }
    assertEquals(
        List.of(26, 16, 7),
        List.of(
            IDD_AW.tree().classes().size(),
            LabelTree.distinct(IDD_AW.tree().groups()).size(),
            LabelTree.distinct(IDD_AW.tree().families()).size()));
    // A pole and a curb are of one family, and neither is important.
    int pole = IDD_AW.tree().classes().indexOf("pole");
    int curb = IDD_AW.tree().classes().indexOf("curb");
    assertEquals(2, IDD_AW.tree().distance(pole, curb));
    assertEquals(0, IDD_AW.severity(pole, curb));
  }

  @Test
  void theTreeOfCityscapesHasItsClassesInOrder() {
    assertEquals(
        LabelSpaces.named("cityscapes-19").classNames(),
        LabelTree.named("cityscapes-19").classes());
    assertEquals(
        LabelSpaces.named("cityscapes-19").classes().stream().map(LabelClass::category).toList(),
        LabelTree.named("cityscapes-19").families());
  }

  /** Without severity, Safe IoU is IoU; with the gravest, all wrong is −1. */
  @Test
  void theRangeIsFromMinusOneToOne() {
    LabelTree tree =
        new LabelTree("two", List.of("c0", "c1"), List.of("a", "b"), List.of("x", "y"));
    SafeMiou grave =
        new SafeMiou(new SeverityMatrix("g", 1, tree, 1, List.of(1, 1, 1), Set.of("c0")));
    SafeMiou mild =
        new SafeMiou(new SeverityMatrix("m", 1, tree, 1, List.of(0, 0, 0), Set.of("c0")));
    ConfusionMatrix wrong = ConfusionMatrix.of(Maps.space(2), new long[][] {{0, 7, 0}, {0, 0, 0}});
    ConfusionMatrix right = ConfusionMatrix.of(Maps.space(2), new long[][] {{3, 0, 0}, {0, 4, 0}});
    ConfusionMatrix missed = ConfusionMatrix.of(Maps.space(2), new long[][] {{3, 0, 1}, {0, 4, 0}});
    assertEquals(MetricValue.of(-1), grave.iou(wrong).get("c0"));
    assertEquals(MetricValue.of(0), mild.iou(wrong).get("c0"));
    assertEquals(MetricValue.of(1), grave.mean(right));
    assertEquals(MetricValue.of(0.75), grave.iou(missed).get("c0"));
  }

  @Test
  void whatDoesNotFitIsNamed() {
    assertEquals(
        "no severity matrix is called 'idd-a' (did you mean 'idd-aw'?); known: idd-aw,"
            + " idd-aw-refactored, cityscapes, camvid, or the path of a .yaml file",
        assertThrows(BadInputException.class, () -> SeverityMatrix.named("idd-a")).getMessage());
    assertEquals(
        "label tree idd-level3: its classes are not those of test-3; map the labels onto"
            + " idd-level3 first",
        assertThrows(
                BadInputException.class,
                () -> new SafeMiou(IDD_AW).mean(ConfusionMatrix.empty(Maps.space(3))))
            .getMessage());
    LabelTree tree = new LabelTree("t", List.of("c0"), List.of("a"), List.of("x"));
    assertEquals(
        "severity matrix s: 'c9' is no class of t (did you mean 'c0'?)",
        assertThrows(
                IllegalArgumentException.class,
                () -> new SeverityMatrix("s", 1, tree, 1, List.of(0, 0, 0), Set.of("c9")))
            .getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> new SeverityMatrix("s", 1, tree, 1, List.of(0, 0, 2), Set.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new LabelTree("t", List.of("a", "b"), List.of("g", "g"), List.of("x", "y")));
  }
}
