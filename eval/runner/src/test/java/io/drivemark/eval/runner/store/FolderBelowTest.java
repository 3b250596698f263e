package io.drivemark.eval.runner.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.eval.runner.evidence.SpreadsheetText;
import io.drivemark.problem.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FolderBelowTest {
  @TempDir Path temporary;

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void nothingLeadsOutOfTheFolder() throws Exception {
    Path folder = Files.createDirectories(temporary.resolve("out"));
    Path secret = Files.writeString(temporary.resolve("secret.png"), "x");
    Files.createSymbolicLink(folder.resolve("link.png"), secret);
    Files.writeString(folder.resolve("own.png"), "x");
    assertEquals(folder.resolve("own.png"), FolderBelow.resolve("r", folder, "own.png"));
    assertEquals(folder.resolve("none.png"), FolderBelow.resolve("r", folder, "none.png"));
    refused(folder, secret.toString(), "is an absolute path");
    refused(folder, "../secret.png", "has '..' in it");
    refused(folder, "a/../../secret.png", "has '..' in it");
    refused(folder, "link.png", "leads out of the folder by a link");
    refused(folder, "a\u0000b", "is no path");
  }

  private static void refused(Path folder, String name, String what) {
    assertEquals(
        "r: '"
            + name
            + "' "
            + what
            + "; records may only name files below "
            + folder
            + ": this one was changed, or is from a stranger",
        assertThrows(BadInputException.class, () -> FolderBelow.resolve("r", folder, name))
            .getMessage());
  }

  @Test
  void textsThatAreFormulasToASpreadsheetBeginWithAnApostrophe() {
    for (String formula : new String[] {"=1+1", "+x", "-x", "@SUM(A1)", "\tx", "\rx"}) {
      assertEquals("'" + formula, SpreadsheetText.safe(formula));
    }
    for (String plain : new String[] {"", "a=b", "-5", "+2.5", "-1e-3", "x"}) {
      assertEquals(plain, SpreadsheetText.safe(plain));
    }
  }
}
