package io.drivemark.datasets.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.catalog.ShippedFixtures;
import io.drivemark.datasets.coding.PredictionCodec;
import io.drivemark.datasets.coding.PredictionEncoding;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every shipped dataset in its own layout: looked through without an error, predicted and read. */
class EveryDatasetTest {
  @TempDir Path root;

  static List<String> names() {
    return Datasets.names().stream().filter(n -> Datasets.provider(n).isEmpty()).toList();
  }

  @ParameterizedTest
  @MethodSource("names")
  void theLinterFindsNoErrorAndCountsEachFrame(String name) {
    ShippedFixtures.Expected expected = ShippedFixtures.write(name, root);
    DatasetRequest request = DatasetRequest.of(name, expected.split()).withRoot(root);
    for (boolean fast : new boolean[] {false, true}) {
      VerifyReport report = DatasetVerifier.verify(request, fast, Progress.NONE);
      assertEquals(
          List.of(),
          report.findings().stream()
              .filter(f -> f.kind().severity() == Finding.Severity.ERROR)
              .toList());
      assertFalse(report.counts().containsKey(Finding.Kind.NOTHING_DRIVABLE));
      assertFalse(report.counts().containsKey(Finding.Kind.PALETTE));
      assertEquals(expected.ids().size(), report.goodFrames());
      assertEquals(expected.ids().size(), report.decoded());
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void predictionsInEveryEncodingReadBackAsTheyWere(String name) {
    ShippedFixtures.Expected expected = ShippedFixtures.write(name, root);
    Dataset dataset = Datasets.open(DatasetRequest.of(name, expected.split()).withRoot(root));
    LabelMap truth = dataset.frame(0).truth();
    for (PredictionEncoding encoding : PredictionEncoding.values()) {
      PredictionCodec codec;
      try {
        codec = new PredictionCodec(encoding, dataset.coding());
      } catch (BadInputException e) {
        continue; // which these are, is tested below
      }
      Path file = root.resolve("predictions/" + encoding.word() + ".png");
      codec.write(file, truth);
      assertEquals(
          new PredictionCodec.Prediction(truth, 0),
          codec.read(file, truth.height(), truth.width()),
          encoding.word());
    }
  }

  @Test
  void theseEncodingsCannotBeHad() {
    Map<String, List<String>> refused = new TreeMap<>();
    for (String name : names()) {
      List<String> of =
          List.of(PredictionEncoding.values()).stream()
              .filter(encoding -> isRefused(name, encoding))
              .map(PredictionEncoding::word)
              .toList();
      if (!of.isEmpty()) {
        refused.put(name, of);
      }
    }
    // Their files hold colours and no numbers, or classes share a colour.
    assertEquals(
        Map.of(
            "a2d2", List.of("label-ids"),
            "camvid-exact", List.of("label-ids"),
            "camvid-merged", List.of("label-ids"),
            "comma10k", List.of("label-ids"),
            "vkitti2", List.of("label-ids"),
            "mapillary-v2.0", List.of("color"),
            "wilddash2", List.of("color")),
        refused);
  }

  private static boolean isRefused(String name, PredictionEncoding encoding) {
    try {
      new PredictionCodec(encoding, Datasets.format(name).coding());
      return false;
    } catch (BadInputException e) {
      return true;
    }
  }
}
