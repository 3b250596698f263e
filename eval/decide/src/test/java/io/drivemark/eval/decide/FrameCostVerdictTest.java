package io.drivemark.eval.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.eval.decide.FrameCostVerdict.Answer;
import io.drivemark.eval.runner.record.Entry;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Whether time follows the calculation, frame by frame. */
class FrameCostVerdictTest {
  private static final long[] DIFFERENT = {50, 60, 70, 80, 90, 100};
  private static final double[] FOLLOWING = {5, 6.1, 7, 8.1, 9, 10};
  private static final double[] ELSEWHERE = {7, 7.4, 6.6, 7, 7.4, 6.6};

  private static FrameCostVerdict verdict(String form, long[] macs, double[] ms, double noise) {
    return FrameCostVerdict.of(GatedEntries.gated(form, 100, macs, ms, noise)).orElseThrow();
  }

  @Test
  void timesThatGoWithTheCalculationFollowIt() {
    FrameCostVerdict found = verdict("blocked", DIFFERENT, FOLLOWING, 0.1);
    assertEquals(Answer.FOLLOWS, found.answer());
    assertEquals(6, found.frames());
    // the frames differ by 18.7 of 100, and 100 take 10 ms
    assertEquals(1.8708, found.expectedMs(), 1e-4);
  }

  @Test
  void whereTheyDoNotItIsSaidWhy() {
    assertEquals(Answer.MASKED, verdict("masked", DIFFERENT, ELSEWHERE, 0.1).answer());
    assertEquals(Answer.BELOW_NOISE, verdict("blocked", DIFFERENT, ELSEWHERE, 1.9).answer());
    assertEquals(Answer.DOES_NOT, verdict("blocked", DIFFERENT, ELSEWHERE, 1.8).answer());
    long[] same = {60, 60, 60, 60, 60, 60};
    assertEquals(Answer.SAME_COST, verdict("masked", same, ELSEWHERE, 0.1).answer());
    assertEquals(
        Answer.TOO_FEW,
        verdict("blocked", new long[] {50, 60, 70}, new double[] {5, 6, 7}, 0.1).answer());
  }

  @Test
  void withoutTimesOfFramesNothingIsSaid() {
    Entry plain = Entries.of("plain", 1, OptionalLong.of(100), Optional.empty());
    assertEquals(Optional.empty(), FrameCostVerdict.of(plain));
  }
}
