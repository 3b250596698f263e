package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

@Tag("text")
class MainTest {
  @Test
  void withoutArgumentsHelpIsShownAndNothingIsWrong() {
    Invocation help = Invocation.of();
    assertEquals(0, help.exitCode());
    assertTrue(help.out().startsWith("Usage: drivemark [-hV] COMMAND"), help.out());
    assertEquals("", help.err());
  }

  /** The program's own help is printed without picocli, in its words and its lines. */
  @Test
  void theProgramsOwnHelpIsWhatPicocliMakesOfTheCommands() {
    CommandLine line = DrivemarkCommand.line("--help");
    line.setUsageHelpLongOptionsMaxWidth(28);
    String expected = line.getUsageMessage(Ansi.OFF);
    for (String[] arguments :
        List.of(new String[] {"--help"}, new String[] {"-h"}, new String[0])) {
      Invocation help = Invocation.of(arguments);
      assertEquals(0, help.exitCode());
      assertEquals(expected.lines().toList(), help.out().lines().toList());
    }
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
    assertTrue(typo.err().endsWith("Help: drivemark --help\n"), typo.err());
  }

  @Test
  void mistypedOptionNamesTheNearest() {
    Invocation typo = Invocation.of("list", "engines", "--jsn");
    assertEquals(2, typo.exitCode());
    assertEquals(
        List.of(
            "drivemark list: unknown option '--jsn' (did you mean '--json'?); there are --details,"
                + " --help, --html, --json, --version",
            "Help: drivemark list --help"),
        typo.err().lines().toList());
  }

  @Test
  void eachCommandHasHelpThatSaysWhatItDoes() {
    CommandLine line = DrivemarkCommand.line();
    assertEquals(DrivemarkCommand.commands().keySet(), line.getSubcommands().keySet());
    for (String name : line.getSubcommands().keySet()) {
      Class<?> type = DrivemarkCommand.commands().get(name).type();
      assertEquals(name, type.getAnnotation(Command.class).name());
      assertEquals(Set.of(name), DrivemarkCommand.line(name, "x").getSubcommands().keySet());
      Invocation help = Invocation.of(name, "--help");
      assertEquals(0, help.exitCode(), name);
      assertTrue(help.out().contains("Usage: drivemark " + name), help.out());
    }
  }

  /** Without a command's name among the arguments, commands are listed and not looked at. */
  @ParameterizedTest
  @ValueSource(strings = {"", "--help", "--version", "lst", "--help score"})
  void theHelpListsWhatTheCommandsSayOfThemselves(String arguments) {
    CommandLine whole = new CommandLine(new DrivemarkCommand());
    DrivemarkCommand.commands().forEach((name, known) -> whole.addSubcommand(name, known.type()));
    CommandLine line = DrivemarkCommand.line(arguments.split(" "));
    assertEquals(whole.getUsageMessage(Ansi.OFF), line.getUsageMessage(Ansi.OFF));
    boolean named = arguments.contains("score");
    assertEquals(named, !line.getSubcommands().get("score").getCommandSpec().options().isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--count=010|found '010' (write 10: a leading zero means octal to other readers), expected a"
            + " whole number",
        "--count=0x10|found '0x10' (write it with decimal digits), expected a whole number",
        "--seed=1_000|found '1_000' (write 1000), expected a whole number"
      })
  void numbersOfOptionsAreDecimal(String option, String message) {
    Invocation synth = Invocation.of("synth", option, "--out", "x");
    assertEquals(2, synth.exitCode());
    assertEquals(
        "drivemark synth: Invalid value for option '"
            + option.substring(0, option.indexOf('='))
            + "': "
            + message,
        synth.err().lines().findFirst().orElseThrow());
  }
}
