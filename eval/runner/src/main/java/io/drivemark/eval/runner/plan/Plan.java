package io.drivemark.eval.runner.plan;

import io.drivemark.architectures.cue.Cues;
import io.drivemark.architectures.engine.Availability;
import io.drivemark.architectures.engine.Engine;
import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.Models;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.FrameCache;
import io.drivemark.datasets.LabelMapping;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.Task;
import io.drivemark.eval.gauge.Gauge;
import io.drivemark.eval.gauge.GaugePass;
import io.drivemark.eval.metrics.Protocol;
import io.drivemark.eval.metrics.Protocols;
import io.drivemark.eval.runner.plan.cue.CellCues;
import io.drivemark.eval.runner.plan.driving.Clips;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.eval.runner.study.DatasetSpec;
import io.drivemark.eval.runner.study.EngineSpec;
import io.drivemark.eval.runner.study.ModelSource;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.eval.runner.study.robust.RobustnessKeys;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A study with everything opened: its cells, grouped by dataset, in the study's order. Immutable.
 *
 * @param groups the cells of each dataset
 * @param notes where models are not run because of their task, by their names
 */
public record Plan(List<List<Cell>> groups, Map<String, String> notes) {

  /**
   * Opens what a study names.
   *
   * @param made models made for this study, which it does not name
   * @throws BadInputException with every name, file and class space that is wrong, at once
   */
  public static Plan of(Study study, List<Model> made, Sources sources) {
    return new Planner(study, made, sources, true).plan();
  }

  /** The same for predictions: no truth is needed, so every model meets every dataset. */
  public static Plan toPredict(Study study, Sources sources) {
    return new Planner(study, List.of(), sources, false).plan();
  }

  /** All cells in the study's order. */
  public List<Cell> cells() {
    return groups.stream().flatMap(List::stream).toList();
  }

  /** Collects problems while it opens things. */
  private static final class Planner {
    /** Of random weights: fixed, so that a study's own seed does not make other networks. */
    private static final long SEED = 1;

    private final Study study;
    private final List<Model> made;
    private final Sources sources;
    private final TaskMatch tasks;
    private final Uses uses;
    private final List<String> problems = new ArrayList<>();
    private boolean asksForDepth;
    private final Map<String, Availability> availabilities = new HashMap<>();
    private final Map<Model, String> digests = new IdentityHashMap<>();
    private final Map<FrameCache, Clips> clips = new IdentityHashMap<>();
    private final Map<FrameCache, DatasetSpec> specs = new IdentityHashMap<>();
    private final CuedModels cued;

    Planner(Study study, List<Model> made, Sources sources, boolean judged) {
      this.tasks = new TaskMatch(judged);
      this.uses = new Uses(study, sources);
      this.study = study;
      this.made = made;
      this.sources = sources;
      this.cued = new CuedModels(sources);
    }

    Plan plan() {
      Optional<Protocol> protocol =
          tried(() -> Protocols.named(study.protocol()).requirePixels("a study's dataset"));
      Map<String, Engine> engines = new HashMap<>();
      for (EngineSpec spec : study.engines()) {
        tried(() -> sources.engines().apply(spec.name()))
            .ifPresent(e -> engines.put(spec.name(), e));
      }
      Map<ModelSource, Model> named = new HashMap<>();
      for (ModelSource source : study.modelsAndParents()) {
        if (source instanceof ModelSource.Named there) {
          tried(() -> sources.models().apply(there.reference()))
              .ifPresent(model -> named.put(source, model));
        } else if (source instanceof ModelSource.Cued with) {
          inside(with, named)
              .flatMap(network -> tried(() -> cued.of(with, network)))
              .ifPresent(model -> named.put(source, model));
        }
      }
      asksForDepth =
          Stream.concat(named.values().stream(), made.stream())
              .anyMatch(model -> TaskMatch.task(model) == Task.DEPTH);
      problems.addAll(
          Doubles.names(made.stream().map(model -> model.spec().name()).toList(), names(named)));
      problems.addAll(Doubles.engines(study.engines()));
      List<FrameCache> datasets = new ArrayList<>();
      for (DatasetSpec spec : study.datasets()) {
        tried(() -> uses.frames(spec, asksForDepth))
            .ifPresent(
                frames -> {
                  datasets.add(frames);
                  specs.put(frames, spec);
                });
      }
      problems.addAll(Doubles.datasets(datasets));
      for (FrameCache frames : datasets) {
        if (uses.drives(specs.get(frames))) {
          tried(() -> uses.clips(frames.dataset())).ifPresent(found -> clips.put(frames, found));
        }
      }
      Map<FrameCache, List<Model>> models = new IdentityHashMap<>();
      for (FrameCache frames : datasets) {
        models.put(frames, models(named, frames));
      }
      Map<FrameCache, Map<Model, LabelMapping>> mappings = new IdentityHashMap<>();
      Map<FrameCache, Map<Model, CellCues>> around = new IdentityHashMap<>();
      for (FrameCache frames : datasets) {
        for (Model model : models.get(frames)) {
          tasks.add(model, frames.dataset());
          if (!tasks.meet(model, frames.dataset())) {
            continue;
          }
          tried(() -> mapping(model, frames.dataset(), named))
              .ifPresent(
                  m ->
                      mappings.computeIfAbsent(frames, f -> new IdentityHashMap<>()).put(model, m));
          cued.of(model)
              .flatMap(cues -> tried(() -> cues(cues, frames, named)))
              .ifPresent(
                  c -> around.computeIfAbsent(frames, f -> new IdentityHashMap<>()).put(model, c));
        }
      }
      problems.addAll(tasks.problems());
      if (!problems.isEmpty()) {
        throw new BadInputException(
            problems.size() == 1
                ? problems.get(0)
                : "study: " + problems.size() + " problems\n  " + String.join("\n  ", problems));
      }
      List<List<Cell>> groups = new ArrayList<>();
      Map<String, String> notes = new HashMap<>();
      for (FrameCache frames : datasets) {
        List<Cell> group = new ArrayList<>();
        for (Model model : models.get(frames)) {
          tasks.note(model).ifPresent(note -> notes.put(model.spec().name(), note));
          if (!tasks.meet(model, frames.dataset())) {
            continue;
          }
          for (EngineSpec spec : uses.engines(specs.get(frames), model)) {
            LabelMapping mapping = mappings.get(frames).get(model);
            Cell cell =
                cell(
                    model,
                    parent(model, models.get(frames)),
                    frames,
                    spec,
                    engines.get(spec.name()),
                    mapping,
                    Optional.ofNullable(around.getOrDefault(frames, Map.of()).get(model)),
                    protocol.get());
            new GaugePass(cell.gauges(), cell.subject()); // refuses a gauge that can never apply
            group.add(cell);
          }
        }
        groups.add(List.copyOf(group));
      }
      return new Plan(List.copyOf(groups), Map.copyOf(notes));
    }

    /** The model that a study puts cues around; empty if it cannot be had. */
    private static Optional<Model> inside(ModelSource.Cued with, Map<ModelSource, Model> named) {
      return named.entrySet().stream()
          .filter(
              e ->
                  e.getKey() instanceof ModelSource.Named there
                      && there.reference().equals(with.of()))
          .map(Map.Entry::getValue)
          .findFirst();
    }

    private CellCues cues(Cues cues, FrameCache frames, Map<ModelSource, Model> named) {
      return CellCues.of(
          cues,
          frames.dataset(),
          split -> cued.split(specs.get(frames), split),
          name -> {
            Model model = cued.further(name);
            return new CellCues.Further(
                model, inputSize(model, frames), mapping(model, frames.dataset(), named));
          },
          uses.drives(specs.get(frames)));
    }

    private LabelMapping mapping(Model model, Dataset dataset, Map<ModelSource, Model> named) {
      if (TaskMatch.task(model) == Task.DEPTH) {
        DepthFacts.requireDistancesAlone(model);
        return LabelMapping.identity(dataset.labels());
      }
      return ClassMatch.find(model, dataset, mapping(model, named));
    }

    /** Its own mapping, a variant's that of its parent, else the study's. */
    private String mapping(Model model, Map<ModelSource, Model> named) {
      Set<String> names = new HashSet<>(Set.of(model.spec().name()));
      if (made.contains(model) || cued.of(model).isPresent()) {
        model.spec().variant().parent().ifPresent(names::add);
      }
      for (Map.Entry<ModelSource, Model> entry : named.entrySet()) {
        if (names.contains(entry.getValue().spec().name())
            && entry.getKey() instanceof ModelSource.Named source
            && source.mapping().isPresent()) {
          return source.mapping().get();
        }
      }
      return study.mapping();
    }

    private Cell cell(
        Model model,
        Optional<Model> parent,
        FrameCache frames,
        EngineSpec spec,
        Engine engine,
        LabelMapping mapping,
        Optional<CellCues> cues,
        Protocol protocol) {
      boolean depth = TaskMatch.task(model) == Task.DEPTH;
      EngineOptions options = EngineOptions.defaults().withForm(spec.form());
      return new Cell(
          model,
          digests.computeIfAbsent(model, Models::digest),
          parent,
          frames,
          engine,
          availabilities.computeIfAbsent(engine.name(), name -> engine.probe()),
          spec.threads().isPresent() ? options.withThreads(spec.threads().getAsInt()) : options,
          inputSize(model, frames),
          mapping,
          study.grid(),
          protocol,
          specs.get(frames).use().hasSection(RobustnessKeys.KEY),
          depth ? List.of() : gauges(frames, cues),
          depth ? Optional.of(study.depth()) : Optional.empty(),
          depth || cues.isPresent() ? Optional.empty() : Optional.ofNullable(clips.get(frames)),
          cues);
    }

    /** Cues change labels and say of none how sure they are. */
    private List<Gauge> gauges(FrameCache frames, Optional<CellCues> cues) {
      List<Gauge> all = uses.gauges(specs.get(frames));
      return cues.isPresent() ? Confidence.unasked(all) : all;
    }

    private static Optional<Model> parent(Model model, List<Model> models) {
      Optional<String> name = model.spec().variant().parent();
      return models.stream().filter(m -> name.equals(Optional.of(m.spec().name()))).findFirst();
    }

    private FrameSize inputSize(Model model, FrameCache frames) {
      return study
          .size()
          .or(() -> model.spec().input().size().map(s -> new FrameSize(s.height(), s.width())))
          .or(() -> Cell.sizeOf(frames))
          .orElseThrow(
              () ->
                  new BadInputException(
                      "dataset "
                          + frames.dataset().name()
                          + "/"
                          + frames.dataset().split()
                          + ": not one of its "
                          + frames.count()
                          + " frames can be read, so there is no size to run at; look at it with"
                          + " 'drivemark verify'"));
    }

    /**
     * The models that a dataset is used for: the study's in its order, random weights built for its
     * classes, then those made of them.
     */
    private List<Model> models(Map<ModelSource, Model> named, FrameCache frames) {
      LabelSpace labels = frames.dataset().labels();
      List<Model> out = new ArrayList<>();
      for (ModelSource source : uses.models(specs.get(frames))) {
        if (source instanceof ModelSource.Untrained u) {
          tried(() -> Models.untrained(u.name(), u.architecture(), u.options(), labels, SEED))
              .ifPresent(out::add);
        } else if (named.containsKey(source)) {
          out.add(named.get(source));
        }
      }
      out.addAll(Uses.made(specs.get(frames), made, out));
      return out;
    }

    private List<String> names(Map<ModelSource, Model> named) {
      List<String> names = new ArrayList<>();
      for (ModelSource source : study.modelsAndParents()) {
        if (source instanceof ModelSource.Untrained untrained) {
          names.add(untrained.name());
        } else if (named.containsKey(source)) {
          names.add(named.get(source).spec().name());
        }
      }
      return names;
    }

    private <T> Optional<T> tried(Supplier<T> open) {
      try {
        return Optional.of(open.get());
      } catch (BadInputException e) {
        if (!problems.contains(e.getMessage())) {
          problems.add(e.getMessage());
        }
        return Optional.empty();
      }
    }
  }
}
