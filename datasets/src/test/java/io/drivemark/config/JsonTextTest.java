package io.drivemark.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class JsonTextTest {
  private static final String LINES = "{\n  \"a\" : [ 1, {\n    \"b\" : null\n  } ]\n}";

  private static Map<String, Object> value() {
    Map<String, Object> inner = new TreeMap<>();
    inner.put("b", null);
    return new TreeMap<>(Map.of("a", List.of(1, inner)));
  }

  /** In a process of its own: the line separator is read once, when classes are loaded. */
  public static void main(String[] arguments) throws JsonProcessingException {
    String plain = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(value());
    byte[] both = (JsonText.indented(value()) + "|" + plain).getBytes(StandardCharsets.UTF_8);
    System.out.write(both, 0, both.length);
    System.out.flush();
  }

  /** Trees are written without a mapper, in the same bytes. */
  @Test
  void aTreeIsWhatTheMapperMakesOfIt() throws JsonProcessingException {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("text", "\"\\/ \u0001\n\u00e9\u2028\uD83D\uDE97").put("", "").put("flag", true);
    tree.putNull("none").put("int", -7).put("short", (short) 3).put("long", 1L << 53);
    tree.put("float", 0.1f).put("double", 1e-7).put("whole", 3.0).put("minus zero", -0.0);
    tree.put("nan", Double.NaN).put("infinite", Double.NEGATIVE_INFINITY);
    tree.put("big", BigInteger.TWO.pow(70)).put("decimal", new BigDecimal("1.50E+3"));
    tree.putObject("no fields");
    ArrayNode list = tree.putArray("list");
    list.addArray();
    list.add(1).addObject().putArray("inner").add("a").add(2.5).addNull();
    for (JsonNode node : List.of(tree, list, tree.get("double"), tree.get("none"))) {
      assertEquals(mapped(node), JsonText.indented(node));
    }
  }

  private static String mapped(JsonNode node) throws JsonProcessingException {
    DefaultPrettyPrinter lines =
        new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
    return new ObjectMapper().writer(lines).writeValueAsString(node);
  }

  @Test
  void whatJsonHasNoFormForIsRefused() {
    JsonNode tree = JsonNodeFactory.instance.arrayNode().add(new byte[] {1});
    assertThrows(IllegalStateException.class, () -> JsonText.indented(tree));
  }

  @Test
  void linesEndInTheSameWayOnEveryPlatform() throws IOException, InterruptedException {
    assertEquals(LINES, JsonText.indented(value()));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dline.separator=\r\n",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                JsonTextTest.class.getName())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), printed);
    // the second shows that the separator was another one
    assertEquals(LINES + "|" + LINES.replace("\n", "\r\n"), printed);
  }
}
