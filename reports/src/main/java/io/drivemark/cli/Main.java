package io.drivemark.cli;

import io.drivemark.datasets.files.NameEncoding;
import io.drivemark.problem.Nearest;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line's entrance. Results go to standard output, progress and problems to standard
 * error. Exit codes: 0 fine, 1 findings, 2 bad input, 3 environment, not built yet, or a crash: an
 * {@link Error} too ends with 3.
 */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, Charset.defaultCharset());
    PrintWriter err = new PrintWriter(System.err, true, Charset.defaultCharset());
    Failure.watchThreads(err);
    int code = execute(out, err, args);
    System.exit(Failure.afterThreads(code));
  }

  /**
   * Runs one command inside this process.
   *
   * @param out receives results
   * @param err receives progress and problems
   * @return the exit code
   */
  public static int execute(PrintWriter out, PrintWriter err, String... args) {
    AtomicReference<CommandLine> line = new AtomicReference<>();
    int code =
        Failure.guarded(
            err,
            () -> name(line.get()),
            () -> {
              for (String argument : args) {
                NameEncoding.requireReadable(argument);
              }
              if (TopHelp.isMeant(args)) {
                TopHelp.lines().forEach(out::println);
                return ExitCode.FINE;
              }
              HeadStart.of(args);
              line.set(line(out, err, args));
              return line.get().execute(args);
            });
    out.flush();
    err.flush();
    return code;
  }

  private static CommandLine line(PrintWriter out, PrintWriter err, String... args) {
    CommandLine line = DrivemarkCommand.line(args);
    line.setOut(out);
    line.setErr(err);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    // To find out how wide a terminal is takes another process: only where there is one.
    line.setUsageHelpAutoWidth(System.console() != null);
    line.setUsageHelpLongOptionsMaxWidth(28);
    StrictNumbers.register(line);
    line.setParameterExceptionHandler(new Problems());
    line.setExecutionExceptionHandler(new Problems());
    return line;
  }

  /** What happens instead of picocli's own; a class for the reason {@link StrictNumbers} gives. */
  private static final class Problems
      implements IParameterExceptionHandler, IExecutionExceptionHandler {
    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
      return badArguments(e);
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
      return Failure.report(command.getErr(), command.getCommandSpec().qualifiedName(), e);
    }
  }

  /** The command that was running, as far as it is known. */
  private static String name(CommandLine line) {
    String name = "drivemark";
    ParseResult parsed = line == null ? null : line.getParseResult();
    while (parsed != null) {
      name = parsed.commandSpec().qualifiedName();
      parsed = parsed.subcommand();
    }
    return name;
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
      List<String> valid = new ArrayList<>();
      if (option) {
        command.options().stream()
            .filter(o -> !o.hidden())
            .forEach(o -> valid.add(o.longestName()));
      } else {
        command
            .subcommands()
            .forEach(
                (name, sub) -> {
                  if (!sub.getCommandSpec().usageMessage().hidden()) {
                    valid.add(name);
                  }
                });
      }
      valid.sort(null);
      String kind = option ? "option" : valid.isEmpty() ? "argument" : "command";
      String name = option && given.contains("=") ? given.substring(0, given.indexOf('=')) : given;
      return "unknown "
          + kind
          + " '"
          + name
          + "'"
          + Nearest.hint(name, valid)
          + (valid.isEmpty() ? "" : "; there are " + String.join(", ", valid));
    }
    return e.getMessage();
  }
}
