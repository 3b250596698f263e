package io.drivemark.architectures.checkpoint;

import java.util.Map;
import java.util.SplittableRandom;

/** Pickles of instructions in any order, with pieces between them that mean something. */
final class PickleProgram {
  private static final int[] PLAIN =
      "}])N012(a".chars().toArray(); // no operands, and at most one value needed

  private static final int[] COMBINING = {
    's', 'u', 'e', 'd', 'l', 't', 'R', 'b', 'Q', 'o', 0x81, 0x85, 0x86, 0x87, 0x90, 0x91, 0x92,
    0x93, 0x94
  };

  private static final String[][] GLOBALS = {
    {"collections", "OrderedDict"},
    {"collections", "defaultdict"},
    {"torch", "FloatStorage"},
    {"torch", "LongStorage"},
    {"torch", "Size"},
    {"torch._utils", "_rebuild_tensor_v2"},
    {"torch._utils", "_rebuild_parameter"},
    {"torch._tensor", "_rebuild_from_type_v2"},
    {"numpy", "dtype"},
    {"numpy", "ndarray"},
    {"numpy.core.multiarray", "_reconstruct"},
    {"numpy.core.multiarray", "scalar"},
    {"numpy.core.numeric", "_frombuffer"},
    {"_codecs", "encode"},
    {"builtins", "dict"},
    {"theirs", "Net"},
    {"os", "system"}
  };

  private static final String[] TEXTS = {
    "conv.weight",
    "model",
    "ema",
    "0",
    "storage",
    "cpu",
    "f4",
    ">",
    "latin1",
    "_modules",
    "_parameters",
    "_buffers",
    "loss.weight",
    ""
  };

  private static final int[] NUMBERS = {0, 1, 2, 3, 6, 255, 65536, Integer.MAX_VALUE, -1};

  /** A zip of such a pickle; the input itself does not matter. */
  byte[] mutate(byte[] input, SplittableRandom random) {
    PickleBytes p = new PickleBytes().proto();
    int length = 1 + random.nextInt(random.nextInt(8) == 0 ? 4000 : 60);
    for (int i = 0; i < length; i++) {
      piece(p, random);
    }
    return PickleBytes.stored(
        p.stop().bytes(), Map.of("0", PickleBytes.floats(1, 2, 3, 4, 5, 6), "1", new byte[8]));
  }

  private static void piece(PickleBytes p, SplittableRandom random) {
    switch (random.nextInt(10)) {
      case 0, 1 -> p.op(PLAIN[random.nextInt(PLAIN.length)]);
      case 2, 3 -> p.op(COMBINING[random.nextInt(COMBINING.length)]);
      case 4 -> p.op(random.nextInt(2) == 0 ? 'q' : 'h', random.nextInt(6));
      case 5 -> p.integer(NUMBERS[random.nextInt(NUMBERS.length)]);
      case 6 -> p.text(TEXTS[random.nextInt(TEXTS.length)]);
      case 7 -> {
        String[] global = GLOBALS[random.nextInt(GLOBALS.length)];
        p.global(global[0], global[1]);
      }
      case 8 -> {
        int[] size = {random.nextInt(4), NUMBERS[random.nextInt(NUMBERS.length)]};
        int[] stride = {NUMBERS[random.nextInt(NUMBERS.length)], random.nextInt(2)};
        p.op('}').text(TEXTS[random.nextInt(TEXTS.length)]);
        p.tensor("FloatStorage", "" + random.nextInt(2), 6, random.nextInt(7), size, stride);
        p.op('s');
      }
      default -> {
        p.op('(').text("storage").global("torch", "FloatStorage").text("0").text("cpu");
        p.integer(NUMBERS[random.nextInt(NUMBERS.length)]).op('t', 'Q');
      }
    }
  }
}
