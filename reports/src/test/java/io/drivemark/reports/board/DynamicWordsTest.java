package io.drivemark.reports.board;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.eval.decide.Candidate;
import io.drivemark.eval.decide.PairedDifference;
import io.drivemark.eval.decide.StaticTwins;
import io.drivemark.eval.decide.StaticTwins.Kind;
import io.drivemark.eval.decide.StaticTwins.Twin;
import io.drivemark.eval.decide.StaticTwins.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class DynamicWordsTest {
  private static final OptionalDouble NONE = OptionalDouble.empty();

  private static Candidate network(int number) {
    return new Candidate(number, OptionalDouble.of(0.5), Optional.empty());
  }

  private static Twin twin(Verdict verdict, int clusters) {
    return new Twin(
        network(1),
        Kind.FILTER,
        true,
        true,
        NONE,
        NONE,
        Optional.of(
            new PairedDifference(
                0.05, NONE, NONE, OptionalDouble.of(0.125), Optional.of(clusters))),
        verdict);
  }

  @Test
  void whereNoClaimCouldBeMadeThatIsTheReason() {
    Twin twin = twin(Verdict.TOO_FEW, 4);
    assertEquals("too few clusters for a test: 4", DynamicWords.verdict(twin));
    assertEquals(
        "Against the one static network of equal cost or latency gated is neither more nor less"
            + " accurate beyond chance: too few clusters for a test (4, at least 7 are needed).",
        DynamicWords.summary("gated", new StaticTwins.Row(network(0), List.of(twin), 2)));
  }

  @Test
  void whereAClaimCouldHaveBeenMadeNothingIsSaidOfClusters() {
    Twin twin = twin(Verdict.UNDECIDED, 12);
    assertEquals("may be chance", DynamicWords.verdict(twin));
    assertEquals(
        "Against the one static network of equal cost or latency gated is neither more nor less"
            + " accurate beyond chance.",
        DynamicWords.summary("gated", new StaticTwins.Row(network(0), List.of(twin), 2)));
  }
}
