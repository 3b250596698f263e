package io.drivemark.reports.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.MiouDifference;
import io.drivemark.eval.runner.record.ModelFacts;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.record.detail.Lineage;
import io.drivemark.reports.SyntheticStudy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FamilyTest {
  private static final String PARENT = "anet-toy";

  @TempDir java.nio.file.Path folder;

  @Test
  void changesAreRelativeToTheParent() {
    Family family =
        family(dense(0.70, 40, 1e6), pruned("anet-toy-filter-l1-60", "filter", "l1", 0.69, 30, 6e5))
            .get(0);
    Variant v = family.variants().get(0);
    assertEquals("filter-l1-60", v.shortLabel());
    assertEquals(-0.01, v.changes().accuracy().orElseThrow(), 1e-12);
    assertEquals(-0.4, v.changes().macs().orElseThrow(), 1e-12);
    assertEquals(-0.4, v.changes().params().orElseThrow(), 1e-12);
    double latency = v.changes().engineLatency().orElseThrow();
    assertEquals(-0.25, latency, 0.01);
    assertEquals(latency / -0.4, v.changes().clockShare().orElseThrow(), 1e-12);
    assertFalse(v.tiesParent());
    assertEquals(List.of(), family.remarks());
  }

  @Test
  void whereNextToNothingWasSavedTheClockHasNothingToFollow() {
    Family family =
        family(dense(0.70, 40, 1e6), pruned("a", "filter", "l1", 0.70, 40, 0.99e6)).get(0);
    assertEquals(OptionalDouble.empty(), family.variants().get(0).changes().clockShare());
    assertTrue(family.variants().get(0).tiesParent());
  }

  @Test
  void whatThePlanPredictedAndMeasuredIsReadFromTheModelsNotes() {
    Entry entry = pruned("a", "layer", "l1", 0.69, 30, 6e5);
    Entry planned =
        noted(entry, Map.of("latency-predicted", "0.6123", "latency-measured", "none of it"));
    Variant variant = family(dense(0.7, 40, 1e6), planned).get(0).variants().get(0);
    assertEquals(OptionalDouble.of(0.6123), variant.planned("latency-predicted"));
    assertEquals(OptionalDouble.empty(), variant.planned("latency-measured"));
    assertEquals(OptionalDouble.empty(), variant.planned("latency-band"));
  }

  /** Masks before tuning are a state on the way, not a recipe to win against. */
  @Test
  void whatMasksLeftBeforeTuningCompetesWithNone() {
    Entry masked =
        joint(pruned("masked", "joint", "l1", 0.05, 30, 6e5), Map.of("tune-epochs", "0"));
    Entry tuned =
        joint(
            pruned("tuned", "joint", "l1", 0.65, 30, 6e5, difference("masked", 0.6, 0.5, 0.7)),
            Map.of("tune-epochs", "5"));
    List<Variant> variants = family(dense(0.70, 40, 1e6), masked, tuned).get(0).variants();
    assertEquals("fine-tuned, 5 epochs before the cut", variants.get(0).training());
    assertEquals("fine-tuned, 5 epochs before the cut, 5 after it", variants.get(1).training());
    assertEquals("fine-tuned, 10 epochs", variants.get(1).wholeTraining());
    assertEquals("joint, l1, penalty macs", variants.get(1).recipe());
    assertEquals(
        List.of(), EqualLatency.verdicts(family(dense(0.70, 40, 1e6), masked, tuned).get(0)));
  }

  @Test
  void dynamicRecipesSayWhatIsNotUsual() {
    Entry gates = pruned("g", "dynamic", "l1", 0.65, 30, 6e5);
    Map<String, String> usual =
        Map.of("gate-head", "standardised", "gate-mode", "decoupled", "gate-unit", "16");
    assertEquals("dynamic, l1, unit 16", recipe(noted(gates, usual)));
    Map<String, String> other =
        Map.of("gate-head", "published-max", "gate-mode", "joint", "gate-target", "uniform");
    assertEquals(
        "dynamic, l1, published-max heads, joint mode, uniform target",
        recipe(noted(gates, other)));
    assertEquals(
        "dynamic, l1, constant gates",
        recipe(noted(gates, Map.of("gate-constant", "true", "gate-head", "published-max"))));
  }

  private static String recipe(Entry entry) {
    return family(dense(0.70, 40, 1e6), entry).get(0).variants().get(0).recipe();
  }

  private static Entry joint(Entry entry, Map<String, String> tuning) {
    Map<String, String> notes = new TreeMap<>(tuning);
    notes.put("mask-penalty", "macs");
    notes.put("mask-epochs", "5");
    Lineage lineage =
        new Lineage(
            "",
            "macs=0.6",
            "1",
            Optional.of(new Lineage.Training(5, false, "a recipe")),
            List.of(),
            List.of());
    return noted(entry.withModel(facts(entry, "joint", "l1", lineage)), notes);
  }

  private static Entry noted(Entry entry, Map<String, String> notes) {
    ModelFacts m = entry.model();
    return entry.withModel(
        new ModelFacts(
            m.name(),
            m.architecture(),
            m.technique(),
            m.parent(),
            m.criterion(),
            m.labels(),
            m.digest(),
            m.options(),
            notes,
            m.lineage()));
  }

  @Test
  void anAbsentParentIsSaid() {
    Family family = family(pruned("a", "filter", "l1", 0.69, 30, 6e5)).get(0);
    assertEquals(
        List.of(
            "anet-toy is not among the models of this study, so what pruning changed cannot be"
                + " said; add it to the study's models."),
        family.remarks());
    assertEquals(OptionalDouble.empty(), family.variants().get(0).changes().accuracy());
    assertEquals("a", family.variants().get(0).shortLabel());
  }

  @Test
  void aParentWithOtherWeightsIsSaid() {
    Entry variant = pruned("a", "filter", "l1", 0.69, 30, 6e5);
    Lineage other = new Lineage("ffff", "macs=0.6", "1", Optional.empty(), List.of(), List.of());
    Family family =
        family(dense(0.7, 40, 1e6), variant.withModel(facts(variant, "filter", "l1", other)))
            .get(0);
    assertEquals(
        List.of(
            "a was pruned from another anet-toy than this study's, with other weights: its changes"
                + " are not pruning's alone."),
        family.remarks());
  }

  @Test
  void aSureDifferenceAtEqualLatencyIsAVerdict() {
    Family family =
        family(
                dense(0.70, 40, 1e6),
                pruned("f", "filter", "l1", 0.60, 30, 6e5),
                pruned("l", "layer", "l1", 0.65, 30, 6e5, difference("f", 0.05, 0.04, 0.06)))
            .get(0);
    assertEquals(
        List.of(
            "At 30.1 ms (equally fast: inside the A-A band of 1.5 %) layer, l1 wins: l has 65.00 %"
                + " mIoU, the best of another recipe, f (filter, l1), 60.00 %; the difference of 5.00"
                + " points on the same frames has a 95 % interval (widened for few clusters) of"
                + " +4.00 to +6.00 and p = 0.004."),
        EqualLatency.verdicts(family));
  }

  @Test
  void aDifferenceWhoseIntervalHoldsZeroIsATie() {
    Family family =
        family(
                dense(0.70, 40, 1e6),
                pruned("f", "filter", "l1", 0.66, 30, 6e5),
                pruned("l", "layer", "l1", 0.65, 30, 6e5, difference("f", -0.01, -0.03, 0.01)))
            .get(0);
    assertEquals(
        List.of(
            "At 30.1 ms (equally fast: inside the A-A band of 1.5 %) no pruning recipe wins: f has"
                + " 66.00 % mIoU (filter, l1), l 65.00 % (layer, l1); the difference of 1.00 points"
                + " on the same frames has a 95 % interval (widened for few clusters) of −1.00 to"
                + " +3.00 and p = 0.300."),
        EqualLatency.verdicts(family));
  }

  @Test
  void twoRecipesThatCameToTheSameAnswersAreSaidToBeAlike() {
    Family family =
        family(
                dense(0.70, 40, 1e6),
                pruned("f", "filter", "l1", 0.65, 30, 6e5),
                pruned("l", "layer", "l1", 0.65, 30, 6e5, difference("f", 0, -0.0, 0)))
            .get(0);
    assertEquals(
        List.of(
            "At 30.1 ms (equally fast: inside the A-A band of 1.5 %) no pruning recipe wins: f"
                + " (filter, l1) and l (layer, l1) have the same 65.00 % mIoU, whichever frames are"
                + " drawn."),
        EqualLatency.verdicts(family));
  }

  /** Of four drives the smallest p is 2/2⁴, so a difference of any size has no verdict. */
  @Test
  void ofTooFewClustersThatIsSaid() {
    Entry filter = pruned("f", "filter", "l1", 0.60, 30, 6e5);
    Entry layer = pruned("l", "layer", "l1", 0.65, 30, 6e5, tested(OptionalDouble.of(0.125)));
    assertEquals(
        List.of(
            "At 30.1 ms (equally fast: inside the A-A band of 1.5 %) no pruning recipe wins: l has"
                + " 65.00 % mIoU (layer, l1), f 60.00 % (filter, l1); the difference of 5.00 points"
                + " on the same frames has a 95 % interval (widened for few clusters) of +4.00 to"
                + " +6.00; too few clusters for a test (4, at least 6 are needed)."),
        EqualLatency.verdicts(
            family(dense(0.70, 40, 1e6), filter, SyntheticStudy.onDrives(layer, 4)).get(0)));
    Entry one = pruned("l", "layer", "l1", 0.65, 30, 6e5, tested(OptionalDouble.empty()));
    assertTrue(
        EqualLatency.verdicts(
                family(dense(0.70, 40, 1e6), filter, SyntheticStudy.onDrives(one, 1)).get(0))
            .get(0)
            .endsWith("; too few clusters for a test (1, at least 6 are needed)."));
  }

  /** Five points more than f, of which a test says this. */
  private static MiouDifference tested(OptionalDouble p) {
    OptionalDouble low = OptionalDouble.of(0.04);
    OptionalDouble high = OptionalDouble.of(0.06);
    return new MiouDifference("f", 0.05, low, high, low, high, p);
  }

  @Test
  void whereNothingIsEquallyFastItIsInterpolated() {
    Family family =
        family(
                dense(0.70, 40, 1e6),
                pruned("f", "filter", "l1", 0.60, 20, 4e5),
                pruned("l", "layer", "l1", 0.66, 30, 6e5))
            .get(0);
    List<String> verdicts = EqualLatency.verdicts(family);
    assertEquals(1, verdicts.size());
    assertTrue(
        verdicts
            .get(0)
            .matches(
                "No two pruning recipes are equally fast here\\. At the 30\\.. ms of l \\(layer,"
                    + " l1, 66\\.00 % mIoU\\) the line from f to anet-toy runs at 6[45]\\.\\d+ %:"
                    + " [01]\\.\\d+ points lower\\. An interpolated value has no interval, so this is"
                    + " a hint and no verdict\\."),
        verdicts.get(0));
  }

  @Test
  void aKindThatIsSlowerAndLessAccurateIsBeatenAsAWhole() {
    Entry slow = pruned("f", "filter", "l1", 0.60, 34, 4e5);
    Entry quick = pruned("g", "filter", "taylor-weight", 0.55, 32, 4e5);
    Family beaten =
        family(
                dense(0.70, 40, 1e6),
                slow,
                quick,
                pruned(
                    "l",
                    "layer",
                    "l1",
                    0.65,
                    30,
                    6e5,
                    difference("f", 0.05, 0.04, 0.06),
                    difference("g", 0.10, 0.08, 0.12)))
            .get(0);
    String verdict = EqualLatency.verdicts(beaten).get(0);
    assertTrue(
        verdict.matches(
            "By the clock layer pruning beats filter pruning here: each of the 2 filter-pruned"
                + " variants has a layer-pruned variant that is as fast or faster and more accurate\\."
                + " f, the best of them, is at 34\\.\\d ms and 60\\.00 %; l is at 30\\.\\d ms and 65\\.00 %,"
                + " \\+5\\.00 points \\(95 % interval \\+4\\.00 to \\+6\\.00, p = 0\\.008, adjusted for 2"
                + " comparisons\\)\\."),
        verdict);
  }

  @Test
  void oneVariantThatIsNotBeatenSavesItsKind() {
    Family family =
        family(
                dense(0.70, 40, 1e6),
                pruned("f", "filter", "l1", 0.60, 34, 4e5),
                pruned("g", "filter", "taylor-weight", 0.55, 20, 4e5),
                pruned(
                    "l",
                    "layer",
                    "l1",
                    0.65,
                    30,
                    6e5,
                    difference("f", 0.05, 0.04, 0.06),
                    difference("g", 0.10, 0.08, 0.12)))
            .get(0);
    assertTrue(EqualLatency.verdicts(family).stream().noneMatch(v -> v.startsWith("By the clock")));
  }

  @Test
  void theParentTrainedFurtherIsNoWayOfPruning() {
    Family family =
        family(
                dense(0.70, 40, 1e6),
                pruned("f", "filter", "l1", 0.60, 40, 6e5),
                pruned("d", "dense", "none", 0.71, 40, 1e6))
            .get(0);
    assertFalse(family.variants().get(1).isPruned());
    assertEquals(List.of(), EqualLatency.verdicts(family));
  }

  @Test
  void oneWayAloneHasNoRival() {
    Family family =
        family(
                dense(0.70, 40, 1e6),
                pruned("f", "filter", "l1", 0.60, 20, 4e5),
                pruned("g", "filter", "l1", 0.66, 30, 6e5))
            .get(0);
    assertEquals(List.of(), EqualLatency.verdicts(family));
  }

  @Test
  void numbersCarryARealMinus() {
    assertEquals("−31.4", Numbers.change(-0.3141));
    assertEquals("+2.0", Numbers.change(0.02));
    assertEquals("0.0", Numbers.change(-0.0001));
    assertEquals("−1.20", Numbers.points(-0.012));
  }

  private static List<Family> family(Entry... entries) {
    StudyResult any = SyntheticStudy.result(List.of(entries));
    return Family.of(Board.of(any).get(0));
  }

  private static Entry dense(double miou, double ms, double macs) {
    return SyntheticStudy.entry(PARENT, "anet", Optional.empty(), "onnxruntime", miou, ms, macs);
  }

  private static MiouDifference difference(String from, double value, double low, double high) {
    OptionalDouble l = OptionalDouble.of(low);
    OptionalDouble h = OptionalDouble.of(high);
    double p = low > 0 || high < 0 ? 0.004 : 0.3;
    return new MiouDifference(from, value, l, h, l, h, OptionalDouble.of(p));
  }

  private static Entry pruned(
      String name,
      String technique,
      String criterion,
      double miou,
      double ms,
      double params,
      MiouDifference... differences) {
    Entry e =
        SyntheticStudy.entry(name, "anet", Optional.of(PARENT), "onnxruntime", miou, ms, params);
    Lineage lineage =
        new Lineage("0123456789abcdef", "macs=0.6", "1", Optional.empty(), List.of(), List.of());
    return SyntheticStudy.onDrives(e.withModel(facts(e, technique, criterion, lineage)), 12)
        .withDifferences(List.of(differences));
  }

  private static ModelFacts facts(Entry e, String technique, String criterion, Lineage lineage) {
    ModelFacts m = e.model();
    return new ModelFacts(
        m.name(),
        m.architecture(),
        technique,
        m.parent(),
        Optional.of(criterion),
        m.labels(),
        m.digest(),
        m.options(),
        m.provenance(),
        Optional.of(lineage));
  }
}
