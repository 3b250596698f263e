package io.drivemark.architectures.latency;

import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
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
      read(file.get());
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
    timer.nanos(missing, progress).forEach((piece, time) -> nanos.put(piece.toString(), time));
    file.ifPresent(this::write);
  }

  private void read(Path path) {
    List<String> lines;
    try {
      lines = Files.readAllLines(path, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UnavailableException(path + ": cannot be read: " + e, e);
    }
    if (lines.size() < 2 || !lines.get(0).equals(SCHEMA) || !lines.get(1).equals("# " + of)) {
      throw problem(path, 1, "expected '" + SCHEMA + "' and '# " + of + "'");
    }
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
      nanos.put(line.substring(tab + 1), time);
    }
  }

  private static BadInputException problem(Path path, int line, String what) {
    return new BadInputException(
        path + " line " + line + ": " + what + "; delete the file, it is measured anew");
  }

  private void write(Path path) {
    List<String> lines = new ArrayList<>(List.of(SCHEMA, "# " + of));
    nanos.forEach((piece, time) -> lines.add(String.format(Locale.ROOT, "%.0f\t%s", time, piece)));
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      Path part = Files.createTempFile(path.toAbsolutePath().getParent(), "table", ".part");
      Files.write(part, lines, StandardCharsets.UTF_8);
      Files.move(part, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UnavailableException(path + ": cannot be written: " + e, e);
    }
  }
}
