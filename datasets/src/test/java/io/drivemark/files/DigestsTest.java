package io.drivemark.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.problem.UnavailableException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the examples of FIPS 180-2, appendix B. */
class DigestsTest {
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  private static final String MILLION =
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

  @TempDir private Path folder;

  @Test
  void textsAndPartsOfThemHaveThePublishedDigests() {
    assertEquals(ABC, Digests.of("abc"));
    assertEquals(MILLION, Digests.of("a".repeat(1_000_000)));
    var parts = Digests.sha256();
    parts.update("a".getBytes(StandardCharsets.UTF_8));
    parts.update("bc".getBytes(StandardCharsets.UTF_8));
    assertEquals(ABC, Digests.hex(parts.digest()));
  }

  @Test
  void aFileHasTheDigestOfItsText() throws Exception {
    Path file = folder.resolve("million");
    Files.writeString(file, "a".repeat(1_000_000));
    assertEquals(MILLION, Digests.of(file));
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Path file = folder.resolve("absent");
    UnavailableException e = assertThrows(UnavailableException.class, () -> Digests.of(file));
    assertEquals(file + ": cannot be read: " + file, e.getMessage());
  }
}
