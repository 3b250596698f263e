package io.drivemark.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Planted faults of a reader are found, told apart and kept. */
class FuzzRunTest {
  @TempDir Path folder;

  @Test
  void exceptionsAndErrorsAreFindingsByCauseAndRefusalsAreNot() throws Exception {
    FuzzTarget target =
        FuzzTarget.of("planted", FuzzRunTest::planted)
            .seed("count 12 end")
            .tokens("#")
            .mayThrow(IllegalArgumentException.class);
    Collection<FuzzFinding> findings = run(target, Map.of());
    assertEquals(
        Set.of(
            "IllegalStateException-FuzzRunTest-planted", "StackOverflowError-FuzzRunTest-deeper"),
        kinds(findings));
    for (FuzzFinding finding : findings) {
      assertThrows(Throwable.class, () -> planted(finding.input()));
    }
    String report = FuzzRun.report(target, findings, folder);
    assertTrue(report.contains("planted: seed 7, input "), report);
    FuzzFinding first = findings.iterator().next();
    Path file = first.write(folder);
    assertArrayEquals(
        first.input(),
        java.util.Base64.getMimeDecoder().decode(java.nio.file.Files.readAllBytes(file)));
  }

  private static void planted(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    if (text.contains("#")) {
      throw new IllegalStateException("a token");
    }
    if (text.indexOf('c') != text.lastIndexOf('c')) {
      deeper(1); // a block was repeated
    }
    if (!text.startsWith("count")) {
      throw new IllegalArgumentException("refused");
    }
  }

  @SuppressWarnings("InfiniteRecursion")
  private static int deeper(int depth) {
    return deeper(depth + 1) + 1;
  }

  @Test
  void aHangEndsTheRunAndIsNamed() {
    FuzzTarget target =
        FuzzTarget.of(
                "hanging",
                input -> {
                  while (input.length > 5) {
                    Thread.onSpinWait();
                  }
                })
            .seed("abc");
    FuzzRun run = new FuzzRun(target, Map.of(), 7, Duration.ofSeconds(20), Duration.ofMillis(200));
    Collection<FuzzFinding> findings = run.run();
    assertEquals(Set.of("hang"), kinds(findings));
    assertTrue(findings.iterator().next().input().length > 5);
  }

  @Test
  void memoryAboveTheLimitIsAFinding() {
    FuzzTarget target =
        FuzzTarget.of(
                "greedy",
                input -> {
                  byte[] much = new byte[input.length > 6 ? 8 << 20 : 1];
                  much[0] = 1;
                })
            .seed("abcd")
            .mostAllocated(4 << 20);
    assertEquals(Set.of("memory"), kinds(run(target, Map.of())));
  }

  @Test
  void keptInputsComeFirstAndAreNamed() {
    FuzzTarget target =
        FuzzTarget.of(
                "kept",
                input -> {
                  if (input.length == 3) {
                    throw new IllegalStateException("three");
                  }
                })
            .seed("ab");
    FuzzFinding finding = run(target, Map.of("three.b64", new byte[3])).iterator().next();
    assertEquals("kept input three.b64", finding.origin());
  }

  @Test
  void aValidInputThatIsRefusedIsAFinding() {
    FuzzTarget target =
        FuzzTarget.of(
                "strict",
                input -> {
                  throw new IllegalArgumentException("never");
                })
            .seed("ab")
            .mayThrow(IllegalArgumentException.class);
    FuzzFinding finding = run(target, Map.of()).iterator().next();
    assertEquals("valid input 0 is refused", finding.origin());
  }

  @Test
  void inputsAreFixedBySeedAndNumberAndDiffer() {
    FuzzTarget target = FuzzTarget.of("any", input -> {}).seed("abc 12 def").seed("[x]");
    Mutations one = new Mutations(target, target.seeds(), 3);
    Mutations other = new Mutations(target, target.seeds(), 3);
    Set<String> seen = new HashSet<>();
    for (int i = 99; i >= 0; i--) {
      byte[] input = one.input(i);
      assertArrayEquals(input, other.input(i));
      seen.add(Arrays.toString(input));
    }
    assertTrue(seen.size() > 80, "distinct: " + seen.size());
    assertArrayEquals("abc 12 def".getBytes(StandardCharsets.UTF_8), target.seeds().get(0));
  }

  @Test
  void aRepairReachesWhatLiesBehindAGuard() {
    FuzzTarget guarded =
        FuzzTarget.of(
                "guarded",
                input -> {
                  int sum = 0;
                  for (int i = 1; i < input.length; i++) {
                    sum += input[i];
                  }
                  if (input.length == 0 || input[0] != (byte) sum) {
                    throw new IllegalArgumentException("checksum");
                  }
                  if (input.length > 40) {
                    throw new IllegalStateException("long");
                  }
                })
            .seed(new byte[] {3, 1, 2})
            .mayThrow(IllegalArgumentException.class)
            .repair(
                input -> {
                  byte[] out = input.length == 0 ? new byte[1] : input.clone();
                  out[0] = 0;
                  for (int i = 1; i < out.length; i++) {
                    out[0] += out[i];
                  }
                  return out;
                });
    assertEquals(1, run(guarded, Map.of()).size());
  }

  private static Collection<FuzzFinding> run(FuzzTarget target, Map<String, byte[]> kept) {
    return new FuzzRun(target, kept, 7, Duration.ofMillis(700), FuzzRun.HANG).run();
  }

  private static Set<String> kinds(Collection<FuzzFinding> findings) {
    return new TreeSet<>(List.copyOf(findings).stream().map(FuzzFinding::kind).toList());
  }
}
