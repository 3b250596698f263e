package io.drivemark.datasets.truth;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads which segments a panoptic JSON file describes. Its annotations pass by one after the other;
 * what else there is, is skipped. Stateless.
 */
final class PanopticJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_ID = 0xFFFFFF;

  private PanopticJson() {}

  /**
   * All segments by the PNG's name without folders.
   *
   * @throws BadInputException if the file is missing, damaged or built otherwise, or describes a
   *     PNG or a segment twice
   */
  static Map<String, Segments> read(Path file) {
    Map<String, Segments> out = new HashMap<>();
    boolean found = false;
    try (JsonParser json = JSON.createParser(file.toFile())) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new BadInputException(file + ": expected a JSON object with annotations");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        JsonToken value = json.nextToken();
        if (!key.equals("annotations")) {
          json.skipChildren();
          continue;
        }
        if (value != JsonToken.START_ARRAY) {
          throw new BadInputException(file + ": annotations is no list");
        }
        found = true;
        for (int i = 1; json.nextToken() != JsonToken.END_ARRAY; i++) {
          add(file + ": annotation " + i, JSON.readTree(json), out);
        }
      }
    } catch (IOException e) {
      throw JsonFiles.unreadable(file, e);
    }
    if (!found) {
      throw new BadInputException(file + ": it has no annotations");
    }
    return out;
  }

  private static void add(String what, JsonNode annotation, Map<String, Segments> out) {
    String path = annotation.path("file_name").asText("");
    if (path.isEmpty()) {
      throw new BadInputException(what + " has no file_name");
    }
    String name = path.substring(path.lastIndexOf('/') + 1);
    JsonNode infos = annotation.path("segments_info");
    if (!infos.isArray()) {
      throw new BadInputException(what + " (" + name + ") has no list segments_info");
    }
    Map<Integer, Segments.Segment> segments = new HashMap<>();
    for (JsonNode info : infos) {
      String which = what + " (" + name + "), segment " + info.path("id");
      int id = number(which, info, "id", 1, MOST_ID);
      int category = number(which, info, "category_id", 0, PanopticTruth.NO_SEGMENT - 1);
      boolean crowd = info.has("iscrowd") && number(which, info, "iscrowd", 0, 1) == 1;
      if (segments.put(id, new Segments.Segment(category, crowd)) != null) {
        throw new BadInputException(which + ": the number occurs twice");
      }
    }
    if (out.put(name, new Segments(segments)) != null) {
      throw new BadInputException(what + " (" + name + "): the file is described twice");
    }
  }

  private static int number(String what, JsonNode info, String key, int least, int most) {
    JsonNode node = info.path(key);
    if (!node.isIntegralNumber()
        || !node.canConvertToInt()
        || node.intValue() < least
        || node.intValue() > most) {
      throw new BadInputException(
          what
              + ": "
              + key
              + " is "
              + (node.isMissingNode() ? "missing" : node)
              + ", expected "
              + least
              + " to "
              + most);
    }
    return node.intValue();
  }
}
