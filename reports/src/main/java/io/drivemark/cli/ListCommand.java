package io.drivemark.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drivemark.architectures.engine.Availability;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what names there are to use: one a line, tab-separated, name first. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists datasets, models, engines, mappings or protocols by name.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  drivemark list models                 one a line, tab-separated, name first",
      "  drivemark list models --json          with everything that is known",
      "  drivemark list engines                which can run here, and what the others lack"
    })
final class ListCommand implements Callable<Integer> {
  private static final List<String> KINDS = List.of("engines");

  @Parameters(
      paramLabel = "WHAT",
      description = "One of datasets, models, engines, mappings, protocols.")
  private String kind;

  @Option(names = "--json", description = "Print a JSON array instead of lines.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws JsonProcessingException {
    List<Map<String, Object>> rows =
        switch (kind) {
          case "engines" -> engines();
          default ->
              throw new BadInputException(
                  "'"
                      + kind
                      + "' cannot be listed"
                      + Nearest.hint(kind, KINDS)
                      + "; there are "
                      + String.join(", ", KINDS));
        };
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(rows));
    } else {
      for (Map<String, Object> row : rows) {
        out.println(
            row.values().stream()
                .map(v -> Objects.toString(v, "-"))
                .collect(Collectors.joining("\t")));
      }
    }
    return ExitCode.FINE;
  }

  private static List<Map<String, Object>> engines() {
    return Engines.names().stream().map(ListCommand::engine).toList();
  }

  private static Map<String, Object> engine(String name) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", name);
    Availability availability = Engines.named(name).probe();
    if (availability instanceof Availability.Ready ready) {
      row.put("state", "ready");
      row.put("detail", ready.version());
    } else if (availability instanceof Availability.Missing missing) {
      row.put("state", "missing");
      row.put("detail", missing.reason() + " " + missing.remedy());
    }
    return row;
  }
}
