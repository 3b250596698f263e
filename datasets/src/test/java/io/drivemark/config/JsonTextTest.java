package io.drivemark.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
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
