package io.drivemark.architectures.latency;

import io.drivemark.files.DurableFiles;
import io.drivemark.files.FileLocks;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Times of pieces of networks on one engine of one machine. What is asked for and missing is
 * measured and, where the table has a file, kept. Not thread-safe.
 *
 * <p>The file is text: lines that begin with {@code #} say what it is of, each other line has
 * nanoseconds, a tab, and the piece.
 */
public final class LatencyTable {
  private static final String SCHEMA = "# drivemark-latency-table/2";

  private final String of;
  private final Optional<Path> file;
  private final PieceTimer timer;
  private final Map<String, Double> nanos = new TreeMap<>();

  LatencyTable(String of, Optional<Path> file, PieceTimer timer) {
    this.of = of;
    this.file = file;
    this.timer = timer;
    if (file.isPresent() && Files.exists(file.get())) {
      nanos.putAll(read(file.get()));
    }
  }

  /** How many pieces it knows. */
  public int size() {
    return nanos.size();
  }

  /** What the times are of: engine, version, threads and machine. */
  @Override
  public String toString() {
    return of;
  }

  /** The time of a piece run alone, which is measured if it is not known. */
  double nanos(Piece piece) {
    require(List.of(piece), Progress.NONE);
    return nanos.get(piece.toString());
  }

  /** Measures those of the pieces that are not known, and keeps them. */
  void require(Collection<Piece> pieces, Progress progress) {
    Set<Piece> missing = new LinkedHashSet<>(pieces);
    missing.removeIf(p -> nanos.containsKey(p.toString()));
    if (missing.isEmpty()) {
      return;
    }
    Map<String, Double> measured = new TreeMap<>();
    timer.nanos(missing, progress).forEach((piece, time) -> measured.put(piece.toString(), time));
    nanos.putAll(measured);
    file.ifPresent(path -> FileLocks.holding(path, () -> add(path, measured)));
  }

  private Map<String, Double> read(Path path) {
    List<String> lines;
    try {
      lines = Files.readAllLines(path, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UnavailableException(path + ": cannot be read: " + e, e);
    }
    if (lines.size() < 2 || !lines.get(0).equals(SCHEMA) || !lines.get(1).equals("# " + of)) {
      throw problem(path, 1, "expected '" + SCHEMA + "' and '# " + of + "'");
    }
    Map<String, Double> found = new TreeMap<>();
    for (int i = 2; i < lines.size(); i++) {
      String line = lines.get(i);
      int tab = line.indexOf('\t');
      double time = Double.NaN;
      try {
        time = Double.parseDouble(line.substring(0, Math.max(0, tab)));
      } catch (NumberFormatException e) {
        // Said below.
      }
      if (!(time >= 0 && time < Double.POSITIVE_INFINITY)) {
        throw problem(path, i + 1, "found '" + line + "', expected nanoseconds, a tab, a piece");
      }
      found.put(line.substring(tab + 1), time);
    }
    return found;
  }

  private static BadInputException problem(Path path, int line, String what) {
    return new BadInputException(
        path + " line " + line + ": " + what + "; delete the file, it is measured anew");
  }

  /** Adds what is new to the file; other processes may have added to it since it was read. */
  private void add(Path path, Map<String, Double> measured) {
    Map<String, Double> all = Files.exists(path) ? read(path) : new TreeMap<>();
    all.forEach(nanos::putIfAbsent);
    all.putAll(measured);
    StringBuilder text = new StringBuilder(SCHEMA + "\n# " + of + "\n");
    all.forEach(
        (piece, time) -> text.append(String.format(Locale.ROOT, "%.0f\t%s\n", time, piece)));
    DurableFiles.write(path, text.toString());
  }
}
