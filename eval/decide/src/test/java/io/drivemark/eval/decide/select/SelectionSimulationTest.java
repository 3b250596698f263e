package io.drivemark.eval.decide.select;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.decide.select.Simulated.Truth;
import io.drivemark.eval.statistics.Proportion;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How often a selection is wrong, and how often it says something, over simulated studies. */
class SelectionSimulationTest {
  private static final Truth EQUAL = new Truth(60, 20);

  /** What came out of some studies. */
  private static final class Tally {
    int studies;
    int allStay;
    int falseClaims;
    int worstBeaten;
    int claims;

    String text() {
      return studies
          + " studies: all stay "
          + share(allStay)
          + ", a false claim "
          + share(falseClaims)
          + " (upper 95 % bound "
          + Math.round(1000 * new Proportion(falseClaims, studies).interval(0.9).high()) / 10.0
          + " %), last one beaten "
          + share(worstBeaten)
          + ", claims a study "
          + Math.round(100.0 * claims / studies) / 100.0;
    }

    private String share(int count) {
      return Math.round(1000.0 * count / studies) / 10.0 + " %";
    }
  }

  private static Tally run(
      List<Truth> truths, int clusters, boolean skewed, int forks, int studies, long seed) {
    Random random = new Random(seed);
    Terms terms = new Terms("miou", true, List.of(), Terms.SURE, 400, 1);
    Tally tally = new Tally();
    for (int s = 0; s < studies; s++) {
      Selection selection =
          Selection.of(Simulated.study(truths, clusters, skewed, forks, random), clusters, terms);
      boolean stays = selection.of(Certainty.BEATEN).isEmpty();
      boolean wrong = false;
      for (Choice choice : selection.choices()) {
        Truth own = truths.get(choice.number());
        for (Rival rival : choice.beatenBy()) {
          Truth other = truths.get(rival.other());
          wrong |= !(other.points() > own.points() && other.ms() < own.ms());
        }
        boolean onFront =
            truths.stream()
                .noneMatch(
                    t ->
                        t.points() >= own.points()
                            && t.ms() <= own.ms()
                            && (t.points() > own.points() || t.ms() < own.ms()));
        wrong |= choice.certainty() == Certainty.ON_FRONT && !onFront;
        tally.claims += choice.certainty() == Certainty.OPEN ? 0 : 1;
      }
      tally.studies++;
      tally.allStay += stays ? 1 : 0;
      tally.falseClaims += wrong ? 1 : 0;
      tally.worstBeaten +=
          selection.choices().get(truths.size() - 1).certainty() == Certainty.BEATEN ? 1 : 0;
    }
    return tally;
  }

  private static List<Truth> fiveEqual() {
    return Collections.nCopies(5, EQUAL);
  }

  /** Four equal ones and one that is 6 points worse and 20 % slower. */
  private static List<Truth> oneBeaten() {
    return List.of(EQUAL, EQUAL, EQUAL, EQUAL, new Truth(54, 24));
  }

  /** A front of three, one that is as accurate as a slower one, one that is as fast as a better. */
  private static List<Truth> mixed() {
    return List.of(
        new Truth(50, 10),
        new Truth(60, 20),
        new Truth(65, 40),
        new Truth(60, 22),
        new Truth(55, 20));
  }

  @Test
  void equalOnesStayAndABeatenOneGoes() {
    Tally equal = run(fiveEqual(), 40, false, 3, 60, 11);
    assertTrue(equal.allStay == 60 && equal.falseClaims == 0, () -> "seed 11: " + equal.text());
    Tally beaten = run(oneBeaten(), 40, false, 3, 60, 12);
    assertTrue(beaten.worstBeaten >= 48, () -> "seed 12: " + beaten.text());
    Tally few = run(mixed(), 11, true, 1, 60, 13);
    assertTrue(few.falseClaims <= 6, () -> "seed 13: " + few.text()); // 3 expected at most
    assertTrue(few.claims > 0, () -> "seed 13: " + few.text());
  }

  @Test
  @Tag("slow")
  void twoThousandStudies() {
    for (int forks : new int[] {1, 3}) {
      Tally equal = run(fiveEqual(), 40, false, forks, 2000, 21 + forks);
      System.out.println("five equal, " + forks + " processes: " + equal.text());
      assertTrue(equal.allStay >= 1980, equal::text);
      Tally beaten = run(oneBeaten(), 40, false, forks, 2000, 31 + forks);
      System.out.println("one beaten, " + forks + " processes: " + beaten.text());
      assertTrue(beaten.worstBeaten >= 1600, beaten::text);
      for (int clusters : new int[] {11, 20, 40}) {
        for (boolean skewed : new boolean[] {false, true}) {
          Tally mixed = run(mixed(), clusters, skewed, forks, 2000, 41 + clusters);
          System.out.println(
              "mixed, "
                  + forks
                  + " processes, "
                  + clusters
                  + (skewed ? " skewed" : "")
                  + " clusters: "
                  + mixed.text());
          assertTrue(mixed.falseClaims <= 100, mixed::text);
        }
      }
    }
  }
}
