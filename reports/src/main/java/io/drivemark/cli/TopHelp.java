package io.drivemark.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The help of the program itself, line by line what picocli makes of {@link DrivemarkCommand} at 80
 * columns, without picocli: to load it and to have it lay out this one text takes longer than all
 * else that {@code drivemark --help} does. Stateless.
 */
final class TopHelp {
  private static final int COLUMNS = 80;

  private TopHelp() {}

  /** Whether nothing else is asked for. */
  static boolean isMeant(String... arguments) {
    return arguments.length == 0
        || arguments.length == 1 && Set.of("-h", "--help").contains(arguments[0]);
  }

  /** The text. */
  static List<String> lines() {
    List<String> out = new ArrayList<>();
    out.add("Usage: drivemark [-hV] COMMAND");
    paragraphs(out, Summaries.DRIVEMARK);
    out.add("  -h, --help      Show this help message and exit.");
    out.add("  -V, --version   Print version information and exit.");
    out.add("");
    out.add("Commands:");
    int width = 0;
    for (String name : DrivemarkCommand.commands().keySet()) {
      width = Math.max(width, name.length());
    }
    String margin = " ".repeat(2 + width + 2);
    DrivemarkCommand.commands()
        .forEach(
            (name, command) -> {
              if (!command.hidden()) {
                String head = "  " + name + margin.substring(2 + name.length());
                wrapped(out, head, margin + "  ", command.summary().replace("%n", ""));
                out.add("");
              }
            });
    out.add("");
    out.add("Start here:");
    paragraphs(out, Summaries.START);
    return out;
  }

  private static void paragraphs(List<String> out, String text) {
    for (String paragraph : text.split("%n", -1)) {
      wrapped(out, "", "", paragraph);
    }
  }

  /** Adds a text whose lines are shorter than the terminal, broken between words. */
  private static void wrapped(List<String> out, String head, String margin, String text) {
    String line = head + text;
    while (line.length() >= COLUMNS) {
      int end = line.lastIndexOf(' ', COLUMNS - 1);
      out.add(line.substring(0, end));
      line = margin + line.substring(end + 1);
    }
    out.add(line);
  }
}
