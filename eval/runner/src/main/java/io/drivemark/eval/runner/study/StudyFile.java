package io.drivemark.eval.runner.study;

import io.drivemark.architectures.engine.GateForm;
import io.drivemark.architectures.labelling.Grid;
import io.drivemark.architectures.latency.EngineSetup;
import io.drivemark.config.ConfigFile;
import io.drivemark.config.ConfigMap;
import io.drivemark.config.ConfigText;
import io.drivemark.eval.gauge.Gauge;
import io.drivemark.eval.gauge.Gauges;
import io.drivemark.eval.metrics.depth.DepthRule;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.eval.runner.study.driving.DrivingKeys;
import io.drivemark.eval.runner.study.driving.DrivingSpec;
import io.drivemark.eval.runner.study.robust.RobustnessKeys;
import io.drivemark.eval.runner.study.robust.RobustnessSpec;
import io.drivemark.eval.runner.study.use.DatasetUse;
import io.drivemark.eval.runner.study.use.UseKeys;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads and writes {@link Study} files. Stateless. */
final class StudyFile {
  private static final String NATIVE = "native";
  private static final List<String> FORMS =
      Arrays.stream(GateForm.values()).map(GateForm::word).toList();
  private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,4})x([1-9][0-9]{0,4})");
  private static final Pattern PATH = Pattern.compile(".*[/\\\\].*|.*\\.(onnx|pth?|ya?ml)");
  private static final List<String> GRIDS = Arrays.stream(Grid.values()).map(Grid::key).toList();
  private static final List<String> GENERATOR_KEYS = List.of("count", "seed", "size");

  private final ConfigFile file;
  private final ConfigMap root;
  private final Path folder;
  private final boolean stored; // the text is that of a study that was read before
  private final Gauges installed = Gauges.installed();

  private StudyFile(ConfigFile file, Path folder, boolean stored) {
    this.file = file;
    this.root = file.root();
    this.folder = folder;
    this.stored = stored;
  }

  static Study read(Path path) {
    Path folder = Optional.ofNullable(path.getParent()).orElse(Path.of(""));
    return new StudyFile(ConfigFile.read(path), folder, false).study();
  }

  static Study parse(String source, String text, Path folder) {
    return new StudyFile(ConfigFile.parse(source, text), folder, true).study();
  }

  private Study study() {
    String schema = root.string("schema");
    if (!schema.isEmpty() && !schema.equals(Study.SCHEMA)) {
      root.problem("schema", "found " + schema + ", expected " + Study.SCHEMA);
    }
    List<DatasetSpec> datasets = items("datasets", "name", this::dataset, 1);
    List<ModelSource> models =
        items("models", "name", this::model, root.keys().contains(PruneSection.KEY) ? 0 : 1);
    List<EngineSpec> engines = items("engines", "name", StudyFile::engine, 1);
    Optional<FrameSize> size = size();
    String mapping = file(root.string("mapping", Study.AUTO));
    Grid grid = Grid.named(root.choice("grid", Grid.LOGITS_BILINEAR.key(), GRIDS));
    String protocol = root.string("protocol", Study.DEFAULT_PROTOCOL);
    Optional<LatencySpec> latency = LatencyKeys.read(root);
    int seed = root.integer("seed", 1);
    ConfigMap require = root.map("require");
    List<Requirement> requirements = requirements(require);
    Optional<PruneSpec> prune =
        root.has(PruneSection.KEY)
            ? PruneSection.read(
                root.map(PruneSection.KEY), datasets, seed, latencyOn(engines), this::file)
            : Optional.empty();
    List<String> gauges = gauges();
    Quantity.requireAsked(require, requirements, installed, gauges);
    DepthRule depth = DepthKeys.read(root);
    Optional<DrivingSpec> driving =
        DrivingKeys.read(
            root,
            requirements.stream().map(r -> r.metric().word()).toList(),
            stored || latency.isPresent()); // a stored one may have been run without
    Optional<RobustnessSpec> robustness =
        RobustnessKeys.read(root, requirements.stream().map(r -> r.metric().word()).toList());
    UseKeys.check(
        root,
        datasets.stream().map(DatasetSpec::use).toList(),
        Stream.concat(
            models.stream().map(ModelSource::inUse),
            prune.stream().flatMap(spec -> spec.parents().stream())),
        engines.stream().map(EngineSpec::name));
    file.finish();
    return new Study(
        datasets,
        models,
        engines,
        size,
        mapping,
        grid,
        protocol,
        latency,
        seed,
        requirements,
        prune,
        gauges,
        depth,
        driving,
        robustness);
  }

  private List<String> gauges() {
    List<String> names = root.strings(DatasetUse.GAUGES);
    for (String name : names) {
      try {
        installed.require(name, Gauge.Occasion.RUN);
      } catch (BadInputException e) {
        root.problem(DatasetUse.GAUGES, e.getMessage());
      }
    }
    return names;
  }

  private interface Item<T> {
    T read(ConfigMap map);
  }

  /** A list of different items, of which there have to be so many. */
  private <T> List<T> items(String key, String shorthand, Item<T> item, int least) {
    List<T> out = new ArrayList<>();
    Set<T> seen = new HashSet<>();
    for (ConfigMap map : root.maps(key, shorthand)) {
      T value = item.read(map);
      if (!seen.add(value)) {
        map.problem(shorthand, "stands twice in the list");
      }
      out.add(value);
    }
    if (out.size() < least) {
      root.problem(key, "found none, expected a list of at least one");
    }
    return out;
  }

  private DatasetSpec dataset(ConfigMap map) {
    String name = map.string("name");
    Optional<Path> path = map.optionalString("root").map(folder::resolve);
    String split = map.string("split", "val");
    Optional<Integer> limit = map.optionalInteger("limit");
    if (limit.isPresent() && limit.get() < 1) {
      map.problem("limit", "found " + limit.get() + ", expected at least 1");
    }
    Map<String, String> options = new TreeMap<>();
    for (String key : GENERATOR_KEYS) {
      map.optionalString(key).ifPresent(value -> options.put(key, value));
    }
    options.putAll(map.map("options").allStrings());
    return new DatasetSpec(
        name.endsWith(".yaml") || name.endsWith(".yml") ? folder.resolve(name).toString() : name,
        path,
        split,
        limit.isPresent() ? OptionalInt.of(limit.get()) : OptionalInt.empty(),
        options,
        map.map("where").allStrings(),
        UseKeys.read(map, this::file));
  }

  private ModelSource model(ConfigMap map) {
    if (CueKeys.areThere(map)) {
      return CueKeys.read(map, this::file, name -> PATH.matcher(name).matches());
    }
    if (map.has("architecture")) {
      return untrained(map);
    }
    Optional<String> mapping = map.optionalString("mapping").map(this::file);
    if (map.has("file")) {
      String path = map.string("file");
      if (map.has("name")) {
        map.problem("name", "stands beside file: expected one of the two");
      }
      return new ModelSource.Named(folder.resolve(path).toString(), mapping);
    }
    return new ModelSource.Named(file(map.string("name")), mapping);
  }

  private static ModelSource untrained(ConfigMap map) {
    String architecture = map.string("architecture");
    Map<String, String> options = map.map("options").allStrings();
    String name = map.string("name", ModelSource.Untrained.usualName(architecture, options));
    if (map.has("file")) {
      map.problem(
          "file",
          "stands beside architecture: a study's architecture has random weights; write a model"
              + " file for weights that are there");
    }
    if (map.has("mapping")) {
      map.problem(
          "mapping", "stands beside architecture, which is built with the dataset's own classes");
    }
    return new ModelSource.Untrained(name, architecture, options);
  }

  private static EngineSpec engine(ConfigMap map) {
    String name = map.string("name");
    Optional<Integer> threads = map.optionalInteger("threads");
    if (threads.isPresent() && threads.get() < 1) {
      map.problem("threads", "found " + threads.get() + ", expected at least 1");
      threads = Optional.empty();
    }
    return new EngineSpec(
        name,
        threads.isPresent() ? OptionalInt.of(threads.get()) : OptionalInt.empty(),
        GateForm.parse(map.choice("form", GateForm.AUTO.word(), FORMS)));
  }

  /** A share of a latency is one on the study's first engine. */
  private static EngineSetup latencyOn(List<EngineSpec> engines) {
    return engines.isEmpty()
        ? new EngineSetup("onnxruntime", 1)
        : new EngineSetup(
            engines.get(0).name(),
            engines.get(0).threads().orElse(Runtime.getRuntime().availableProcessors()));
  }

  private Optional<FrameSize> size() {
    String text = root.string("size", NATIVE);
    Matcher matcher = SIZE.matcher(text);
    if (matcher.matches()) {
      return Optional.of(
          new FrameSize(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))));
    }
    if (!text.equals(NATIVE)) {
      root.problem(
          "size", "found " + text + ", expected native or HEIGHTxWIDTH, for example 360x480");
    }
    return Optional.empty();
  }

  private List<Requirement> requirements(ConfigMap map) {
    List<Requirement> out = new ArrayList<>();
    for (Quantity metric : Quantity.all(installed)) {
      map.optionalString(metric.word())
          .ifPresent(
              text ->
                  Requirement.parse(metric, text)
                      .ifPresentOrElse(
                          out::add,
                          () ->
                              map.problem(
                                  metric.word(),
                                  "found '" + text + "', expected a bound such as '>=0.5'")));
    }
    return out;
  }

  /** A name as it is, a path resolved against the study's folder. */
  private String file(String nameOrPath) {
    return PATH.matcher(nameOrPath).matches() ? folder.resolve(nameOrPath).toString() : nameOrPath;
  }

  static String write(Study study) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("schema", Study.SCHEMA);
    out.put("datasets", study.datasets().stream().map(StudyFile::write).toList());
    out.put("models", study.models().stream().map(StudyFile::write).toList());
    List<Map<String, Object>> engines = new ArrayList<>();
    for (EngineSpec engine : study.engines()) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("name", engine.name());
      engine.threads().ifPresent(t -> map.put("threads", t));
      if (engine.form() != GateForm.AUTO) {
        map.put("form", engine.form().word());
      }
      engines.add(map);
    }
    out.put("engines", engines);
    out.put("size", study.size().map(FrameSize::toString).orElse(NATIVE));
    out.put("mapping", study.mapping());
    out.put("grid", study.grid().key());
    out.put("protocol", study.protocol());
    out.put(LatencyKeys.KEY, study.latency().<Object>map(LatencyKeys::write).orElse("off"));
    out.put("seed", study.seed());
    Map<String, String> require = new LinkedHashMap<>();
    study.requirements().forEach(r -> require.put(r.metric().word(), r.text()));
    out.put("require", require);
    study.prune().ifPresent(p -> out.put(PruneSection.KEY, PruneSection.write(p)));
    if (!study.gauges().isEmpty()) {
      out.put(DatasetUse.GAUGES, study.gauges());
    }
    DepthKeys.write(study.depth()).ifPresent(depth -> out.put(DepthKeys.KEY, depth));
    study.driving().ifPresent(d -> out.put(DrivingKeys.KEY, DrivingKeys.write(d)));
    study.robustness().ifPresent(r -> out.put(RobustnessKeys.KEY, RobustnessKeys.write(r)));
    return ConfigText.block(out);
  }

  private static Object write(ModelSource source) {
    if (source instanceof ModelSource.Untrained untrained) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("architecture", untrained.architecture());
      map.put("name", untrained.name());
      if (!untrained.options().isEmpty()) {
        map.put("options", untrained.options());
      }
      return map;
    }
    if (source instanceof ModelSource.Cued cued) {
      return CueKeys.write(cued);
    }
    ModelSource.Named named = (ModelSource.Named) source;
    String key = PATH.matcher(named.reference()).matches() ? "file" : "name";
    if (key.equals("name") && named.mapping().isEmpty()) {
      return named.reference();
    }
    Map<String, String> map = new LinkedHashMap<>();
    map.put(key, named.reference());
    named.mapping().ifPresent(mapping -> map.put("mapping", mapping));
    return map;
  }

  private static Map<String, Object> write(DatasetSpec dataset) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", dataset.name());
    dataset.root().ifPresent(r -> map.put("root", r.toString()));
    map.put("split", dataset.split());
    dataset.limit().ifPresent(l -> map.put("limit", l));
    if (!dataset.options().isEmpty()) {
      map.put("options", dataset.options());
    }
    if (!dataset.where().isEmpty()) {
      map.put("where", dataset.where());
    }
    UseKeys.write(dataset.use()).ifPresent(use -> map.put(UseKeys.KEY, use));
    return map;
  }
}
