package io.drivemark.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.drivemark.architectures.model.Models;
import io.drivemark.architectures.sheet.NetworkSheet;
import io.drivemark.architectures.zoo.Architectures;
import io.drivemark.config.JsonText;
import io.drivemark.datasets.catalog.DatasetPage;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import io.drivemark.reports.Reports;
import io.drivemark.reports.page.NetworkPages;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
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
    header = Summaries.LIST,
    description =
        "Lists datasets, models, engines, mappings, protocols, gauges, figures, pruning criteria,"
            + " targets of gates, corruptions, cues, published results or architectures by name.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  drivemark list models            one a line, tab-separated, name first",
      "  drivemark list models --json     with everything that is known",
      "  drivemark list models enet-camvid --details    one page: cost, memory, receptive field",
      "  drivemark list architectures --details --html networks    with pictures of the graphs",
      "  drivemark list datasets cityscapes --details     how its files must lie",
      "  drivemark list engines           which can run here, and what others lack",
      "  drivemark list gauges            what 'gauges:' and 'score --metrics' can ask for",
      "  drivemark list figures           what 'require:' can bound, and what each number says",
      "  drivemark list criteria          what filters and layers can be chosen by",
      "  drivemark list targets           what gates can choose by for each frame",
      "  drivemark list corruptions       how photographs can be made worse, at severities 1 to 5",
      "  drivemark list cues              what can be put around a network while it sees a sequence",
      "  drivemark list published         figures of papers, with where each was read"
    })
final class ListCommand implements Callable<Integer> {
  private static final int LONGEST_FACT = 40;

  /** What a line says of a model's making; the rest stands in its page and in JSON. */
  private static final Pattern IN_A_LINE =
      Pattern.compile("val-miou|val-abs-rel|kept-macs|fit-macs|latency-measured");

  /** CamVid's classes, for architectures, which have no number of their own. */
  private static final int OUTPUTS = 11;

  /** Where a network of these kinds comes from. */
  private static final Map<String, Function<String, NetworkSheet>> DETAILED =
      Map.of(
          ListRows.MODELS,
          name -> NetworkSheet.of(Models.load(name)),
          ListRows.ARCHITECTURES,
          name -> NetworkSheet.of(Architectures.build(name, Map.of(), OUTPUTS, 1)));

  @Parameters(
      index = "0",
      paramLabel = "WHAT",
      description =
          "datasets, models, engines, mappings, protocols, gauges, figures, criteria, targets,"
              + " corruptions, cues, published or architectures.")
  private String kind;

  @Parameters(index = "1..*", paramLabel = "NAME", description = "Only these.")
  private List<String> names = List.of();

  @Option(
      names = "--details",
      description =
          "Of datasets a page each: the layout drawn, classes with colours and stored values, source,"
              + " terms, what goes wrong; a NAME may be a .yaml file. Of models and architectures"
              + " also what follows from their graph: parameters,"
              + " multiply-accumulates and memory at three sizes, receptive field, foreign operators"
              + " and what they stop; a NAME may be a model's file. Architectures are built with"
              + " default options and 11 outputs.")
  private boolean details;

  @Option(
      names = "--html",
      paramLabel = "DIR",
      description =
          "With --details of models or architectures: write a page each into this folder, with the"
              + " graph as a picture, and index.html, which lists them.")
  private Path html;

  @Option(names = "--json", description = "Print a JSON array instead of lines.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws JsonProcessingException {
    Supplier<List<Map<String, Object>>> rows = ListRows.KINDS.get(kind);
    if (rows == null) {
      throw new BadInputException(
          "'"
              + kind
              + "' cannot be listed"
              + Nearest.hint(kind, ListRows.KINDS.keySet())
              + "; there are "
              + String.join(", ", ListRows.KINDS.keySet()));
    }
    if (details && kind.equals(ListRows.DATASETS)) {
      pages();
      return ExitCode.FINE;
    }
    if (details && !DETAILED.containsKey(kind)) {
      throw new BadInputException(
          "--details is for datasets, models and architectures: " + kind + " have none");
    }
    if (html != null && !(details && DETAILED.containsKey(kind))) {
      throw new BadInputException(
          "--html is for pages of models and architectures: 'drivemark list models --details --html"
              + " DIR'");
    }
    List<Map<String, Object>> chosen = chosen(rows.get());
    PrintWriter out = spec.commandLine().getOut();
    if (html != null) {
      writePages(chosen);
      return ExitCode.FINE;
    }
    if (json) {
      if (details) {
        chosen.forEach(this::addDetails);
      }
      out.println(JsonText.indented(chosen));
    } else if (details) {
      for (Map<String, Object> row : chosen) {
        addDetails(row);
        row.forEach((key, value) -> out.println(key + "\t" + detail(key, value)));
        out.println();
        out.flush();
      }
    } else {
      chosen.forEach(row -> out.println(line(row)));
    }
    return ExitCode.FINE;
  }

  private void pages() throws JsonProcessingException {
    PrintWriter out = spec.commandLine().getOut();
    Map<String, List<String>> pages = new LinkedHashMap<>();
    (names.isEmpty() ? Datasets.names() : names).forEach(n -> pages.put(n, DatasetPage.of(n)));
    if (json) {
      out.println(JsonText.indented(pages));
    } else {
      out.println(
          pages.values().stream()
              .map(lines -> String.join(System.lineSeparator(), lines))
              .collect(Collectors.joining(System.lineSeparator().repeat(2))));
    }
  }

  private List<Map<String, Object>> chosen(List<Map<String, Object>> rows) {
    List<String> valid =
        rows.stream().map(r -> Objects.toString(r.get("name"))).distinct().toList();
    List<String> files = names.stream().filter(this::isModelFile).toList();
    for (String name : names) {
      if (!valid.contains(name) && !files.contains(name)) {
        throw new BadInputException(
            "'"
                + name
                + "' is not one of the "
                + kind
                + Nearest.hint(name, valid)
                + "; there are "
                + String.join(", ", valid));
      }
    }
    List<Map<String, Object>> chosen = new ArrayList<>();
    rows.stream()
        .filter(r -> names.isEmpty() || names.contains(Objects.toString(r.get("name"))))
        .forEach(chosen::add);
    files.forEach(file -> chosen.add(ListRows.model(file)));
    return chosen;
  }

  /** Whether a name is the path of a model's file. */
  private boolean isModelFile(String name) {
    return kind.equals(ListRows.MODELS) && name.matches(".*\\.(onnx|pth?|ya?ml)");
  }

  private void addDetails(Map<String, Object> row) {
    row.putAll(source(row));
    row.putAll(NetworkDetails.of(sheet(row)));
  }

  /** Where its structure comes from, as far as that is known. */
  private static Map<String, String> source(Map<String, Object> row) {
    Object architecture = row.getOrDefault("architecture", row.get("name"));
    return Architectures.names().contains(Objects.toString(architecture))
        ? Map.of("source", Architectures.named(architecture.toString()).summary())
        : Map.of();
  }

  private NetworkSheet sheet(Map<String, Object> row) {
    String reference = Objects.toString(row.getOrDefault(ListRows.FILE, row.get("name")));
    return DETAILED.get(kind).apply(reference);
  }

  private void writePages(List<Map<String, Object>> chosen) {
    OutputFile.requireFolder("--html", html);
    List<NetworkPages.Subject> subjects = new ArrayList<>();
    for (Map<String, Object> row : chosen) {
      Map<String, String> facts = new LinkedHashMap<>(source(row));
      row.forEach((key, value) -> facts.put(key, fact(value)));
      List.of("name", "summary", "params").forEach(facts::remove);
      facts.values().removeIf(fact -> fact.isEmpty() || fact.equals("-"));
      subjects.add(new NetworkPages.Subject(Objects.toString(row.get("name")), facts, sheet(row)));
    }
    String title = kind.equals(ListRows.MODELS) ? "Models" : "Architectures";
    Path index = Reports.writeNetworks(title, subjects, html);
    spec.commandLine().getOut().println("Wrote " + index.toAbsolutePath().normalize());
  }

  private static String line(Map<String, Object> row) {
    return row.entrySet().stream()
        .map(
            e ->
                switch (e.getKey()) {
                  case ListRows.OPTIONS -> settings(e.getValue());
                  case ListRows.PROVENANCE -> facts(e.getValue(), IN_A_LINE.asMatchPredicate());
                  default -> cell(e.getValue());
                })
        .collect(Collectors.joining("\t"));
  }

  /** What options are called and what they are by default, without what they mean. */
  private static String settings(Object options) {
    return ((Map<?, ?>) options)
        .entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue().toString().replaceAll(" \\(.*", ""))
            .collect(Collectors.joining(", "));
  }

  /** A value on a line of its own, which has room for options in full. */
  private static String detail(String key, Object value) {
    return key.equals(ListRows.OPTIONS) ? fact(value).replace("\n", "; ") : cell(value);
  }

  /** A value in full, for a page. */
  private static String fact(Object value) {
    return value instanceof Map<?, ?> map
        ? map.entrySet().stream()
            .map(e -> e.getKey() + " = " + e.getValue())
            .collect(Collectors.joining("\n"))
        : cell(value);
  }

  /** A value in a column; of facts those that are short, and not what is known of a parent. */
  private static String cell(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(ListCommand::cell).collect(Collectors.joining(", "));
    }
    if (value instanceof Map<?, ?> map) {
      return facts(
          map, key -> key.indexOf('.') < 0 && (map.get(key) + "").length() <= LONGEST_FACT);
    }
    return Objects.toString(value, "-").replaceAll("\\s+", " ");
  }

  private static String facts(Object map, Predicate<String> which) {
    return ((Map<?, ?>) map)
        .entrySet().stream()
            .filter(e -> which.test(e.getKey().toString()))
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining(", "));
  }
}
