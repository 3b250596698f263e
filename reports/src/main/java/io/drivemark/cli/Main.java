package io.drivemark.cli;

import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line's entrance. Results go to standard output, progress and problems to standard
 * error. Exit codes: 0 fine, 1 findings, 2 bad input, 3 environment or not built yet.
 */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true);
    PrintWriter err = new PrintWriter(System.err, true);
    System.exit(execute(out, err, args));
  }

  /**
   * Runs one command inside this process.
   *
   * @param out receives results
   * @param err receives progress and problems
   * @return the exit code
   */
  public static int execute(PrintWriter out, PrintWriter err, String... args) {
    CommandLine line = new CommandLine(new DrivemarkCommand());
    line.setOut(out);
    line.setErr(err);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(true);
    line.setUsageHelpLongOptionsMaxWidth(28);
    line.setParameterExceptionHandler((e, arguments) -> badArguments(e));
    line.setExecutionExceptionHandler((e, command, parsed) -> failed(e, command));
    int code = line.execute(args);
    out.flush();
    err.flush();
    return code;
  }

  private static int badArguments(ParameterException e) {
    CommandSpec command = e.getCommandLine().getCommandSpec();
    PrintWriter err = e.getCommandLine().getErr();
    err.println(command.qualifiedName() + ": " + explain(e, command));
    err.println("Help: " + command.qualifiedName() + " --help");
    return ExitCode.BAD_INPUT;
  }

  private static String explain(ParameterException e, CommandSpec command) {
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      String given = unmatched.getUnmatched().get(0);
      boolean option = given.startsWith("-");
      List<String> known = new ArrayList<>();
      if (option) {
        command.options().stream()
            .filter(o -> !o.hidden())
            .forEach(o -> known.add(o.longestName()));
      } else {
        known.addAll(command.subcommands().keySet());
      }
      known.sort(null);
      String kind = option ? "option" : known.isEmpty() ? "argument" : "command";
      String name = option && given.contains("=") ? given.substring(0, given.indexOf('=')) : given;
      return "unknown "
          + kind
          + " '"
          + name
          + "'"
          + Nearest.hint(name, known)
          + (known.isEmpty() ? "" : "; there are " + String.join(", ", known));
    }
    return e.getMessage();
  }

  private static int failed(Exception e, CommandLine command) {
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName();
    if (e instanceof BadInputException) {
      err.println(name + ": " + e.getMessage());
      return ExitCode.BAD_INPUT;
    }
    if (e instanceof UnavailableException) {
      err.println(name + ": " + e.getMessage());
      return ExitCode.UNAVAILABLE;
    }
    if (e instanceof IOException || e instanceof UncheckedIOException) {
      Throwable cause = e instanceof UncheckedIOException ? e.getCause() : e;
      err.println(name + ": reading or writing failed: " + cause);
      return ExitCode.UNAVAILABLE;
    }
    err.println(name + ": this should not happen; please report it with the lines below");
    e.printStackTrace(err);
    return ExitCode.UNAVAILABLE;
  }
}
