package io.drivemark.eval.history.judge.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.drivemark.config.JsonText;
import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.problem.BadInputException;

/**
 * A verdict as the text of {@code verdict.json} and back: what is read equals what was written. New
 * fields may be added to the schema; a reader ignores those it does not know, and refuses a schema
 * of another number. No text of it holds {@code <}, {@code >} or {@code &}, so that a page may hold
 * it as it is. Stateless.
 */
public final class VerdictJson {
  /** What the file says it is. */
  public static final String SCHEMA = "drivemark-verdict/1";

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private VerdictJson() {}

  /** The text of a verdict, ending in a line feed. */
  public static String write(Verdict verdict) {
    return JsonText.indented(new VerdictWriter(MAPPER.getNodeFactory()).write(verdict))
            .replace("<", "\\u003c")
            .replace(">", "\\u003e")
            .replace("&", "\\u0026")
        + "\n";
  }

  /**
   * The verdict of a text.
   *
   * @param where the file's name, for messages
   * @throws BadInputException if it is no verdict; the message has the place, what was found and
   *     what was expected
   */
  public static Verdict read(String text, String where) {
    try {
      return new VerdictReader().read(new Place(MAPPER.readTree(text), where, ""));
    } catch (JsonProcessingException e) {
      throw new BadInputException(where + ": no JSON: " + e.getOriginalMessage(), e);
    }
  }
}
