package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {
  @Test
  void withoutArgumentsHelpIsShownAndNothingIsWrong() {
    Invocation help = Invocation.of();
    assertEquals(0, help.exitCode());
    assertTrue(help.out().startsWith("Usage: drivemark [-hV] COMMAND"), help.out());
    assertEquals("", help.err());
  }

  @Test
  void mistypedCommandNamesTheNearest() {
    Invocation typo = Invocation.of("lst");
    assertEquals(2, typo.exitCode());
    assertEquals("", typo.out());
    assertTrue(
        typo.err()
            .startsWith("drivemark: unknown command 'lst' (did you mean 'list'?); there are "),
        typo.err());
    assertTrue(typo.err().endsWith("Help: drivemark --help" + System.lineSeparator()), typo.err());
  }

  @Test
  void mistypedOptionNamesTheNearest() {
    Invocation typo = Invocation.of("list", "engines", "--jsn");
    assertEquals(2, typo.exitCode());
    assertEquals(
        List.of(
            "drivemark list: unknown option '--jsn' (did you mean '--json'?); there are --help,"
                + " --json, --version",
            "Help: drivemark list --help"),
        typo.err().lines().toList());
  }

  @Test
  void pruneSaysThatItIsNotBuiltYet() {
    Invocation prune = Invocation.of("prune", "--model", "enet-camvid", "--keep", "macs=0.5");
    assertEquals(3, prune.exitCode());
    assertEquals(
        List.of(
            "drivemark prune: pruning is not built yet; evaluate networks pruned elsewhere by"
                + " giving their ONNX files to 'drivemark run'"),
        prune.err().lines().toList());
  }

  @Test
  void eachCommandHasHelpThatSaysWhatItDoes() {
    CommandLine line = new CommandLine(new DrivemarkCommand());
    for (String name : line.getSubcommands().keySet()) {
      Invocation help = Invocation.of(name, "--help");
      assertEquals(0, help.exitCode(), name);
      assertTrue(help.out().contains("Usage: drivemark " + name), help.out());
    }
  }
}
