package io.drivemark.architectures.pruning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.problem.BadInputException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Scores worked out by hand, and how they scale. */
class CriteriaTest {
  private static final double TOLERANCE = 1e-6;
  private static final float[][] WEIGHTS = {{1, -2}, {0.5f, 0.25f}};
  private static final float[][] GRADIENTS = {{0.1f, 0.2f}, {-1, 4}};

  private static double[] scores(String name, LayerView view) {
    return Criteria.named(name).scores(view);
  }

  private static double[] scores(String name, float[][] weights) {
    return scores(name, LayerView.of("conv", 1, weights));
  }

  private static void assertScores(double[] expected, double[] found) {
    assertArrayEquals(expected, found, TOLERANCE);
  }

  @Test
  void weightCriteriaAreWhatTheHandComputes() {
    assertScores(new double[] {3, 0.75}, scores("l1", WEIGHTS));
    assertScores(new double[] {5, 0.3125}, scores("l2", WEIGHTS));
    double apart = Math.sqrt(0.5 * 0.5 + 2.25 * 2.25);
    assertScores(new double[] {apart, apart}, scores("fpgm", WEIGHTS));
    assertScores(new double[] {9, 8, 7}, scores("fpgm", new float[][] {{0, 0}, {3, 4}, {0, 4}}));
    assertScores(
        new double[] {0.01 + 0.16, 0.25 + 1},
        scores("taylor-weight", LayerView.of("conv", 1, WEIGHTS, GRADIENTS, 0)));
  }

  @Test
  void normalisationCriteriaAreWhatTheHandComputes() {
    float[][] scaleAndShift = {{-2, 1}, {0.5f, 3}};
    float[][] gradients = {{0.5f, -0.25f}, {2, 1}};
    assertScores(new double[] {2, 0.5}, scores("bn-scale", scaleAndShift));
    assertScores(
        new double[] {1.25 * 1.25, 16},
        scores("taylor-bn", LayerView.of("bn", 1, scaleAndShift, gradients, 0)));
  }

  @Test
  void mapCriteriaAreWhatTheHandComputes() {
    float[][] maps = {{1, -2, 3, 0}, {2, 0, 0, 0}};
    float[][] gradients = {{0.5f, 0.5f, -1, 9}, {1, 7, 7, 7}};
    LayerView view = LayerView.of("conv", 1, maps, gradients, 2);
    assertScores(new double[] {3.5 * 3.5, 4}, scores("taylor-gate", view));
    double norm = Math.sqrt(1.125 * 1.125 + 0.5 * 0.5);
    assertScores(new double[] {1.125 / norm, 0.5 / norm}, scores("taylor-map", view));
  }

  @Test
  void rankIsTheMatrixRank() {
    float[][] maps = {
      {1, 2, 3, 2, 4, 6, 3, 6, 9, -1, -2, -3}, // one row and its multiples
      {1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1},
      {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
      {1, 2, 3, 4, 5, 6, 5, 7, 9, 0, 0, 0}, // the third row is the first two's sum
    };
    assertArrayEquals(
        new double[] {1, 3, 0, 2}, scores("hrank", LayerView.of("conv", 1, maps, null, 3)));
  }

  @Test
  void scoresScaleAsTheirFormulasSay() {
    float[][] doubled = {{2, -4}, {0.5f, 0.25f}};
    assertEquals(2, scores("l1", doubled)[0] / scores("l1", WEIGHTS)[0], TOLERANCE);
    assertEquals(4, scores("l2", doubled)[0] / scores("l2", WEIGHTS)[0], TOLERANCE);
    assertEquals(scores("l1", doubled)[1], scores("l1", WEIGHTS)[1]);
    float[][] all = {{2, -4}, {1, 0.5f}};
    assertEquals(2, scores("fpgm", all)[1] / scores("fpgm", WEIGHTS)[1], TOLERANCE);
    double once = scores("taylor-weight", LayerView.of("c", 1, WEIGHTS, GRADIENTS, 0))[0];
    double twice = scores("taylor-weight", LayerView.of("c", 1, doubled, GRADIENTS, 0))[0];
    assertEquals(4, twice / once, TOLERANCE);
  }

  @Test
  void mapTaylorHasUnitNormALayer() {
    float[][] maps = {{1, -2}, {300, 4}, {0.01f, 1}};
    float[][] gradients = {{2, 1}, {1, 1}, {-3, 1}};
    double[] scores = scores("taylor-map", LayerView.of("c", 1, maps, gradients, 2));
    double squares = 0;
    for (double score : scores) {
      squares += score * score;
    }
    assertEquals(1, squares, TOLERANCE);
  }

  @Test
  void randomFollowsSeedAndLayerAlone() {
    float[][] filters = new float[4][2];
    double[] first = scores("random", LayerView.of("a", 1, filters));
    assertArrayEquals(first, scores("random", LayerView.of("a", 1, new float[4][9])));
    assertNotEquals(first[0], scores("random", LayerView.of("a", 2, filters))[0]);
    assertNotEquals(first[0], scores("random", LayerView.of("b", 1, filters))[0]);
    double sum = 0;
    for (double score : scores("random", LayerView.of("a", 1, new float[10_000][1]))) {
      sum += score;
    }
    assertEquals(2.5, sum / 10_000, 0.1, "the mean of 0 to 5");
  }

  @Test
  void transposedConvolutionsAreScoredByOutputChannel() {
    NetworkBuilder b = new NetworkBuilder("up", 1);
    String x = b.input("image", 2);
    Tensor kernel = Tensor.of(Shape.of(2, 3, 1, 1), new float[] {1, -2, 3, 10, 20, -30});
    x = b.convTranspose("up", x, 3, 1).initial(kernel).build();
    Network network = b.build(x);
    assertArrayEquals(
        new double[] {11, 22, 33},
        Importance.of(network, Criteria.named("l1"), 1).layer("up").orElseThrow());
  }

  @Test
  void groupedTransposedConvolutionsReadTheirGroupAlone() {
    NetworkBuilder b = new NetworkBuilder("up", 1);
    String x = b.input("image", 4);
    Tensor kernel = Tensor.of(Shape.of(4, 1, 1, 1), new float[] {1, 2, 30, 40});
    x = b.convTranspose("up", x, 2, 1).groups(2).initial(kernel).build();
    assertArrayEquals(
        new double[] {3, 70},
        Importance.of(b.build(x), Criteria.named("l1"), 1).layer("up").orElseThrow());
  }

  @Test
  void tiedFiltersShareTheirMean() {
    NetworkBuilder b = new NetworkBuilder("tied", 1);
    String image = b.input("image", 1);
    String p = conv(b, "p", image, 1, 4);
    String q = conv(b, "q", image, 3, 0);
    Network network = b.build(b.conv("head", b.sum("sum", p, q), 1, 1).build());
    ChannelGroups groups = ChannelGroups.of(network);
    double[] units = Importance.of(network, Criteria.named("l1"), 1).units(network, groups);
    assertEquals(2, units[groups.unitOf("sum", 0).orElseThrow()]);
    assertEquals(2, units[groups.unitOf("q", 1).orElseThrow()]);
  }

  private static String conv(NetworkBuilder b, String name, String x, float... weights) {
    Tensor kernel = Tensor.of(Shape.of(weights.length, 1, 1, 1), weights);
    return b.conv(name, x, weights.length, 1).initial(kernel).build();
  }

  @Test
  void scoresMustBeNumbers() {
    ScoreSite site = new ScoreSite("conv", "conv", List.of("conv.weight"));
    assertEquals(
        "criterion mine scores filter 1 of conv with NaN; expected at least 0 and finite",
        assertThrows(
                IllegalArgumentException.class,
                () -> new Importance("mine", Map.of(site, new double[] {1, Double.NaN})))
            .getMessage());
  }

  @Test
  void unknownCriterionNamesTheNearest() {
    assertEquals(
        "criterion 'tailor-map' is not known (did you mean 'taylor-map'?); there are bn-scale,"
            + " fpgm, hrank, l1, l2, random, taylor-bn, taylor-gate, taylor-map, taylor-weight",
        assertThrows(BadInputException.class, () -> Criteria.named("tailor-map")).getMessage());
  }

  @Test
  void dataDrivenCriteriaSayThatTheyNeedData() {
    NetworkBuilder b = new NetworkBuilder("one", 1);
    Network network = b.build(b.conv("head", b.input("image", 1), 1, 1).build());
    assertEquals(
        "criterion hrank looks at data: it is worked out on the frames of a dataset",
        assertThrows(
                BadInputException.class, () -> Importance.of(network, Criteria.named("hrank"), 1))
            .getMessage());
  }

  @Nested
  class L1 extends CriterionContract {
    L1() {
      super("l1");
    }
  }

  @Nested
  class L2 extends CriterionContract {
    L2() {
      super("l2");
    }
  }

  @Nested
  class Fpgm extends CriterionContract {
    Fpgm() {
      super("fpgm");
    }
  }

  @Nested
  class BnScale extends CriterionContract {
    BnScale() {
      super("bn-scale");
    }
  }

  @Nested
  class RandomScores extends CriterionContract {
    RandomScores() {
      super("random");
    }

    @Override
    boolean looks() {
      return false;
    }
  }

  @Nested
  class TaylorWeight extends CriterionContract {
    TaylorWeight() {
      super("taylor-weight");
    }
  }

  @Nested
  class TaylorBn extends CriterionContract {
    TaylorBn() {
      super("taylor-bn");
    }
  }

  @Nested
  class TaylorMap extends CriterionContract {
    TaylorMap() {
      super("taylor-map");
    }
  }

  @Nested
  class TaylorGate extends CriterionContract {
    TaylorGate() {
      super("taylor-gate");
    }
  }

  @Nested
  class Hrank extends CriterionContract {
    Hrank() {
      super("hrank");
    }
  }
}
