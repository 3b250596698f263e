package io.drivemark.datasets.image;

import io.drivemark.datasets.LabelCoding;
import io.drivemark.datasets.LabelCoding.Kind;
import io.drivemark.datasets.PixelArrays;
import io.drivemark.datasets.Spaces;
import io.drivemark.datasets.coding.LabelDecoder;
import io.drivemark.problem.BadInputException;
import io.drivemark.testkit.FuzzContract;
import io.drivemark.testkit.FuzzTarget;
import io.drivemark.testkit.PngMaker;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;

/** A damaged label file is read or refused, from its header to what its values mean. */
class PngFuzzTest extends FuzzContract {
  private static final Path FILE = Path.of("labels/a.png");
  private static final int CHUNKS_AT = 8;
  private static final LabelDecoder NUMBERS =
      new LabelDecoder(Spaces.coding(Kind.INDEX, List.of(255), true, 0, 0, 1, 1, 2, 2), true);
  private static final LabelDecoder COLORS = new LabelDecoder(colors());

  private static LabelCoding colors() {
    return Spaces.coding(Kind.COLOR, List.of(0), true, 0x010203, 0, 0x804080, 1);
  }

  @Override
  protected FuzzTarget target() {
    FuzzTarget target = FuzzTarget.of("png", PngFuzzTest::read).mayThrow(BadInputException.class);
    Random random = new Random(5);
    for (int[] kind :
        new int[][] {{0, 1}, {0, 4}, {0, 8}, {0, 16}, {2, 8}, {3, 2}, {3, 8}, {4, 8}, {6, 8}}) {
      PngMaker maker = new PngMaker(9, 11, kind[1], kind[0]).palette(0x010203, 0x804080, 0, 5);
      int[] samples = new int[9 * 11 * maker.channels()];
      for (int i = 0; i < samples.length; i++) {
        boolean alpha = kind[0] >= 4 && i % maker.channels() == maker.channels() - 1;
        samples[i] = alpha ? 255 : random.nextInt(1 << Math.min(2, kind[1]));
        samples[i] = kind[0] == 2 || kind[0] == 6 ? alpha ? 255 : samples[0] : samples[i];
      }
      target = target.seed(maker.make(samples)).seed(maker.interlaced().make(samples));
    }
    return target
        .tokens("IHDR", "PLTE", "IDAT", "IEND", "tRNS")
        .mutator(PngFuzzTest::header)
        .repair(PngFuzzTest::withChecksums);
  }

  private static void read(byte[] input) {
    PixelArrays arrays = new PixelArrays();
    RawLabels raw = ImageCodec.decodeRaw(FILE, input, Optional.empty(), arrays);
    ImageInfo.of(FILE, input);
    BadInputException refused = null;
    for (LabelDecoder decoder : List.of(NUMBERS, COLORS)) {
      try {
        decoder.decode(FILE, raw, arrays);
        return;
      } catch (BadInputException e) {
        refused = e;
      }
    }
    throw refused;
  }

  /** Another size, depth, colour type or interlacing. */
  private static byte[] header(byte[] input, SplittableRandom random) {
    byte[] out = input.clone();
    if (out.length < 33) {
      return out;
    }
    ByteBuffer header = ByteBuffer.wrap(out);
    switch (random.nextInt(4)) {
      case 0 -> header.putInt(16, 1 << random.nextInt(32));
      case 1 -> header.putInt(20, random.nextInt(1 << random.nextInt(1, 31)));
      case 2 -> header.put(24 + random.nextInt(2), (byte) random.nextInt(18));
      default -> header.put(26 + random.nextInt(3), (byte) random.nextInt(3));
    }
    return out;
  }

  private static byte[] withChecksums(byte[] input) {
    byte[] out = input.clone();
    ByteBuffer bytes = ByteBuffer.wrap(out);
    for (long at = CHUNKS_AT; at + 12 <= out.length; ) {
      long length = Integer.toUnsignedLong(bytes.getInt((int) at));
      if (at + 12 + length > out.length) {
        return out;
      }
      PngMaker.checksum(out, (int) at);
      at += 12 + length;
    }
    return out;
  }
}
