package io.drivemark.datasets.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NaturalOrderTest {
  @Test
  void numbersInNamesAreNumbers() {
    assertEquals(
        List.of("f1", "f2", "f10", "f10_2", "f10_11", "f100", "g"),
        NaturalOrder.sorted(List.of("f100", "f10", "g", "f10_11", "f2", "f10_2", "f1")));
    assertEquals(
        List.of("1", "01", "2", "99999999999999999999999", "100000000000000000000000"),
        NaturalOrder.sorted(
                List.of("100000000000000000000000", "01", "2", "99999999999999999999999", "1"))
            .stream()
            .sorted(Comparator.comparingInt(n -> n.equals("1") ? 0 : n.equals("01") ? 1 : 2))
            .toList());
    assertTrue(NaturalOrder.isBetween("1", "5", "10"));
    assertTrue(NaturalOrder.isBetween("1", "9", "9"));
    assertFalse(NaturalOrder.isBetween("1", "10", "9"));
    assertFalse(NaturalOrder.isBetween("f2", "f19", "f10"));
  }

  @Test
  void paddedNamesAndHashesKeepTheOrderOfTexts() {
    Random random = new Random(3);
    for (int round = 0; round < 200; round++) {
      List<String> padded = new ArrayList<>();
      List<String> hashes = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        String city = List.of("aachen", "bochum", "ulm").get(random.nextInt(3));
        padded.add(
            String.format("%s_%06d_%03d", city, random.nextInt(999999), random.nextInt(999)));
        hashes.add(String.format("%08x-%08x", random.nextInt(), random.nextInt()));
      }
      assertEquals(padded.stream().sorted().toList(), NaturalOrder.sorted(padded));
      assertEquals(hashes.stream().sorted().toList(), NaturalOrder.sorted(hashes));
    }
  }

  @Test
  void itIsAnOrder() {
    long seed = 11;
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      String a = name(random);
      String b = name(random);
      String c = name(random);
      Comparator<String> order = NaturalOrder.over(List.of("1", "22"));
      String said = "seed " + seed + ": " + a + " " + b + " " + c;
      assertEquals(Integer.signum(order.compare(a, b)), -Integer.signum(order.compare(b, a)), said);
      assertEquals(a.equals(b), order.compare(a, b) == 0, said);
      if (order.compare(a, b) <= 0 && order.compare(b, c) <= 0) {
        assertTrue(order.compare(a, c) <= 0, said);
      }
    }
  }

  private static String name(Random random) {
    StringBuilder out = new StringBuilder();
    for (int n = random.nextInt(6); n >= 0; n--) {
      out.append("0012_a".charAt(random.nextInt(6)));
    }
    return out.toString();
  }
}
