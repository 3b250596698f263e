package io.drivemark.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is written is read back, whatever people call things. */
@Tag("text")
class ConfigTextTest {
  private static final List<String> PIECES =
      List.of(
          "a",
          " ",
          ": ",
          "# ",
          "\n",
          "\t",
          "\r\n",
          "\u0007",
          "\u001b[31m",
          "\u007f",
          "\u0085",
          "\u2028",
          "\ufeff",
          "\ufffe",
          "\ud83d\ude97",
          "\u202e",
          "'",
          "\"",
          "\\",
          "- ",
          "&a",
          "*a",
          "!!x",
          "|",
          "~",
          "null",
          "010",
          "é",
          "\u0001");

  private static String block(String name) {
    return ConfigText.block(Map.of("name", name));
  }

  @Test
  void controlCharactersAreEscapesNotTags() {
    assertEquals("name: \"a\\ab\"\n", block("a\u0007b"));
    assertEquals("name: \"\\e[31m\\x7f\"\n", block("\u001b[31m\u007f"));
    assertEquals("name: plain\n", block("plain"));
  }

  @Test
  void keysStandOnLinesOfTheirOwnOrPlainListsInOne() {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("b", List.of(1, 2));
    keys.put("a", Map.of("c", "d"));
    assertEquals("b:\n- 1\n- 2\na:\n  c: d\n", ConfigText.block(keys));
    assertEquals("b: [1, 2]\na: {c: d}\n", ConfigText.compact(keys));
  }

  @Test
  void everyTextIsReadBack() {
    for (long seed = 1; seed <= 2000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(6); i >= 0; i--) {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      String written = block(text.toString());
      ConfigFile file = ConfigFile.parse("seed " + seed, written);
      assertEquals(text.toString(), file.root().string("name"), () -> "seed of " + written);
      file.finish();
      Map<String, String> as = Map.of(text.toString(), text.toString());
      ConfigFile key = ConfigFile.parse("seed " + seed, ConfigText.compact(Map.of("x", as)));
      assertEquals(as, key.root().map("x").allStrings(), "seed " + seed);
    }
  }
}
