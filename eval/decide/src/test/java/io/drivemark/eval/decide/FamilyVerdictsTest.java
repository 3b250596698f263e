package io.drivemark.eval.decide;

import static io.drivemark.eval.decide.Candidates.variant;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class FamilyVerdictsTest {
  private static FamilyVerdicts of(double p, VariantCandidate... variants) {
    return of(Optional.empty(), p, variants);
  }

  /** Every pair's difference has this p. */
  private static FamilyVerdicts of(
      Optional<Candidate> parent, double p, VariantCandidate... variants) {
    List<VariantCandidate> all = List.of(variants);
    List<Candidate> candidates =
        java.util.stream.Stream.concat(
                parent.stream(), all.stream().map(VariantCandidate::candidate))
            .toList();
    return FamilyVerdicts.of(
        Standing.of(candidates),
        parent,
        all,
        (a, b) -> {
          double gap = a.candidate().value().getAsDouble() - b.candidate().value().getAsDouble();
          return Optional.of(
              new PairedDifference(
                  gap,
                  OptionalDouble.of(gap - 0.01),
                  OptionalDouble.of(gap + 0.01),
                  OptionalDouble.of(p)));
        });
  }

  @Test
  void aSureDifferenceAtEqualSpeedIsAWin() {
    VariantCandidate f = variant(0, "filter", "filter, l1", 0.60, 30);
    VariantCandidate l = variant(1, "layer", "layer, l1", 0.65, 30.1);
    FamilyVerdicts verdicts = of(0.01, f, l);
    GroupVerdict group = verdicts.groups().get(0);
    assertEquals(Optional.of(l), group.winner());
    assertEquals(0.05, group.best().difference().get().value(), 1e-12);
    assertEquals(OptionalDouble.of(0.01), group.best().adjustedP());
    assertEquals(1, verdicts.adjustedFor());
    assertEquals(Optional.empty(), verdicts.technique(), "the pair says it all");
  }

  /** What suffices for one pair does not where several could have been claimed. */
  @Test
  void pIsAdjustedForAllPairsAClaimCouldBeMadeOf() {
    VariantCandidate f = variant(0, "filter", "filter, l1", 0.60, 30);
    VariantCandidate g = variant(1, "filter", "filter, taylor", 0.61, 30);
    VariantCandidate l = variant(2, "layer", "layer, l1", 0.65, 30);
    FamilyVerdicts verdicts = of(0.02, f, g, l);
    assertEquals(3, verdicts.adjustedFor());
    assertEquals(0.06, verdicts.groups().get(0).best().adjustedP().getAsDouble(), 1e-12);
    assertEquals(Optional.empty(), verdicts.groups().get(0).winner());
    assertEquals(Optional.of(l), of(0.016, f, g, l).groups().get(0).winner());
  }

  @Test
  void withoutATestThereIsNoClaim() {
    VariantCandidate f = variant(0, "filter", "filter, l1", 0.20, 30);
    VariantCandidate l = variant(1, "layer", "layer, l1", 0.65, 20);
    FamilyVerdicts verdicts =
        FamilyVerdicts.of(
            Standing.of(List.of(f.candidate(), l.candidate())),
            Optional.empty(),
            List.of(f, l),
            (a, b) -> Optional.empty());
    assertEquals(Optional.empty(), verdicts.technique());
    assertEquals(0, verdicts.adjustedFor());
  }

  @Test
  void aTechniqueWhoseEveryVariantIsBeatenIsBeaten() {
    VariantCandidate f = variant(0, "filter", "filter, l1", 0.60, 34);
    VariantCandidate g = variant(1, "filter", "filter, taylor", 0.55, 32);
    VariantCandidate l = variant(2, "layer", "layer, l1", 0.65, 30);
    TechniqueVerdict verdict = of(0.01, f, g, l).technique().orElseThrow();
    assertEquals("layer", verdict.winner());
    assertEquals("filter", verdict.loser());
    assertEquals(2, verdict.matches().size());
    assertEquals(f, verdict.closest().worse());
    assertEquals(l, verdict.closest().better());
  }

  @Test
  void oneFasterVariantSavesItsTechnique() {
    VariantCandidate f = variant(0, "filter", "filter, l1", 0.60, 34);
    VariantCandidate g = variant(1, "filter", "filter, taylor", 0.55, 20);
    VariantCandidate l = variant(2, "layer", "layer, l1", 0.65, 30);
    assertEquals(Optional.empty(), of(0.001, f, g, l).technique());
  }

  @Test
  void aControlFromRandomWeightsIsNoTechnique() {
    VariantCandidate f = variant(0, "filter", "filter, l1", 0.60, 34);
    VariantCandidate l =
        new VariantCandidate(
            Candidates.of(1, 0.65, 30), "layer", "layer, l1, random weights", true);
    FamilyVerdicts verdicts = of(0.001, f, l);
    assertEquals(Optional.empty(), verdicts.technique());
    assertTrue(verdicts.isContested());
  }

  @Test
  void whereNothingIsEquallyFastTheLineBetweenNeighboursIsAHint() {
    Candidate parent = Candidates.of(0, 0.70, 40);
    VariantCandidate f = variant(1, "filter", "filter, l1", 0.60, 20);
    VariantCandidate l = variant(2, "layer", "layer, l1", 0.66, 30);
    Interpolation hint = of(Optional.of(parent), 0.9, f, l).interpolation().orElseThrow();
    assertEquals(l, hint.variant());
    assertEquals(f.candidate(), hint.faster());
    assertEquals(parent, hint.slower());
    assertEquals(0.65, hint.lineValue(), 1e-12);
  }

  @Test
  void oneRecipeAloneHasNoRival() {
    FamilyVerdicts verdicts =
        of(
            0.001,
            variant(0, "filter", "filter, l1", 0.60, 30),
            variant(1, "filter", "filter, l1", 0.66, 30));
    assertFalse(verdicts.isContested());
    assertEquals(List.of(), verdicts.groups());
    assertEquals(Optional.empty(), verdicts.interpolation());
  }

  /** Who is not equally fast is compared only across techniques: fewer pairs, fewer adjustments. */
  @Test
  void recipesOfOneTechniqueAreComparedAtEqualSpeedAlone() {
    VariantCandidate f = variant(0, "filter", "filter, l1", 0.60, 20);
    VariantCandidate g = variant(1, "filter", "filter, taylor", 0.65, 30);
    VariantCandidate h = variant(2, "filter", "filter, fpgm", 0.70, 30.1);
    FamilyVerdicts verdicts = of(0.01, f, g, h);
    assertEquals(1, verdicts.adjustedFor());
    assertEquals(1, verdicts.groups().size());
    assertEquals(List.of(g, h), verdicts.groups().get(0).group());
  }

  /** The fastest of the two techniques is the one that loses. */
  @Test
  void theTechniqueOfTheFastestMayBeBeatenByOneThatTies() {
    VariantCandidate f = variant(0, "filter", "filter, l1", 0.55, 30);
    VariantCandidate l = variant(1, "layer", "layer, l1", 0.65, 30.1);
    VariantCandidate m = variant(2, "layer", "layer, l2", 0.70, 30.2);
    VariantCandidate g = variant(3, "filter", "filter, l1", 0.60, 34);
    TechniqueVerdict verdict = of(0.001, g, m, l, f).technique().orElseThrow();
    assertEquals("layer", verdict.winner());
    assertEquals(
        List.of(m, m), verdict.matches().stream().map(Comparison::better).toList(), "the best");
  }

  @Test
  void aVariantOnAnotherMachineIsNotInTheFamily() {
    VariantCandidate f = variant(0, "filter", "filter, l1", 0.60, 30);
    VariantCandidate l = variant(1, "layer", "layer, l1", 0.65, 30);
    VariantCandidate away =
        new VariantCandidate(
            new Candidate(
                2, OptionalDouble.of(0.9), Optional.of(Candidates.timing("other", "r", 20, 30))),
            "layer",
            "layer, l2",
            false);
    FamilyVerdicts verdicts = of(0.01, f, away, l);
    assertEquals(1, verdicts.adjustedFor());
    assertEquals(Optional.of(l), verdicts.groups().get(0).winner());
  }

  /**
   * Of several that lie between others, the most accurate one; its nearest neighbours make the
   * line.
   */
  @Test
  void theHintIsOnTheMostAccurateAndItsNearestNeighbours() {
    Candidate parent = Candidates.of(0, 0.80, 60);
    VariantCandidate slowest = variant(1, "filter", "filter, l1", 0.62, 50);
    VariantCandidate near = variant(2, "filter", "filter, l1", 0.60, 20);
    VariantCandidate far = variant(3, "filter", "filter, l1", 0.50, 10);
    VariantCandidate low = variant(4, "layer", "layer, l1", 0.55, 15);
    VariantCandidate high = variant(5, "layer", "layer, l1", 0.70, 35);
    Interpolation hint =
        of(Optional.of(parent), 0.9, low, slowest, near, far, high).interpolation().orElseThrow();
    assertEquals(high, hint.variant());
    assertEquals(35, hint.atMs(), 0);
    assertEquals(near.candidate(), hint.faster());
    assertEquals(slowest.candidate(), hint.slower());
    assertEquals(0.61, hint.lineValue(), 1e-12);
  }

  @Test
  void groupsComeFastestFirstInWhateverOrderTheirVariantsAre() {
    VariantCandidate f = variant(0, "filter", "filter, l1", 0.60, 40);
    VariantCandidate l = variant(1, "layer", "layer, l1", 0.65, 40.1);
    VariantCandidate g = variant(2, "filter", "filter, l1", 0.50, 20);
    VariantCandidate m = variant(3, "layer", "layer, l1", 0.55, 20.1);
    assertEquals(
        List.of(List.of(g, m), List.of(f, l)),
        of(0.001, l, m, f, g).groups().stream().map(GroupVerdict::group).toList());
  }
}
