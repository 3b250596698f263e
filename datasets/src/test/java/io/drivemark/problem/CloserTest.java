package io.drivemark.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CloserTest {
  private final List<String> closed = new ArrayList<>();

  private AutoCloseable resource(String name, Exception failure) {
    return () -> {
      closed.add(name);
      if (failure != null) {
        throw failure;
      }
    };
  }

  @Test
  void theLastIsClosedFirstAndEachOnce() {
    Closer closer = new Closer();
    closer.add(resource("a", null));
    closer.add(resource("b", null));
    closer.close();
    closer.close();
    assertEquals(List.of("b", "a"), closed);
  }

  @Test
  void oneThatFailsKeepsNoneOpenAndLaterFailuresAreSuppressed() {
    IllegalStateException first = new IllegalStateException("c");
    IllegalStateException second = new IllegalStateException("a");
    Closer closer = new Closer();
    closer.add(resource("a", second));
    closer.add(resource("b", null));
    closer.add(resource("c", first));
    assertSame(first, assertThrows(IllegalStateException.class, closer::close));
    assertEquals(List.of("c", "b", "a"), closed);
    assertEquals(List.of(second), List.of(first.getSuppressed()));
  }

  @Test
  void aFailureOfTheBodyStaysTheOneThatIsThrown() {
    IllegalStateException ofClosing = new IllegalStateException("closing");
    BadInputException thrown =
        assertThrows(
            BadInputException.class,
            () -> {
              try (Closer closer = new Closer()) {
                closer.add(resource("a", ofClosing));
                throw new BadInputException("body");
              }
            });
    assertEquals("body", thrown.getMessage());
    assertEquals(List.of(ofClosing), List.of(thrown.getSuppressed()));
  }

  @Test
  void checkedFailuresAreTheCause() {
    IOException disk = new IOException("disk");
    Closer closer = new Closer();
    closer.add(resource("a", disk));
    IllegalStateException e = assertThrows(IllegalStateException.class, closer::close);
    assertSame(disk, e.getCause());
    assertEquals("a resource could not be closed: java.io.IOException: disk", e.getMessage());
  }
}
