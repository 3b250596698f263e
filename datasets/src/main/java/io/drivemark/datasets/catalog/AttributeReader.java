package io.drivemark.datasets.catalog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads what an {@link AttributeFile} tells of samples. Frames pass by one after the other and what
 * is not asked for is skipped, so that a file of gigabytes takes no memory. For one thread.
 */
final class AttributeReader {
  private static final JsonFactory JSON = new JsonFactory();

  private final AttributeFile rule;
  private final Set<String> ids;
  private final Set<String> paths; // all that lead to a value that is asked for
  private final Set<String> above = new HashSet<>(); // their beginnings
  private final Map<String, Map<String, String>> out = new HashMap<>();

  private AttributeReader(AttributeFile rule, Set<String> ids) {
    this.rule = rule;
    this.ids = ids;
    this.paths = new HashSet<>(rule.attributes().values());
    paths.add(rule.id());
    for (String path : paths) {
      for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
        above.add(path.substring(0, dot));
      }
    }
  }

  /**
   * What the files tell, by id and name of the attribute.
   *
   * @param folder what {@code {split}} stands for
   * @param ids the samples that are asked for
   * @throws BadInputException if a file is damaged or built otherwise; the message says where
   */
  static Map<String, Map<String, String>> read(
      AttributeFile rule, Path root, String folder, Set<String> ids) {
    AttributeReader reader = new AttributeReader(rule, ids);
    for (String name : rule.files()) {
      Path file = root.resolve(name.replace("{split}", folder));
      if (Files.isRegularFile(file)) {
        reader.read(file);
      }
    }
    return reader.out;
  }

  private void read(Path file) {
    try (JsonParser json = JSON.createParser(file.toFile())) {
      json.nextToken();
      enter(file, json);
      for (int frame = 1; json.nextToken() != JsonToken.END_ARRAY; frame++) {
        if (json.currentToken() != JsonToken.START_OBJECT) {
          throw other(file, json, "frame " + frame, "an object");
        }
        Map<String, String> found = new HashMap<>();
        collect(json, "", found);
        String name = found.get(rule.id());
        if (name == null) {
          throw new BadInputException(
              file + ": frame " + frame + " has no '" + rule.id() + "', which tells its sample");
        }
        id(name).ifPresent(id -> keep(id, found));
      }
    } catch (JsonProcessingException e) {
      throw new BadInputException(
          file
              + ": damaged JSON in line "
              + (e.getLocation() == null ? "?" : e.getLocation().getLineNr())
              + ": "
              + e.getOriginalMessage()
              + "; copy or create the file again",
          e);
    } catch (IOException e) {
      throw new BadInputException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** Goes to the beginning of the list. */
  private void enter(Path file, JsonParser json) throws IOException {
    String[] keys = rule.frames().isEmpty() ? new String[0] : rule.frames().split("\\.");
    for (String key : keys) {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw other(file, json, "what should hold '" + key + "'", "an object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME && !json.currentName().equals(key)) {
        json.nextToken();
        json.skipChildren();
      }
      if (json.currentToken() != JsonToken.FIELD_NAME) {
        throw new BadInputException(
            file + ": there is no '" + key + "'; expected the list of frames at " + rule.frames());
      }
      json.nextToken();
    }
    if (json.currentToken() != JsonToken.START_ARRAY) {
      String what = keys.length == 0 ? "the file" : "'" + rule.frames() + "'";
      throw other(file, json, what, "a list of frames");
    }
  }

  /** The values of an object that are asked for, by path. */
  private void collect(JsonParser json, String prefix, Map<String, String> found)
      throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String path = prefix + json.currentName();
      JsonToken value = json.nextToken();
      if (value == JsonToken.START_OBJECT && above.contains(path)) {
        collect(json, path + ".", found);
      } else if (value.isScalarValue() && value != JsonToken.VALUE_NULL && paths.contains(path)) {
        found.put(path, json.getText());
      } else {
        json.skipChildren();
      }
    }
  }

  /** The sample of that name; names of files lose their folders and their suffix. */
  private Optional<String> id(String name) {
    if (ids.contains(name)) {
      return Optional.of(name);
    }
    String file = name.substring(name.lastIndexOf('/') + 1);
    String stem = file.contains(".") ? file.substring(0, file.lastIndexOf('.')) : file;
    return ids.contains(stem) ? Optional.of(stem) : Optional.empty();
  }

  private void keep(String id, Map<String, String> found) {
    Map<String, String> values = out.computeIfAbsent(id, k -> new TreeMap<>());
    rule.attributes()
        .forEach(
            (attribute, path) -> {
              String value = found.get(path);
              if (value != null && !value.isBlank() && !rule.unknown().contains(value)) {
                values.putIfAbsent(attribute, value);
              }
            });
  }

  private static BadInputException other(Path file, JsonParser json, String what, String expected) {
    JsonToken token = json.currentToken();
    String found =
        token == null
            ? "nothing"
            : switch (token) {
              case START_OBJECT -> "an object";
              case START_ARRAY -> "a list";
              default -> "a single value";
            };
    return new BadInputException(
        file
            + ", line "
            + json.currentLocation().getLineNr()
            + ": "
            + what
            + " is "
            + found
            + ", expected "
            + expected);
  }
}
