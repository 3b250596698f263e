package io.drivemark.eval.history.store.folder;

import com.fasterxml.jackson.databind.JsonNode;
import io.drivemark.eval.history.MachineKey;
import io.drivemark.eval.history.SeriesKey;
import io.drivemark.eval.history.night.NightRecord;
import io.drivemark.eval.history.store.folder.RunFacts.CellFacts;
import io.drivemark.eval.history.store.folder.RunFacts.FigureFacts;
import io.drivemark.eval.history.store.folder.RunFacts.Kind;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Prints;
import io.drivemark.eval.runner.record.Speed;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.record.json.ResultsJson;
import io.drivemark.eval.runner.store.CellRecord;
import io.drivemark.eval.runner.store.FolderBelow;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.files.Digests;
import io.drivemark.problem.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A folder that {@code drivemark run} wrote, as a store takes it in: the results, checked against
 * the records of their cells, and those against the digests of their evidence. Numbers are not
 * derived again, which would take seconds; {@code drivemark store verify} does. Evidence that was
 * cleared away is named and keeps nothing out: what follows from it is in the records. Immutable.
 *
 * @param facts what the run measured
 * @param missing files of evidence that are no longer there, relative to the folder; sorted
 */
public record RunFolder(RunFacts facts, List<String> missing) {
  public RunFolder {
    missing = List.copyOf(missing);
  }

  /** Whether a folder has results of a run. */
  public static boolean isOne(Path folder) {
    return Files.isRegularFile(folder.resolve(RunStore.RESULTS));
  }

  /**
   * The hardware that a run was measured on; nothing else of it is read.
   *
   * @throws BadInputException if there are no results, or no environment in them
   */
  public static MachineKey machine(Path folder) {
    Path file = folder.resolve(RunStore.RESULTS);
    JsonNode environment = ResultsJson.readNode(file).path("environment");
    return MachineKey.of(ResultsJson.readEnvironment(file.toString(), environment));
  }

  /**
   * Whether a folder certainly holds what another machine measured: those of a team begin their
   * nights in the same second, in folders of the same names. What is damaged is whose it was.
   *
   * @param machine the digest of the machine's key whose folder it should be
   */
  public static boolean isOfAnother(Path folder, String machine) {
    try {
      return isOne(folder) && !machine(folder).digest().equals(machine);
    } catch (BadInputException e) {
      return false;
    }
  }

  /**
   * Reads a run that a person made.
   *
   * @throws BadInputException if there are no results, or they are not what their cells say
   */
  public static RunFolder read(Path folder) {
    StudyResult result = ResultsJson.read(folder.resolve(RunStore.RESULTS));
    List<String> missing = new ArrayList<>();
    List<CellFacts> cells = cells(folder, result, missing);
    return new RunFolder(facts(folder, result, Kind.RUN, 0, result.started(), cells), missing);
  }

  /**
   * Reads the study of a night.
   *
   * @param record what is kept of the night besides
   */
  static RunFolder night(Path folder, StudyResult result, NightRecord record) {
    List<String> missing = new ArrayList<>();
    List<CellFacts> cells = cells(folder, result, missing);
    RunFacts facts = facts(folder, result, Kind.NIGHT, 0, record.started(), cells);
    return new RunFolder(
        facts.ofNight(record.order(), record.unquiet(), NightRulers.of(record)), missing);
  }

  /** The facts of a process that timed again: latencies and nothing else. */
  static RunFacts again(Path folder, StudyResult times, Kind kind, int number) {
    List<CellFacts> cells = new ArrayList<>();
    for (Entry entry : times.entries()) {
      Speed speed = entry.speed().orElseThrow();
      String digest = Digests.of(speed.endToEndSamplesMs() + "\n" + speed.modelSamplesMs());
      cells.add(
          cell(
              folder,
              entry,
              times.environment().fingerprint(),
              Optional.empty(),
              Optional.of(digest),
              Figures.of(speed)));
    }
    return facts(folder, times, kind, number, times.started(), cells);
  }

  private static RunFacts facts(
      Path folder,
      StudyResult result,
      Kind kind,
      int number,
      Instant started,
      List<CellFacts> cells) {
    MachineKey machine = MachineKey.of(result.environment());
    return new RunFacts(
        RunUid.of(kind, number, started, machine, cells),
        kind,
        number,
        started.toEpochMilli(),
        started,
        result.finished(),
        result.study(),
        machine,
        NightConditions.of(result),
        folder.toAbsolutePath().normalize().toString(),
        result.exitCode(),
        Optional.empty(),
        TurnsTaken.of(result.entries()),
        cells,
        List.of());
  }

  private static List<CellFacts> cells(Path folder, StudyResult result, List<String> missing) {
    Map<SeriesKey, String> series = new HashMap<>();
    List<CellFacts> out = new ArrayList<>();
    for (Entry entry : result.entries()) {
      CellFacts cell = cell(folder, entry, result.environment().fingerprint(), missing);
      String other = series.put(cell.series(), cell.folder());
      if (other != null) {
        throw new BadInputException(
            folder.resolve(RunStore.RESULTS)
                + ": two entries are "
                + cell.series().label()
                + " ("
                + other
                + " and "
                + cell.folder()
                + "), and a history needs one a night; let datasets of the study have different"
                + " names, by a file of their own or by where");
      }
      out.add(cell);
    }
    return out;
  }

  private static CellFacts cell(
      Path folder, Entry entry, String fingerprint, List<String> missing) {
    if (entry.folder().isEmpty()) {
      return cell(
          folder, entry, fingerprint, Optional.empty(), Optional.empty(), Figures.of(entry));
    }
    Path file = folder.resolve(RunStore.RESULTS);
    Path cell = FolderBelow.resolve(file.toString(), folder, entry.folder());
    CellRecord record = CellRecord.read(cell);
    record
        .difference(entry)
        .ifPresent(
            part -> {
              throw new BadInputException(
                  file
                      + ": the "
                      + part
                      + " of entry "
                      + entry.model().name()
                      + " is not what its cell "
                      + entry.folder()
                      + " says; run the study again to write it anew");
            });
    record.missing(cell).forEach(name -> missing.add(entry.folder() + "/" + name));
    StringBuilder text = new StringBuilder();
    new TreeMap<>(record.evidence())
        .forEach((name, digest) -> text.append(name).append('=').append(digest).append('\n'));
    return cell(
        folder,
        entry,
        fingerprint,
        Optional.of(record.key()),
        Optional.of(Digests.of(text.toString())),
        Figures.of(entry));
  }

  private static CellFacts cell(
      Path folder,
      Entry entry,
      String fingerprint,
      Optional<String> key,
      Optional<String> evidence,
      List<FigureFacts> figures) {
    Optional<Speed> speed = entry.speed();
    if (speed.isPresent() && !speed.get().environment().equals(fingerprint)) {
      throw new BadInputException(
          folder
              + ": the latency of "
              + SeriesKey.of(entry).label()
              + " was measured in another environment ("
              + speed.get().environment()
              + ") than the one the run ended in ("
              + fingerprint
              + "), so the night has no one machine; run the study again, which times it anew");
    }
    return new CellFacts(
        SeriesKey.of(entry),
        key,
        entry.model(),
        entry.dataset().digest(),
        entry.dataset().images(),
        entry.engine().version(),
        entry.prints().map(Prints::canary),
        entry.prints().flatMap(Prints::frames),
        entry.prints().map(Prints::fragile).orElse(OptionalLong.empty()),
        evidence.map(digest -> digest.substring(0, RunUid.DIGITS)),
        speed.flatMap(Speed::rotation).map(Speed.Rotation::id),
        entry.complete(),
        entry.issues(),
        entry.folder(),
        figures,
        speed.map(Figures::timings).orElse(List.of()));
  }
}
