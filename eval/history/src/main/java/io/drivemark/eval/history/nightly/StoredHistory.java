package io.drivemark.eval.history.nightly;

import io.drivemark.eval.history.MachineKey;
import io.drivemark.eval.history.judge.JudgeInput;
import io.drivemark.eval.history.judge.MetricRule;
import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.eval.history.night.NightFolder;
import io.drivemark.eval.history.night.NightPlan;
import io.drivemark.eval.history.nightly.before.MissingNights;
import io.drivemark.eval.history.store.HistoryView;
import io.drivemark.eval.history.store.ResultStore;
import io.drivemark.eval.history.store.Retention;
import io.drivemark.eval.history.store.StoreUrl;
import io.drivemark.eval.runner.environment.Machine;
import io.drivemark.eval.runner.record.json.ResultsJson;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A history in a store, judged by a function of what is in it. For one thread. */
public final class StoredHistory implements History {
  /** All of the store as it was before nights were last removed; below the folder of nights. */
  static final String BEFORE_PRUNING = "before-pruning.jsonl";

  private final ResultStore store;
  private final Function<JudgeInput, Verdict> judge;
  private final Map<String, String> uids = new HashMap<>();
  private String machine = ""; // of the night that was judged last

  private StoredHistory(ResultStore store, Function<JudgeInput, Verdict> judge) {
    this.store = store;
    this.judge = judge;
  }

  /**
   * Opens the stores that plans name, and makes their tables where they are empty.
   *
   * @param password for PostgreSQL, where one is needed
   * @param judge says what a night is; the same input gives the same verdict
   */
  public static Opener opener(Optional<String> password, Function<JudgeInput, Verdict> judge) {
    return new Opener() {
      @Override
      public History open(NightPlan plan) {
        return new StoredHistory(
            ResultStore.openOrInit(StoreUrl.parse(plan.store()), password), judge);
      }

      @Override
      public Outlook outlook(NightPlan plan) {
        Optional<ResultStore> found = ResultStore.find(StoreUrl.parse(plan.store()), password);
        if (found.isEmpty()) {
          return StoredHistory.outlook(plan, List.of());
        }
        try (ResultStore store = found.get()) {
          return StoredHistory.outlook(plan, store.nights());
        }
      }
    };
  }

  private static Outlook outlook(NightPlan plan, List<HistoryView.NightLine> stored) {
    MachineKey here = here();
    MissingNights missing = MissingNights.of(plan.folder(), stored, here);
    long judged =
        stored.stream()
            .filter(night -> night.machine().equals(here) && night.excluded().isEmpty())
            .count();
    return new Outlook(
        Math.toIntExact(judged) + missing.inBaselines(),
        missing.wanted().size(),
        missing.notes(plan));
  }

  private static MachineKey here() {
    return MachineKey.of(Machine.environment(Map.of()));
  }

  @Override
  public Before catchUp(NightPlan plan, Progress progress) {
    MissingNights missing = MissingNights.of(plan.folder(), store.nights(), here());
    List<String> notes = new ArrayList<>();
    int taken = 0;
    missing.moved().forEach(night -> store.add(night.path()));
    if (!missing.wanted().isEmpty()) {
      progress.begin("taking in nights that the store lacks", missing.wanted().size());
      int done = 0;
      for (NightFolder night : missing.wanted()) {
        try {
          store.add(night.path());
          taken++;
        } catch (BadInputException e) {
          notes.add(MissingNights.notTakenIn(e.getMessage()));
        }
        progress.step(++done, night.id());
      }
      progress.end();
    }
    if (taken > 0) {
      notes.add(0, MissingNights.takenIn(taken, plan));
    }
    notes.addAll(missing.notes(plan));
    plan.pinned().ifPresent(name -> pinned(plan, name)); // before hours are spent
    return before(notes);
  }

  private Before before(List<String> notes) {
    MachineKey here = here();
    List<HistoryView.NightLine> own =
        store.nights().stream().filter(night -> night.machine().equals(here)).toList();
    return new Before(
        notes,
        own.stream()
            .filter(night -> night.excluded().isPresent())
            .map(night -> String.valueOf(Path.of(night.folder()).getFileName()))
            .collect(Collectors.toSet()),
        own.stream().mapToLong(night -> night.ref().order()).max());
  }

  @Override
  public void add(NightFolder night) {
    uids.put(night.id(), store.add(night.path()).uid());
  }

  @Override
  public Verdict judge(NightFolder night, NightPlan plan) {
    String uid = uids.get(night.id());
    Set<String> exact =
        plan.rules().metrics().stream()
            .filter(rule -> !rule.noisy())
            .map(MetricRule::metric)
            .collect(Collectors.toSet());
    List<Night> all = store.history(exact);
    Night tonight = all.stream().filter(n -> n.ref().uid().equals(uid)).findFirst().orElseThrow();
    machine = tonight.machine();
    List<Night> before = all.stream().filter(n -> n.ref().compareTo(tonight.ref()) < 0).toList();
    Map<String, Path> folders =
        store.nights().stream()
            .collect(Collectors.toMap(line -> line.ref().uid(), line -> Path.of(line.folder())));
    return judge.apply(
        new JudgeInput(
            before,
            tonight,
            store.confirmation(uid),
            store.events(Optional.of(tonight.ref())),
            Moved.since(before, tonight, folders),
            EarlierNights.taken(night, ResultsJson.read(night.results())),
            plan.pinned().map(name -> pinned(plan, name)),
            plan.rules()));
  }

  /** A pinned night that is not there is the file's fault, and said so. */
  private String pinned(NightPlan plan, String name) {
    try {
      HistoryView.NightLine line = store.night(name);
      return line.ref().uid();
    } catch (BadInputException e) {
      throw new BadInputException(plan.source() + ": pinned: " + e.getMessage(), e);
    }
  }

  @Override
  public void keep(NightFolder night, Verdict verdict) {
    store.keep(verdict);
  }

  @Override
  public void prune(NightPlan plan) {
    NightPlan.Keep keep = plan.keep();
    Retention retention = new Retention(keep.pictures(), keep.evidence(), keep.nights());
    Set<String> spared = plan.pinned().map(name -> spared(plan, name)).orElse(Set.of());
    List<HistoryView.NightLine> own =
        store.nights().stream().filter(n -> n.machine().digest().equals(machine)).toList();
    Retention.apply(
        store, retention.plan(own, spared), Optional.of(plan.folder().resolve(BEFORE_PRUNING)));
  }

  /** What is pinned, and what people decided of since: or it would be creeping once more. */
  private Set<String> spared(NightPlan plan, String name) {
    Set<String> out = new HashSet<>(Set.of(pinned(plan, name)));
    store.events(Optional.empty()).stream()
        .filter(event -> event.decision().isPresent())
        .forEach(event -> out.add(event.opened().uid()));
    return out;
  }

  @Override
  public void close() {
    store.close();
  }
}
