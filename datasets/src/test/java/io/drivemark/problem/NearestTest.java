package io.drivemark.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("text")
class NearestTest {
  private static final List<String> NAMES = List.of("protocol", "size", "engines");

  @Test
  void aSlipIsFound() {
    assertEquals(Optional.of("protocol"), Nearest.nearest("protocoll", NAMES));
    assertEquals(Optional.of("engines"), Nearest.nearest("Engine", NAMES));
    assertEquals(" (did you mean 'size'?)", Nearest.hint("sise", NAMES));
  }

  @Test
  void somethingElseIsNot() {
    assertEquals(Optional.empty(), Nearest.nearest("latency", NAMES));
    assertEquals("", Nearest.hint("x", List.of()));
  }

  @Test
  void equallyNearNamesGoByAlphabet() {
    assertEquals(Optional.of("val1"), Nearest.nearest("val", List.of("val2", "val1")));
  }
}
