package io.drivemark.architectures.latency;

import io.drivemark.eval.latency.NanoClock;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Where measured times of pieces are kept: a folder with a table an engine, version, number of
 * threads and machine; or nowhere. Immutable.
 */
public final class LatencyTables {
  private final Optional<Path> folder;
  private final String machine;

  private LatencyTables(Optional<Path> folder, String machine) {
    this.folder = folder;
    this.machine = Objects.requireNonNull(machine, "machine");
  }

  /**
   * Tables in files.
   *
   * @param folder made when something is first kept
   * @param machine the fingerprint of the environment; times of another are not looked at
   */
  public static LatencyTables in(Path folder, String machine) {
    return new LatencyTables(Optional.of(folder), machine);
  }

  /** Nothing is kept: every table is measured anew. */
  public static LatencyTables notKept() {
    return new LatencyTables(Optional.empty(), "this machine");
  }

  /**
   * The table of an engine.
   *
   * @throws io.drivemark.problem.BadInputException if there is no such engine, or the file is
   *     damaged
   * @throws io.drivemark.problem.UnavailableException if the engine cannot run here
   */
  public LatencyTable open(EngineSetup setup) {
    String version = setup.version();
    String of =
        setup.engine() + " " + version + ", threads " + setup.threads() + ", machine " + machine;
    String name = String.join("-", setup.engine(), version, "t" + setup.threads(), machine);
    return new LatencyTable(
        of,
        folder.map(f -> f.resolve(name.replaceAll("[^A-Za-z0-9._-]", "_") + "-2.tsv")),
        new EnginePieceTimer(setup, NanoClock.SYSTEM));
  }
}
