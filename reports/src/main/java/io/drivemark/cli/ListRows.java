package io.drivemark.cli;

import io.drivemark.architectures.cue.CueType;
import io.drivemark.architectures.cue.CueTypes;
import io.drivemark.architectures.engine.Availability;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.Models;
import io.drivemark.architectures.pruning.Criteria;
import io.drivemark.architectures.pruning.Technique;
import io.drivemark.architectures.pruning.gate.GateCriteria;
import io.drivemark.architectures.variant.Imprinting;
import io.drivemark.architectures.variant.PruneRequest;
import io.drivemark.architectures.zoo.Architecture;
import io.drivemark.architectures.zoo.Architectures;
import io.drivemark.datasets.LabelMapping;
import io.drivemark.datasets.Task;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.catalog.Mappings;
import io.drivemark.datasets.corruption.Corruption;
import io.drivemark.datasets.corruption.Corruptions;
import io.drivemark.eval.gauge.Figure;
import io.drivemark.eval.gauge.Gauge;
import io.drivemark.eval.gauge.Gauge.Occasion;
import io.drivemark.eval.gauge.Gauges;
import io.drivemark.eval.metrics.Protocol;
import io.drivemark.eval.metrics.Protocols;
import io.drivemark.reports.published.PublishedRow;
import io.drivemark.reports.published.PublishedTable;
import io.drivemark.reports.published.PublishedTables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** What can be listed: for each kind the rows, a row being fields by name, in order. Stateless. */
final class ListRows {
  static final String DATASETS = "datasets";
  static final String MODELS = "models";
  static final String ARCHITECTURES = "architectures";

  /** The field that a model has which was read from a file. */
  static final String FILE = "file";

  /** The field of what is known of a model's making. */
  static final String PROVENANCE = "provenance";

  /** The field of an architecture's options: defaults by name, with meaning in brackets. */
  static final String OPTIONS = "options";

  /** The rows of each kind, made when asked for. */
  static final Map<String, Supplier<List<Map<String, Object>>>> KINDS = kinds();

  private ListRows() {}

  private static Map<String, Supplier<List<Map<String, Object>>>> kinds() {
    Map<String, Supplier<List<Map<String, Object>>>> out = new LinkedHashMap<>();
    out.put(DATASETS, () -> Datasets.infos().stream().map(ListRows::row).toList());
    out.put(MODELS, () -> Models.names().stream().map(ListRows::model).toList());
    out.put("engines", () -> Engines.names().stream().map(ListRows::engine).toList());
    out.put("mappings", () -> Mappings.all().stream().map(ListRows::row).toList());
    out.put("protocols", () -> Protocols.all().stream().map(ListRows::row).toList());
    out.put("gauges", () -> Gauges.installed().all().stream().map(ListRows::row).toList());
    out.put(
        "figures",
        () ->
            Gauges.installed().all().stream()
                .flatMap(gauge -> gauge.figures().stream().map(figure -> row(gauge, figure)))
                .toList());
    out.put(
        "criteria",
        () -> PruneRequest.criteria(Technique.LAYER).stream().map(ListRows::criterion).toList());
    out.put(
        "targets",
        () ->
            GateCriteria.names().stream()
                .map(name -> named(name, GateCriteria.named(name).summary()))
                .toList());
    out.put(
        "corruptions", () -> Corruptions.installed().all().stream().map(ListRows::row).toList());
    out.put("cues", () -> CueTypes.names().stream().map(ListRows::cue).toList());
    out.put(
        "published",
        () ->
            PublishedTables.all().stream()
                .flatMap(table -> table.rows().stream().map(row -> row(table, row)))
                .toList());
    out.put(
        ARCHITECTURES,
        () -> Architectures.names().stream().map(Architectures::named).map(ListRows::row).toList());
    return out;
  }

  private static Map<String, Object> row(Datasets.Info info) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", info.name());
    row.put("splits", info.splits());
    row.put("tasks", info.tasks().stream().map(Task::word).toList());
    row.put("labels", info.labels().name());
    row.put("root", info.needsRoot() ? "needs --root" : "no root");
    row.put("description", info.description());
    return row;
  }

  /** A model by its name or its file. */
  static Map<String, Object> model(String name) {
    Model model = Models.load(name);
    ModelSpec spec = model.spec();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", spec.name());
    row.put("architecture", spec.architecture());
    row.put("dataset", spec.provenance().get("dataset"));
    row.put("technique", spec.variant().technique());
    row.put("parent", spec.variant().parent().orElse(null));
    row.put("labels", spec.labelsHead().isPresent() ? spec.labels().name() : null);
    if (!spec.hasLabelsAlone()) {
      row.put(
          "heads",
          spec.heads().stream().map(h -> h.name() + ": " + h.kind().description()).toList());
    }
    row.put("size", spec.input().size().map(ModelSpec.Size::toString).orElse(null));
    NetworkDetails.parameters(model).forEach(row::put);
    row.put(PROVENANCE, spec.provenance());
    if (!name.equals(spec.name())) {
      row.put(FILE, name);
    }
    return row;
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
      row.put("detail", missing.reason() + "; " + missing.remedy());
    }
    return row;
  }

  private static Map<String, Object> row(LabelMapping mapping) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", mapping.name());
    row.put("from", mapping.from().name());
    row.put("to", mapping.to().name());
    return row;
  }

  private static Map<String, Object> row(Protocol protocol) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", protocol.name());
    row.put("digest", protocol.digest());
    row.put("description", protocol.description());
    return row;
  }

  private static Map<String, Object> row(Corruption corruption) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", corruption.name());
    row.put("summary", corruption.summary());
    row.put("severities", corruption.settings());
    row.put("derivation", corruption.derivation());
    row.put("basis", corruption.basis().isEmpty() ? null : corruption.basis());
    return row;
  }

  private static Map<String, Object> cue(String name) {
    CueType type = CueTypes.named(name);
    return named(type.name(), type.summary());
  }

  /** What layers can be chosen by, and which of it chooses filters too. */
  private static Map<String, Object> criterion(String name) {
    boolean filters = PruneRequest.criteria(Technique.FILTER).contains(name);
    Map<String, Object> row =
        named(name, filters ? Criteria.named(name).summary() : Imprinting.summary(name));
    row.put(
        "techniques",
        filters
            ? List.of(Technique.FILTER.key(), Technique.LAYER.key())
            : List.of(Technique.LAYER.key()));
    return row;
  }

  private static Map<String, Object> named(String name, String summary) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", name);
    row.put("summary", summary);
    return row;
  }

  /** A gauge, as {@code gauges:} of a study and {@code score --metrics} call it. */
  private static Map<String, Object> row(Gauge gauge) {
    boolean study = gauge.occasions().contains(Occasion.RUN);
    boolean score = gauge.occasions().contains(Occasion.SCORE);
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", gauge.name());
    row.put(
        "judges",
        study && score
            ? "always"
            : study
                ? "in studies; in score on request"
                : score ? "in score; in studies on request" : "on request");
    row.put("figures", gauge.figures().stream().map(Figure::id).toList());
    return row;
  }

  /** A figure, as {@code require:} of a study calls it. */
  private static Map<String, Object> row(Gauge gauge, Figure figure) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", figure.id());
    row.put("gauge", gauge.name());
    row.put("title", figure.title());
    row.put("unit", figure.unit().name().toLowerCase(Locale.ROOT));
    row.put("better", figure.better().name().toLowerCase(Locale.ROOT));
    row.put("about", figure.about());
    return row;
  }

  /** A row that others published; its name is its table's. */
  private static Map<String, Object> row(PublishedTable table, PublishedRow published) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", table.name());
    row.put("network", published.network());
    row.put("values", published.values());
    row.put("tag", published.provenance().tag());
    row.put("table", table.table());
    row.put("source", table.source());
    published.note().ifPresent(note -> row.put("note", note));
    return row;
  }

  private static Map<String, Object> row(Architecture architecture) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", architecture.name());
    row.put("summary", architecture.summary());
    row.put("task", architecture.task().word());
    Map<String, String> options = new LinkedHashMap<>();
    architecture
        .options()
        .forEach(
            o ->
                options.put(
                    o.name(), o.standard() + " (" + o.meaning() + "; " + o.domain().words() + ")"));
    row.put(OPTIONS, options);
    return row;
  }
}
