package io.drivemark.testkit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes damaged inputs out of a corpus. Input {@code i} of a seed is always the same one, whatever
 * was made before it. Thread-safe.
 */
final class Mutations {
  private static final long[] NUMBERS = {
    0,
    1,
    2,
    7,
    8,
    127,
    128,
    255,
    256,
    32767,
    65535,
    65536,
    1L << 24,
    Integer.MAX_VALUE - 8,
    Integer.MAX_VALUE,
    1L << 31,
    (1L << 32) - 1,
    1L << 32,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    -1,
    -2,
    -128,
    -65536
  };
  private static final List<String> NUMBER_TEXTS =
      List.of(
          "0",
          "-1",
          "-0",
          "010",
          "0x10",
          "1e999",
          "-1e999",
          "NaN",
          ".nan",
          "Infinity",
          ".inf",
          "1d",
          "0x1p3",
          "1_000",
          "2147483647",
          "2147483648",
          "-2147483648",
          "9223372036854775807",
          "99999999999999999999999",
          "1e-320",
          "0.0000000000000001",
          "1:30",
          "",
          " ",
          "null",
          "~");
  private static final int MOST_CHANGES = 5;
  private static final int MOST_DOUBLINGS = 13;

  private final FuzzTarget target;
  private final List<byte[]> corpus;
  private final long seed;

  Mutations(FuzzTarget target, List<byte[]> corpus, long seed) {
    this.target = target;
    this.corpus = corpus;
    this.seed = seed;
  }

  byte[] input(long index) {
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + index);
    random.nextLong();
    byte[] out = pick(corpus, random);
    for (int change = 1 + random.nextInt(MOST_CHANGES); change > 0; change--) {
      out = cut(changed(out, random));
    }
    if (target.repair().isPresent() && random.nextBoolean()) {
      out = cut(target.repair().get().apply(out));
    }
    return out;
  }

  private byte[] changed(byte[] input, SplittableRandom random) {
    if (!target.mutators().isEmpty() && random.nextBoolean()) {
      return pick(target.mutators(), random).mutate(input.clone(), random);
    }
    if (input.length == 0) {
      return pick(corpus, random);
    }
    return switch (random.nextInt(12)) {
      case 0 -> flip(input, random);
      case 1 -> overwrite(input, random.nextInt(input.length), new byte[] {anyByte(random)});
      case 2 -> Arrays.copyOf(input, random.nextInt(input.length));
      case 3 -> removed(input, random);
      case 4 -> splice(input, pick(corpus, random), random);
      case 5, 6 -> length(input, random);
      case 7 -> doubled(input, random, 1 + random.nextInt(3));
      case 8 -> doubled(input, random, 1 << random.nextInt(MOST_DOUBLINGS));
      case 9 -> numberText(input, random);
      default -> token(input, random);
    };
  }

  private static byte anyByte(SplittableRandom random) {
    return (byte) (random.nextBoolean() ? random.nextInt(256) : random.nextInt(32, 127));
  }

  private static byte[] flip(byte[] input, SplittableRandom random) {
    byte[] out = input.clone();
    out[random.nextInt(out.length)] ^= (byte) (1 << random.nextInt(8));
    return out;
  }

  private static byte[] removed(byte[] input, SplittableRandom random) {
    int from = random.nextInt(input.length);
    int to = Math.min(input.length, from + 1 + random.nextInt(64));
    return join(Arrays.copyOf(input, from), Arrays.copyOfRange(input, to, input.length));
  }

  private static byte[] splice(byte[] head, byte[] tail, SplittableRandom random) {
    return join(
        Arrays.copyOf(head, random.nextInt(head.length + 1)),
        Arrays.copyOfRange(tail, random.nextInt(tail.length + 1), tail.length));
  }

  private static byte[] length(byte[] input, SplittableRandom random) {
    int width = 1 << random.nextInt(4);
    ByteBuffer number =
        ByteBuffer.allocate(8)
            .order(random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    number.putLong(NUMBERS[random.nextInt(NUMBERS.length)]);
    byte[] bytes =
        number.order() == ByteOrder.LITTLE_ENDIAN
            ? Arrays.copyOf(number.array(), width)
            : Arrays.copyOfRange(number.array(), 8 - width, 8);
    return overwrite(input, random.nextInt(input.length), bytes);
  }

  private byte[] doubled(byte[] input, SplittableRandom random, int times) {
    int from = random.nextInt(input.length);
    int to = Math.min(input.length, from + 1 + random.nextInt(random.nextBoolean() ? 4 : 256));
    byte[] block = Arrays.copyOfRange(input, from, to);
    int fitting = Math.max(1, Math.min(times, target.mostBytes() / block.length));
    byte[] repeated = new byte[block.length * fitting];
    for (int i = 0; i < fitting; i++) {
      System.arraycopy(block, 0, repeated, i * block.length, block.length);
    }
    return inserted(input, to, repeated);
  }

  private static byte[] numberText(byte[] input, SplittableRandom random) {
    int start = random.nextInt(input.length);
    for (int i = 0; i < input.length; i++) {
      int from = (start + i) % input.length;
      if (isDigit(input[from])) {
        int to = from;
        while (to < input.length && isDigit(input[to])) {
          to++;
        }
        byte[] text = pick(NUMBER_TEXTS, random).getBytes(StandardCharsets.US_ASCII);
        byte[] head = join(Arrays.copyOf(input, from), text);
        return join(head, Arrays.copyOfRange(input, to, input.length));
      }
    }
    return flip(input, random);
  }

  private static boolean isDigit(byte value) {
    return value >= '0' && value <= '9';
  }

  private byte[] token(byte[] input, SplittableRandom random) {
    if (target.tokens().isEmpty()) {
      return flip(input, random);
    }
    byte[] token = pick(target.tokens(), random);
    int at = random.nextInt(input.length);
    return random.nextBoolean() ? overwrite(input, at, token) : inserted(input, at, token);
  }

  private static byte[] overwrite(byte[] input, int at, byte[] bytes) {
    byte[] out = Arrays.copyOf(input, Math.max(input.length, at + bytes.length));
    System.arraycopy(bytes, 0, out, at, bytes.length);
    return out;
  }

  private static byte[] inserted(byte[] input, int at, byte[] bytes) {
    return join(join(Arrays.copyOf(input, at), bytes), Arrays.copyOfRange(input, at, input.length));
  }

  private static byte[] join(byte[] a, byte[] b) {
    byte[] out = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, out, a.length, b.length);
    return out;
  }

  private byte[] cut(byte[] input) {
    return input.length <= target.mostBytes() ? input : Arrays.copyOf(input, target.mostBytes());
  }

  private static <T> T pick(List<T> list, SplittableRandom random) {
    return list.get(random.nextInt(list.size()));
  }
}
