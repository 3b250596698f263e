package io.drivemark.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("text")
class ConfigFileTest {
  @Test
  void valuesOfEveryKindAreRead() {
    ConfigFile file =
        ConfigFile.parse(
            "f.yaml",
            """
            name: drive
            seed: 16
            share: 0.25
            on: yes
            word: b
            list: [1, 2.5]
            one: alone
            nested: {deep: {x: 1}}
            items: [plain, {name: full, n: 3}]
            free: {b: 2, a: 1}
            nothing:
            """);
    ConfigMap root = file.root();
    assertEquals("drive", root.string("name"));
    assertEquals(16, root.integer("seed"));
    assertEquals(0.25, root.number("share", 0));
    assertTrue(root.flag("on", false));
    assertEquals("b", root.choice("word", "a", List.of("a", "b")));
    assertEquals(List.of(1.0, 2.5), root.numbers("list"));
    assertEquals(List.of("alone"), root.strings("one"));
    assertEquals(1, root.map("nested").map("deep").integer("x"));
    List<ConfigMap> items = root.maps("items", "name");
    assertEquals("plain", items.get(0).string("name"));
    assertEquals(3, items.get(1).integer("n", 0));
    assertEquals("full", items.get(1).string("name"));
    assertEquals(Map.of("a", "1", "b", "2"), root.map("free").allStrings());
    assertEquals(Optional.empty(), root.optionalString("nothing"));
    assertTrue(root.isList("list"));
    assertFalse(root.isMap("list"));
    file.finish();
  }

  @Test
  void absentKeysGiveTheirDefaults() {
    ConfigFile file = ConfigFile.parse("f.yaml", "a: 1");
    ConfigMap root = file.root();
    assertEquals(1, root.integer("a", 5));
    assertEquals(5, root.integer("b", 5));
    assertEquals("x", root.string("c", "x"));
    assertEquals(List.of(), root.strings("d"));
    assertEquals(List.of(), root.maps("e", "name"));
    assertEquals(7, root.map("f").integer("g", 7));
    file.finish();
  }

  @Test
  void allProblemsComeTogetherWithLineAndPath() {
    ConfigFile file =
        ConfigFile.parse(
            "f.yaml",
            """
            seed: many
            latency:
              run: 200
            engine: opencvv
            models: [1, [2]]
            """);
    ConfigMap root = file.root();
    root.string("name");
    root.integer("seed", 1);
    root.map("latency").integer("runs", 100);
    root.choice("engine", "opencv", List.of("onnxruntime", "opencv"));
    root.strings("models");
    assertEquals(
        "f.yaml: 5 problems\n"
            + "  line 1: key 'name' is missing: expected a text\n"
            + "  line 1: seed: found many, expected a whole number\n"
            + "  line 4: engine: found opencvv (did you mean 'opencv'?), expected one of"
            + " onnxruntime, opencv\n"
            + "  line 5: models: expected a list of plain values\n"
            + "  line 3: unknown key 'latency.run' (did you mean 'runs'?); known here: runs",
        message(file::finish));
  }

  @Test
  void oneProblemIsOneLine() {
    ConfigFile file = ConfigFile.parse("f.yaml", "grid: 1\n");
    file.root().string("name", "");
    assertEquals("f.yaml: line 1: unknown key 'grid'; known here: name", message(file::finish));
  }

  @Test
  void aKeyThatOccursTwiceIsAProblem() {
    ConfigFile file = ConfigFile.parse("f.yaml", "a: 1\na: 2\n");
    file.root().integer("a", 0);
    assertEquals("f.yaml: line 2: key 'a' occurs twice, first in line 1", message(file::finish));
  }

  @Test
  void brokenYamlNamesItsLine() {
    assertEquals(
        "f.yaml: line 2: no valid YAML: mapping values are not allowed here",
        message(() -> ConfigFile.parse("f.yaml", "a: 1\nb: 2: 3\n")));
    assertEquals(
        "f.yaml: expected keys and values (a YAML mapping)",
        message(() -> ConfigFile.parse("f.yaml", "- a\n")));
    assertEquals(
        "f.yaml: expected keys and values (a YAML mapping)",
        message(() -> ConfigFile.parse("f.yaml", "")));
  }

  @Test
  void missingFileIsNamed(@TempDir Path folder) {
    Path file = folder.resolve("none.yaml");
    assertEquals(file + ": no such file", message(() -> ConfigFile.read(file)));
  }

  private static String message(Runnable action) {
    return assertThrows(BadInputException.class, action::run).getMessage();
  }
}
