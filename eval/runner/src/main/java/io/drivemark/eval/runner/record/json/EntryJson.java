package io.drivemark.eval.runner.record.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.eval.runner.record.Entry;

/** An {@link Entry} as the JSON object the contract describes, and back. Stateless. */
public final class EntryJson {
  private EntryJson() {}

  /** The JSON object of an entry. */
  public static ObjectNode write(Entry entry) {
    return RecordMapper.write(EntryView.of(entry));
  }

  /**
   * The entry of a JSON object; fields it does not know are ignored.
   *
   * @param source what to call it in messages
   * @param path where in the source it stands
   * @throws io.drivemark.problem.BadInputException if a field is missing or of the wrong kind
   */
  public static Entry read(String source, String path, JsonNode node) {
    return read(new JsonPlace(source, path), node);
  }

  static Entry read(JsonPlace at, JsonNode node) {
    return at.made(() -> RecordMapper.read(at, node, EntryView.class).entry(at));
  }
}
