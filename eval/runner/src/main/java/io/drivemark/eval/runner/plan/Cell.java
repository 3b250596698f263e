package io.drivemark.eval.runner.plan;

import io.drivemark.architectures.engine.Availability;
import io.drivemark.architectures.engine.Engine;
import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.GateForm;
import io.drivemark.architectures.graph.StoredParameters;
import io.drivemark.architectures.head.DepthHead;
import io.drivemark.architectures.head.GatesHead;
import io.drivemark.architectures.head.HeadKind;
import io.drivemark.architectures.labelling.Grid;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.Reading;
import io.drivemark.architectures.model.Wiring;
import io.drivemark.architectures.sheet.NetworkSheet;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.FrameCache;
import io.drivemark.datasets.LabelMapping;
import io.drivemark.datasets.Task;
import io.drivemark.eval.gauge.Gauge;
import io.drivemark.eval.gauge.Gauges;
import io.drivemark.eval.gauge.Subject;
import io.drivemark.eval.gauge.Subject.Given;
import io.drivemark.eval.metrics.Protocol;
import io.drivemark.eval.metrics.depth.DepthRule;
import io.drivemark.eval.runner.inference.InferencePipeline;
import io.drivemark.eval.runner.inference.LabelTarget;
import io.drivemark.eval.runner.plan.cue.CellCues;
import io.drivemark.eval.runner.plan.driving.Clips;
import io.drivemark.eval.runner.record.DatasetFacts;
import io.drivemark.eval.runner.record.EngineFacts;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.eval.runner.record.ModelFacts;
import io.drivemark.eval.runner.record.ProtocolFacts;
import io.drivemark.files.Digests;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One thing to measure, everything resolved: a model on a dataset with an engine at a size.
 * Immutable.
 *
 * @param model what is judged
 * @param modelDigest of its content
 * @param parent the model it was pruned from, if that is in the study
 * @param frames what it is judged on
 * @param engine what runs it
 * @param availability whether that can run here
 * @param options how it runs
 * @param input size of the network's input
 * @param mapping from the model's classes to the dataset's; of no meaning for depth
 * @param grid how outputs come onto the truth's grid
 * @param protocol the rules of counting
 * @param corrupted whether it is judged on corrupted frames too, where a study asks for some
 * @param gauges what judges its frames
 * @param depth which distances are judged; present where the model is asked for depth
 * @param clips the pictures that a camera took one after the other, where late answers are judged
 * @param cues what is around the network; such a cell is opened by {@link CuedCells}
 */
public record Cell(
    Model model,
    String modelDigest,
    Optional<Model> parent,
    FrameCache frames,
    Engine engine,
    Availability availability,
    EngineOptions options,
    FrameSize input,
    LabelMapping mapping,
    Grid grid,
    Protocol protocol,
    boolean corrupted,
    List<Gauge> gauges,
    Optional<DepthRule> depth,
    Optional<Clips> clips,
    Optional<CellCues> cues) {
  /**
   * Version of what a key holds. Keys of version 1 lacked the dataset's description: sequences,
   * attributes, flags of classes, rules of objects and distances.
   */
  public static final String VERSION = "drivemark-cell/2";

  /** The key of {@link #spec()} that cells with counts by delay have. */
  public static final String CLIPS = "clips";

  /** The key of {@link #spec()} that cells with cues have. */
  public static final String CUES = "cues";

  private static final String PRECISION = "fp32";

  /** Version of what is kept of a gated network's frames. */
  private static final String GATES_VERSION = "1";

  public Dataset dataset() {
    return frames.dataset();
  }

  /**
   * Opens the model on the engine, without cues.
   *
   * @throws io.drivemark.problem.BadInputException if the engine cannot run it
   * @throws io.drivemark.problem.UnavailableException if the engine cannot run here
   */
  public InferencePipeline open() {
    return InferencePipeline.open(
        model,
        engine,
        options,
        input,
        depth.isPresent()
            ? Optional.empty()
            : Optional.of(new LabelTarget(mapping, dataset().labels(), grid)),
        Confidence.isAsked(gauges));
  }

  /** What the model is asked for. */
  public Task task() {
    return depth.isPresent() ? Task.DEPTH : Task.SEGMENTATION;
  }

  /** What gauges judge: the dataset's frames, by what the network's heads answer. */
  public Subject subject() {
    if (depth.isPresent()) {
      return new Subject(dataset(), Set.of()); // distances are judged without gauges
    }
    Set<Given> given = EnumSet.of(Given.LABELS);
    if (Confidence.isGiven(gauges, model, grid)) {
      given.add(Given.CONFIDENCE);
    }
    if (heads(DepthHead.class) == 1) {
      given.add(Given.DEPTH);
    }
    if (heads(GatesHead.class) == 1) {
      given.add(Given.GATES);
      if (GatedCells.hasGates(model)) {
        given.add(Given.GATED_MACS);
      }
    }
    return new Subject(dataset(), given);
  }

  /** The same run otherwise. */
  Cell with(EngineOptions other) {
    return with(model, other);
  }

  /** The same with another model. */
  Cell with(Model other) {
    return with(other, options);
  }

  private Cell with(Model other, EngineOptions otherOptions) {
    return new Cell(
        other,
        modelDigest,
        parent,
        frames,
        engine,
        availability,
        otherOptions,
        input,
        mapping,
        grid,
        protocol,
        corrupted,
        gauges,
        depth,
        clips,
        cues);
  }

  private long heads(Class<? extends HeadKind> kind) {
    return model.spec().heads().stream().filter(h -> kind.isInstance(h.kind())).count();
  }

  /** The size of what the network is given: the input's, padded where the model wants that. */
  public FrameSize padded() {
    Wiring wiring = model.spec().wiring();
    return new FrameSize(wiring.padded(input.height()), wiring.padded(input.width()));
  }

  /** Whether it has an accuracy to measure: random weights have none. */
  public boolean trained() {
    return modelFacts().trained();
  }

  /** What is known of the network by calculation, drawn at the cell's size. */
  public NetworkSheet sheet() {
    return NetworkSheet.of(model, new ModelSpec.Size(padded().height(), padded().width()));
  }

  /** What the engine says its version is, if it can run here. */
  public Optional<String> engineVersion() {
    return availability instanceof Availability.Ready ready
        ? Optional.of(ready.version())
        : Optional.empty();
  }

  /** Everything the accuracy depends on, key by key; equal specs give equal bits. */
  public Map<String, String> spec() {
    Map<String, String> out = new LinkedHashMap<>();
    out.put("cell", VERSION);
    out.put("model", modelDigest);
    out.put("dataset", dataset().name() + "/" + dataset().split());
    out.put("data", dataset().digest());
    out.put("description", Digests.of(dataset().description()));
    out.put("classes", String.join(",", dataset().labels().classNames()));
    out.put("rules", rulesDigest());
    out.put("engine", engine.name() + " " + engineVersion().orElse("missing"));
    out.put("threads", Integer.toString(options.threads()));
    if (options.form() != GateForm.AUTO) {
      out.put("form", options.form().word());
    }
    out.put("precision", PRECISION);
    out.put("input", input.toString());
    if (depth.isPresent()) {
      out.put("task", task().word());
      DepthFacts.cameras(model, dataset()).ifPresent(digest -> out.put("cameras", digest));
    }
    List<String> further = UsualGauges.others(gauges);
    if (!further.isEmpty()) {
      out.put("gauges", String.join(",", further));
      Gauges.furtherData(gauges, dataset()).ifPresent(data -> out.put("gauge-data", data));
    }
    if (subject().has(Given.GATES)) {
      out.put("gates", GATES_VERSION); // cells from before gates were kept lack their evidence
    }
    if (trained()) {
      clips.ifPresent(c -> out.put(CLIPS, c.key()));
    }
    cues.ifPresent(c -> out.put(CUES, c.key()));
    return Collections.unmodifiableMap(out);
  }

  /** Digest of {@link #spec()}: the cell's key. */
  public static String key(Map<String, String> spec) {
    StringBuilder text = new StringBuilder();
    spec.forEach((k, v) -> text.append(k).append('=').append(v).append('\n'));
    return Digests.of(text.toString());
  }

  /** The name of the cell's folder: readable, and unique by the key's first digits. */
  public String folderName(String key) {
    return readableName() + "-" + key.substring(0, 8);
  }

  /** What the names of folders of cells with this model, split, engine and size begin with. */
  public String readableName() {
    String readable =
        String.join(
            "_",
            List.of(
                model.spec().name(),
                dataset().name() + "-" + dataset().split(),
                engine.name(),
                input.toString()));
    return readable.replaceAll("[^A-Za-z0-9._-]+", "-");
  }

  /** For messages: {@code enet on camvid/val with onnxruntime at 360x480}. */
  public String title() {
    return model.spec().name()
        + " on "
        + dataset().name()
        + "/"
        + dataset().split()
        + " with "
        + engine.name()
        + " at "
        + input;
  }

  public ModelFacts modelFacts() {
    ModelSpec spec = model.spec();
    StoredParameters stored = model.storedParameters();
    return new ModelFacts(
        spec.name(),
        spec.architecture(),
        spec.variant().technique(),
        spec.variant().parent(),
        spec.variant().criterion(),
        spec.labelsHead().isPresent() ? spec.labels().name() : "",
        modelDigest,
        spec.options(),
        spec.provenance(),
        Lineages.of(model, parent, input),
        Reading.of(model).lines(),
        Optional.of(stored.precision()),
        stored.bytes());
  }

  public EngineFacts engineFacts() {
    Optional<String> form =
        options.form() == GateForm.AUTO ? Optional.empty() : Optional.of(options.form().word());
    return new EngineFacts(engine.name(), engineVersion(), options.threads(), PRECISION, form);
  }

  /** The size of the first frame that can be read; empty if none can. */
  static Optional<FrameSize> sizeOf(FrameCache frames) {
    return frames.firstReadable(1).stream()
        .map(s -> new FrameSize(s.image().height(), s.image().width()))
        .findFirst();
  }

  public DatasetFacts datasetFacts(int images) {
    FrameSize size = sizeOf(frames).orElse(new FrameSize(0, 0));
    return new DatasetFacts(
        dataset().name(),
        dataset().split(),
        images,
        size.height(),
        size.width(),
        dataset().digest());
  }

  public ProtocolFacts protocolFacts() {
    if (depth.isPresent()) {
      return new ProtocolFacts(depth.get().name(), rulesDigest(), "", "");
    }
    return new ProtocolFacts(protocol.name(), yardstickDigest(), mapping.name(), grid.key());
  }

  /**
   * Digest of the protocol and the grid: what two models must have in common to be compared. A
   * mapping is how a model's answer is put into the dataset's classes, so it is not part of it.
   */
  private String yardstickDigest() {
    return Digests.of(protocol.canonical() + "grid=" + grid.key() + "\n");
  }

  /** Digest of the protocol, the mapping and the grid together. */
  private String rulesDigest() {
    if (depth.isPresent()) {
      return DepthFacts.digest(depth.get());
    }
    return Digests.of(
        protocol.canonical()
            + "mapping="
            + Digests.hex(mapping.table())
            + "\ngrid="
            + grid.key()
            + "\n");
  }
}
