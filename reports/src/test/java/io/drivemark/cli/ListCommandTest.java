package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ListCommandTest {
  @Test
  void unknownKindNamesTheNearest() {
    Invocation typo = Invocation.of("list", "engins");
    assertEquals(2, typo.exitCode());
    assertEquals(
        List.of(
            "drivemark list: 'engins' cannot be listed (did you mean 'engines'?); there are"
                + " datasets, models, engines, mappings, protocols, architectures"),
        typo.err().lines().toList());
  }
}
