package io.drivemark.eval.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.eval.decide.OperatorShares.Keeper;
import io.drivemark.eval.decide.OperatorShares.Share;
import io.drivemark.eval.runner.record.Speed.OperatorTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class OperatorSharesTest {
  private final OperatorShares parent =
      of(time("a", "convolution", 6, 600), time("b", "convolution", 2, 400), time("c", "pool", 2));

  @Test
  void sharesAddUpAndTheLongestComesFirst() {
    assertEquals(List.of("convolution", "pool"), names(parent.kinds()));
    assertEquals(0.8, parent.kinds().get(0).time(), 1e-12);
    assertEquals(1, parent.kinds().get(0).macs(), 1e-12);
    assertEquals("a", parent.operators().get(0).name());
    assertEquals(Optional.empty(), OperatorShares.of("idle", List.of(time("a", "pool", 0))));
  }

  /** Half the work: the convolutions halve as well, the pool stays, a reordering is new. */
  @Test
  void whatDidNotFallWithTheCalculationKeepsTheTime() {
    OperatorShares now =
        of(
            time("a", "convolution", 3, 300),
            time("b", "convolution", 1, 200),
            time("c", "pool", 2),
            time("r", "reordering", 3));
    List<Keeper> keepers = now.keepers(parent, 0.5);
    assertEquals(List.of("reordering", "pool"), names(keepers.stream().map(Keeper::kind).toList()));
    assertEquals(OptionalDouble.empty(), keepers.get(0).change());
    assertEquals(OptionalDouble.of(0), keepers.get(1).change());
    assertEquals("r", keepers.get(0).longest().name());
  }

  @Test
  void onlyWhatTakesMuchAndHasAnAlternativeIsAvoidable() {
    OperatorTime long1 = new OperatorTime("up", "convolution", 2, 1, Optional.of("tail=bilinear"));
    OperatorTime short1 = new OperatorTime("in", "convolution", 1, 1, Optional.of("stem=none"));
    OperatorShares shares = of(long1, short1, time("c", "pool", 7));
    assertEquals(List.of("up"), names(shares.avoidable()));
  }

  @Test
  void kindsOfSeveralNetworksAreOrderedByTheirTimeInAll() {
    OperatorShares pools = of(time("p", "pool", 9), time("c", "convolution", 1));
    assertEquals(
        List.of("pool", "convolution"), OperatorShares.largestKinds(List.of(parent, pools)));
  }

  private static List<String> names(List<Share> shares) {
    return shares.stream().map(Share::name).toList();
  }

  private static OperatorShares of(OperatorTime... times) {
    return OperatorShares.of("net", List.of(times)).orElseThrow();
  }

  private static OperatorTime time(String node, String kind, double ms) {
    return time(node, kind, ms, 0);
  }

  private static OperatorTime time(String node, String kind, double ms, long macs) {
    return new OperatorTime(node, kind, ms, macs, Optional.empty());
  }

  @Test
  void aKindIsTheSumOfItsOperators() {
    Share convolution = parent.kinds().get(0);
    assertEquals(
        new Share("convolution", "convolution", 8, 0.8, 1, Optional.empty()),
        new Share(
            convolution.name(),
            convolution.kind(),
            convolution.ms(),
            Math.round(1e9 * convolution.time()) / 1e9,
            convolution.macs(),
            convolution.instead()));
    assertEquals(0.6, parent.operators().get(0).macs(), 1e-12);
    OperatorShares turned = of(time("c", "pool", 1), time("a", "convolution", 3));
    assertEquals(List.of("a", "c"), names(turned.operators()));
    assertEquals(List.of("convolution", "pool"), names(turned.kinds()));
  }

  /** 10 ms of excess: a kind with 2 of them is named, one with less is not. */
  @Test
  void aKeeperHasAtLeastAFifthOfTheWholeExcess() {
    OperatorShares before = of(time("a", "one", 4), time("b", "two", 4), time("c", "three", 4));
    OperatorShares after = of(time("a", "one", 8.5), time("b", "two", 4), time("c", "three", 3.5));
    assertEquals(
        List.of("one", "two"),
        names(after.keepers(before, 0.5).stream().map(Keeper::kind).toList()));
    assertEquals(
        List.of("one"),
        names(after.keepers(before, 0.25).stream().map(Keeper::kind).toList()),
        "5.5, 1 and 0.5 of 7");
  }
}
