package io.drivemark.eval.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("text")
class ProtocolTest {
  @Test
  void defaultIsTheFirst() {
    assertEquals("cityscapes", Protocols.names().get(0));
    assertEquals(Protocols.cityscapes(), Protocols.named("cityscapes"));
  }

  @Test
  void digestsOfNamedProtocolsStayAsStored() {
    assertEquals(
        "drivemark-protocol/1\n"
            + "name=cityscapes\n"
            + "void-truth=SKIPPED\n"
            + "foreign-prediction=MISS\n"
            + "predicted-only=ZERO\n"
            + "absent=UNDEFINED\n"
            + "aggregation=POOLED\n"
            + "class-accuracy=RECALL\n",
        Protocols.cityscapes().canonical());
    assertEquals(
        "32db8ea295a90bcec8e88c275da45fb8951582214fc3281c2059ede737ce733d",
        Protocols.cityscapes().digest());
  }

  @Test
  void laterRulesStandInTheTextOnlyWhereTheySaySomething() {
    assertTrue(Protocols.named("kitti360").canonical().endsWith("RECALL\nweighting=CONFIDENCE\n"));
    assertTrue(
        Protocols.named("mmseg")
            .canonical()
            .endsWith("RECALL\nrounding=PERCENT_OF_TWO_DECIMALS\n"));
  }

  @Test
  void digestsDiffer() {
    HashSet<String> digests = new HashSet<>();
    for (Protocol p : Protocols.all()) {
      assertTrue(p.digest().matches("[0-9a-f]{64}"), p.name());
      assertTrue(digests.add(p.digest()), p.name());
    }
  }

  @Test
  void unknownNameListsTheKnownAndTheNearest() {
    BadInputException e = assertThrows(BadInputException.class, () -> Protocols.named("cityscape"));
    assertEquals(
        "protocol: unknown name 'cityscape' (did you mean 'cityscapes'?); known: cityscapes,"
            + " mmseg, mlperf-automotive, bdd100k, mapillary, nuscenes-lidarseg, omz, pytorch-enet,"
            + " pidnet, paddleseg, idd-level3, detectron2, image-mean, class-mean-over-images,"
            + " kitti360, idd-aw, idd-aw-refactored, tfsegmentation, void-not-masked",
        e.getMessage());
  }

  @Test
  void noImageIsAnError() {
    assertEquals(
        "protocol cityscapes: there is no image to evaluate",
        assertThrows(
                IllegalArgumentException.class, () -> Protocols.cityscapes().evaluate(List.of()))
            .getMessage());
  }

  @Test
  void orderOfImagesDoesNotMatterUnderAnyProtocol() {
    Random random = new Random(5);
    List<ConfusionMatrix> images = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      byte[] truth = Maps.regions(16, 21, 6, random);
      ConfusionAccumulator counts = new ConfusionAccumulator(Maps.space(6));
      counts.add(truth, Maps.perturbed(truth, 6, random));
      images.add(counts.matrix());
    }
    for (Protocol p : Protocols.all()) {
      if (p.foreignPrediction() == Protocol.ForeignPrediction.REFUSED) {
        continue;
      }
      Scores before = p.evaluate(images);
      List<ConfusionMatrix> shuffled = new ArrayList<>(images);
      java.util.Collections.shuffle(shuffled, random);
      assertEquals(before, p.evaluate(shuffled), p.name());
      assertEquals(20, before.images());
    }
  }

  @Test
  void defaultScoresAreTheMetricsOfThePooledMatrix() {
    Random random = new Random(6);
    List<ConfusionMatrix> images = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      byte[] truth = Maps.regions(16, 21, 6, random);
      ConfusionAccumulator counts = new ConfusionAccumulator(Maps.space(6));
      counts.add(truth, Maps.perturbed(truth, 6, random));
      images.add(counts.matrix());
    }
    ConfusionMatrix pooled = ConfusionMatrix.sum(images);
    Scores scores = Protocols.cityscapes().evaluate(images);
    assertEquals(Metrics.miou(pooled), scores.miou());
    assertEquals(Metrics.pixelAccuracy(pooled), scores.pixelAccuracy());
    assertEquals(Metrics.meanAccuracy(pooled), scores.meanAccuracy());
    assertEquals(Metrics.frequencyWeightedIou(pooled), scores.frequencyWeightedIou());
    assertEquals(pooled.pixels(), scores.pixels());
    assertEquals(pooled.space().classNames(), List.copyOf(scores.iou().keySet()));
    for (int c = 0; c < 6; c++) {
      assertEquals(Metrics.iou(pooled, c), scores.iou().get("c" + c));
      assertEquals(Metrics.precision(pooled, c), scores.precision().get("c" + c));
      assertEquals(Metrics.recall(pooled, c), scores.recall().get("c" + c));
      assertEquals(Metrics.f1(pooled, c), scores.f1().get("c" + c));
    }
  }

  @Test
  void aRuleThatRewardsFalsePositivesIsRefused() {
    Protocol p = Protocols.cityscapes();
    assertEquals(
        "protocol odd: a class with false positives cannot have IoU 1",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    new Protocol(
                        "odd",
                        p.voidTruth(),
                        p.foreignPrediction(),
                        Protocol.AbsentClass.ONE,
                        p.absent(),
                        p.aggregation(),
                        p.classAccuracy(),
                        "odd"))
            .getMessage());
    assertNotEquals(p, Protocols.named("pidnet"));
  }

  @Test
  void metricValueIsFinite() {
    assertEquals(
        "metric value: a finite number is needed, got NaN",
        assertThrows(IllegalArgumentException.class, () -> MetricValue.of(Double.NaN))
            .getMessage());
  }
}
