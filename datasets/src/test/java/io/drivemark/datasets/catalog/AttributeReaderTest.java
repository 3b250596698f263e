package io.drivemark.datasets.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("text")
class AttributeReaderTest {
  private static final AttributeFile LIST =
      new AttributeFile(
          List.of("{split}.json", "more.json"),
          "",
          "name",
          Map.of("weather", "attributes.weather", "speed", "speed"),
          Set.of("undefined"));

  /** As panoptic files of COCO's kind have it. */
  private static final AttributeFile BELOW =
      new AttributeFile(
          List.of("panoptic.json"),
          "set.images",
          "file_name",
          Map.of("blur", "hazards.blur"),
          Set.of());

  @TempDir Path root;

  private Map<String, Map<String, String>> read(AttributeFile rule) {
    return AttributeReader.read(rule, root, "val", Set.of("a", "b", "c.d"));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(root.resolve(name), text);
  }

  @Test
  void framesAreFoundByIdOrFileAndTheFirstFileToSayCounts() throws IOException {
    write(
        "val.json",
        """
        [{"labels": [{"name": "x", "attributes": {"weather": "no"}}], "name": "day/a.jpg",
          "attributes": {"deep": {"weather": "no"}, "weather": "rainy", "list": [1, {"b": 2}]}},
         {"attributes": {"weather": "undefined"}, "name": "b"},
         {"name": "c.d", "attributes": null, "speed": 12.50},
         {"name": "elsewhere.jpg", "attributes": {"weather": "snowy"}}]
        """);
    write(
        "more.json",
        """
        [{"name": "a", "attributes": {"weather": "clear"}, "speed": true},
         {"name": "b.png", "attributes": {"weather": "foggy"}, "speed": {"kmh": 3}}]
        """);
    assertEquals(
        Map.of(
            "a", Map.of("weather", "rainy", "speed", "true"),
            "b", Map.of("weather", "foggy"),
            "c.d", Map.of("speed", "12.50")),
        read(LIST));
  }

  @Test
  void theListMayLieDeepInTheFile() throws IOException {
    write(
        "panoptic.json",
        """
        {"images": "none of this", "set": {"info": [1, 2], "images": [
          {"id": 7, "file_name": "images/a.jpg", "hazards": {"blur": "high"}}], "more": {}},
         "annotations": [{"file_name": "b"}]}
        """);
    assertEquals(Map.of("a", Map.of("blur", "high")), read(BELOW));
  }

  @Test
  void filesThatAreNotThereTellNothing() {
    assertEquals(Map.of(), read(LIST));
  }

  @Test
  void filesThatAreBuiltOtherwiseAreRefused() throws IOException {
    refused(
        LIST,
        "val.json",
        "{\"frames\": []}",
        ", line 1: the file is an object, expected a list of frames");
    refused(
        LIST,
        "val.json",
        "[{\"name\": \"a\"},\n 3]",
        ", line 2: frame 2 is a single value, expected an object");
    refused(
        LIST,
        "val.json",
        "[{\"weather\": \"clear\"}]",
        ": frame 1 has no 'name', which tells its sample");
    refused(LIST, "val.json", "", ", line 1: the file is nothing, expected a list of frames");
    refused(
        BELOW,
        "panoptic.json",
        "{\"set\": {}}",
        ": there is no 'images'; expected the list of frames at set.images");
    refused(
        BELOW,
        "panoptic.json",
        "{\"set\": []}",
        ", line 1: what should hold 'images' is a list, expected an object");
    refused(
        BELOW,
        "panoptic.json",
        "{\"set\": {\"images\": 1}}",
        ", line 1: 'set.images' is a single value, expected a list of frames");
  }

  @Test
  void damagedFilesAreRefused() throws IOException {
    for (String text : List.of("[{\"name\": \"a\"},\n{\"name\": ", "[{\"name\": \"a\"},\n\n}]")) {
      write("val.json", text);
      String message = assertThrows(BadInputException.class, () -> read(LIST)).getMessage();
      String start = root.resolve("val.json") + ": damaged JSON in line ";
      assertEquals(start, message.substring(0, start.length()));
      assertEquals("; copy or create the file again", message.substring(message.lastIndexOf(';')));
    }
  }

  private void refused(AttributeFile rule, String name, String text, String end)
      throws IOException {
    write(name, text);
    assertEquals(
        root.resolve(name) + end,
        assertThrows(BadInputException.class, () -> read(rule)).getMessage());
  }
}
