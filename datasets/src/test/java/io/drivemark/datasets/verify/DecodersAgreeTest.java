package io.drivemark.datasets.verify;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.PixelArrays;
import io.drivemark.datasets.coding.LabelDecoder;
import io.drivemark.datasets.coding.PredictionCodec;
import io.drivemark.datasets.coding.PredictionEncoding;
import io.drivemark.datasets.image.RawLabels;
import io.drivemark.datasets.verify.Finding.Kind;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * All that reads label values — what {@code run} loads, what {@code score} reads again and again
 * into the same arrays, what {@code verify} counts, what reads predictions — gives for ten thousand
 * random codings and maps what a plain look at one pixel after the other gives.
 */
class DecodersAgreeTest {
  private static final int CODINGS = 10_000;
  private static final Path FILE = Path.of("labels/a.png");

  @Test
  void tenThousandCodingsAreReadAlikeByAll() {
    PixelArrays arrays = new PixelArrays();
    int accepted = 0;
    int refused = 0;
    int undeclaredIndex = 0;
    for (int seed = 0; seed < CODINGS; seed++) {
      RandomCoding random = new RandomCoding(new Random(seed));
      RawLabels raw = random.map();
      Optional<RandomCoding.Plain> expected = random.truth(raw);
      LabelDecoder decoder = new LabelDecoder(random.coding());
      String seeded = "seed " + seed + ": ";
      Supplier<String> what = () -> seeded + random + " on " + raw;
      arrays.next();
      Optional<LabelDecoder.Decoded> run = truth(decoder, raw, new PixelArrays());
      Optional<LabelDecoder.Decoded> score = truth(decoder, raw, arrays);
      FrameCheck verify = FrameCheck.of("a", FILE, raw, decoder);
      assertEquals(expected.isPresent(), run.isPresent(), what);
      assertEquals(expected.isPresent(), score.isPresent(), what);
      assertEquals(expected.isPresent(), verify.good(), () -> what.get() + verify.findings());
      if (expected.isPresent()) {
        RandomCoding.Plain plain = expected.get();
        assertArrayEquals(plain.pixels(), run.get().map().pixels(), what);
        assertArrayEquals(plain.pixels(), score.get().map().pixels(), what);
        assertEquals(plain.unknown(), run.get().unknownPixels(), what);
        assertEquals(plain.unknown(), score.get().unknownPixels(), what);
        assertCounts(plain, verify, what);
        accepted++;
      } else {
        refused++;
      }
      undeclaredIndex += random.hasUndeclaredIndex(raw) ? 1 : 0;
    }
    assertTrue(accepted > CODINGS / 5 && refused > CODINGS / 5, accepted + " of " + CODINGS);
    assertTrue(undeclaredIndex > CODINGS / 10, undeclaredIndex + " maps hold undeclared indices");
  }

  @Test
  void tenThousandPredictionsAreReadAsTheirEncodingSays() {
    int accepted = 0;
    int foreign = 0;
    for (int seed = 0; seed < CODINGS; seed++) {
      RandomCoding random = new RandomCoding(new Random(seed));
      RawLabels raw = random.map();
      for (PredictionEncoding encoding : PredictionEncoding.values()) {
        Optional<RandomCoding.Plain> expected = random.prediction(raw, encoding);
        Optional<PredictionCodec.Prediction> read = prediction(random, encoding, raw);
        String seeded = "seed " + seed + ", " + encoding + ": ";
        Supplier<String> what = () -> seeded + random + " on " + raw;
        assertEquals(expected.isPresent(), read.isPresent(), what);
        if (expected.isPresent()) {
          assertArrayEquals(expected.get().pixels(), read.get().map().pixels(), what);
          assertEquals(expected.get().unknown(), read.get().foreignPixels(), what);
          accepted++;
          foreign += expected.get().unknown() > 0 ? 1 : 0;
        }
      }
    }
    assertTrue(accepted > CODINGS / 2 && foreign > CODINGS / 4, accepted + ", " + foreign);
  }

  private static void assertCounts(
      RandomCoding.Plain plain, FrameCheck verify, Supplier<String> what) {
    long[] expected = new long[LabelSpace.VOID + 1];
    for (byte value : plain.pixels()) {
      expected[value & 0xFF]++;
    }
    for (int index = 0; index < plain.classes(); index++) {
      assertEquals(expected[index], verify.pixels(index), what);
    }
    assertEquals(expected[LabelSpace.VOID], verify.voidPixels(), what);
    assertEquals(plain.unknown(), verify.unknownPixels(), what);
    assertEquals(
        plain.unknown() > 0,
        verify.findings().stream().anyMatch(f -> f.kind() == Kind.UNKNOWN_AS_VOID),
        what);
  }

  private static Optional<LabelDecoder.Decoded> truth(
      LabelDecoder decoder, RawLabels raw, PixelArrays arrays) {
    try {
      return Optional.of(decoder.decode(FILE, raw, arrays));
    } catch (BadInputException e) {
      return Optional.empty();
    }
  }

  private static Optional<PredictionCodec.Prediction> prediction(
      RandomCoding random, PredictionEncoding encoding, RawLabels raw) {
    try {
      return Optional.of(
          new PredictionCodec(encoding, random.coding())
              .decode(FILE, raw, raw.height(), raw.width(), new PixelArrays()));
    } catch (BadInputException e) {
      return Optional.empty();
    }
  }
}
