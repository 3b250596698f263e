package io.drivemark.eval.metrics.driving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.Camera;
import io.drivemark.datasets.RoadPlane;
import org.junit.jupiter.api.Test;

/** Obstacles as whole pieces, drawn as rows of a picture. */
class ComponentScoresTest {
  private static final ComponentScores.Sizes ANY = new ComponentScores.Sizes(1, 1);

  private static boolean[] marked(String picture, char mark) {
    String pixels = picture.replace("\n", "");
    boolean[] out = new boolean[pixels.length()];
    for (int i = 0; i < out.length; i++) {
      out[i] = pixels.charAt(i) == mark;
    }
    return out;
  }

  private static ComponentScores scores(
      String truth, String prediction, String clear, ComponentScores.Sizes sizes) {
    return ComponentScores.of(
        truth.indexOf('\n') < 0 ? truth.length() : truth.indexOf('\n'),
        marked(truth, 'o'),
        marked(truth, '?'),
        marked(prediction, 'o'),
        marked(clear, 'c'),
        sizes);
  }

  private static String none(String like) {
    return like.replaceAll("[^\n]", ".");
  }

  /** The reference's adjusted IoU: two pieces of 4 and 2 within one predicted one of 8. */
  @Test
  void onePredictedPieceOverTwoTrueOnesCountsAgainstNeither() {
    String truth = "oooo..oo";
    ComponentScores scores = scores(truth, "oooooooo", none(truth), ANY);
    assertEquals((2.0 / 3 + 1.0 / 2) / 2, scores.meanSiou().value().orElseThrow(), 1e-9);
    assertEquals(0.75, scores.meanPpv().value().orElseThrow());
    // found at 25..50 % both, at 55..65 % one, above none; the predicted piece is false at no
    // threshold up to 75 %
    double f1 = (6 * 1.0 + 3 * (2.0 / 3) + 2 * 0.0) / 11;
    assertEquals(f1, scores.f1().value().orElseThrow(), 1e-12);
  }

  @Test
  void theTruthAgainstItselfIsFaultless() {
    String truth = "oo..o\noo..o\n....o";
    ComponentScores scores = scores(truth, truth, none(truth), ANY);
    assertEquals(1, scores.f1().value().orElseThrow());
    assertEquals(1, scores.meanSiou().value().orElseThrow());
    assertEquals(1, scores.meanPpv().value().orElseThrow());
    assertEquals(0, scores.ghosts());
    assertEquals(scores.numbers().length, ComponentScores.names().size());
    assertEquals("found at 25 %", ComponentScores.names().get(5));
    assertEquals("false at 75 %", ComponentScores.names().get(26));
  }

  @Test
  void aGhostLiesOnFreeGroundOfTheOwnWay() {
    String truth = "oo......";
    String both = "oo..oooo";
    assertEquals(1, scores(truth, both, "....cc..", ANY).ghosts());
    assertEquals(0, scores(truth, both, "........", ANY).ghosts(), "it lies beside the way");
    ComponentScores.Sizes three = new ComponentScores.Sizes(1, 3);
    assertEquals(0, scores(truth, both, "....cc..", three).ghosts(), "too little of it is there");
    assertEquals(1, scores(truth, both, "....ccc.", three).ghosts());
    assertEquals(
        0, scores(truth, "ooooooo.", "..ccccc.", ANY).ghosts(), "a quarter and more of it is real");
    assertEquals(1, scores(truth, ".ooooo..", "..cccc..", ANY).ghosts(), "a fifth is not enough");
  }

  @Test
  void voidAndWhatIsTooSmallDoNotCount() {
    ComponentScores.Sizes sizes = new ComponentScores.Sizes(2, 2);
    assertEquals(
        "undefined (no obstacle in truth or prediction)",
        scores("o..??...", "o..ooo.o", "cccccccc", sizes).f1().toString(),
        "a small true piece is void, and so is what is predicted on it");
    ComponentScores scores = scores("ooo.???.", "ooo.ooo.", "........", sizes);
    assertEquals(1, scores.f1().value().orElseThrow());
    assertTrue(scores("........", "........", "........", ANY).meanPpv().value().isEmpty());
  }

  @Test
  void feetOfMatchedObstaclesAreComparedOnTheRoad() {
    // rows end at 1, 2, 3, 4: infinite, 13, 6.5 and 4.33 m
    RoadPlane road = new RoadPlane(new Camera(10, 1, 4, 1.3, 0, 0));
    String truth = "o.......\noo..oo..\noo..oo..\n....oo.o";
    String prediction = "oo......\noo..oo..\n....oo..\n....oo..";
    ObstacleFeet feet =
        ObstacleFeet.of(
            Components.of(8, marked(truth, 'o')),
            Components.of(8, marked(prediction, 'o')),
            32,
            road,
            1,
            50);
    assertEquals(
        new ObstacleFeet(3, 2, 6500), feet, "6.5 m taken for 13 m; the small one is missed");
    ObstacleFeet far =
        ObstacleFeet.of(
            Components.of(8, marked(truth, 'o')),
            Components.of(8, marked("oo......\n........\n........\n........", 'o')),
            32,
            road,
            2,
            5);
    assertEquals(new ObstacleFeet(1, 0, 0), far, "within 5 m stands one of two pixels or more");
  }
}
