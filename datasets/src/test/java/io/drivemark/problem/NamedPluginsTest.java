package io.drivemark.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NamedPluginsTest {
  private static NamedPlugins<Object> numbers(Object... found) {
    return NamedPlugins.of("number", "numbers", List.of(found), Object::toString);
  }

  @Test
  void namesAreSortedAndFound() {
    NamedPlugins<Object> numbers = numbers(7L, 12L);

    assertEquals(List.of("12", "7"), numbers.names());
    assertEquals(7L, numbers.named("7"));
    assertEquals(Optional.of(12L), numbers.find("12"));
    assertEquals(Optional.empty(), numbers.find("8"));
  }

  @Test
  void anUnknownNameIsRefusedWithTheKnownOnes() {
    BadInputException e =
        assertThrows(BadInputException.class, () -> numbers("sobel", "prewitt").named("sobl"));

    assertEquals(
        "number 'sobl' is not known (did you mean 'sobel'?); there are prewitt, sobel",
        e.getMessage());
  }

  @Test
  void twoOfOneNameAreRefusedWithWhereTheyComeFrom() {
    BadInputException e = assertThrows(BadInputException.class, () -> numbers(7L, "7"));

    assertEquals(
        "two numbers are called '7': java.lang.Long and java.lang.String; remove one from the class"
            + " path",
        e.getMessage());
  }
}
