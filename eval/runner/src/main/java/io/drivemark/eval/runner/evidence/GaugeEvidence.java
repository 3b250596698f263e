package io.drivemark.eval.runner.evidence;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.gauge.Columns;
import io.drivemark.eval.gauge.Counts;
import io.drivemark.eval.gauge.Gauge;
import io.drivemark.eval.gauge.standard.BoundaryGauge;
import io.drivemark.eval.gauge.standard.RegionGauge;
import io.drivemark.eval.gauge.standard.VulnerableGauge;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What gauges counted on each frame, as files: {@code evidence/NAME.csv} for the gauge of that
 * name. The first column is the sample, then the keys of a row where the gauge has them, then its
 * counts; a frame has one row, or where there are keys as many as it has keys. Three gauges share a
 * file since before each had its own. Stateless.
 */
public final class GaugeEvidence {
  /** The file of the gauges that share one. */
  public static final String TALLIES = "evidence/tallies.csv";

  private static final String SAMPLE = "sample";

  /** Whose counts stand in {@link #TALLIES}, in the order of its columns. */
  private static final List<String> SHARED =
      List.of(BoundaryGauge.NAME, VulnerableGauge.NAME, RegionGauge.NAME);

  private GaugeEvidence() {}

  /** Where a gauge's counts stand, below a cell's folder. */
  public static String file(String gauge) {
    return SHARED.contains(gauge) ? TALLIES : "evidence/" + gauge + ".csv";
  }

  /** Gives what a gauge counted on a frame. */
  public interface Source {
    /**
     * The counts of a frame.
     *
     * @param frame position among the samples
     */
    Counts counts(Gauge gauge, int frame);
  }

  /**
   * Writes the counts of gauges, all of whose frames are counted.
   *
   * @param folder the cell's
   * @param samples ids in sample order
   */
  public static void write(
      Path folder, LabelSpace space, List<Gauge> gauges, List<String> samples, Source source) {
    Map<String, TreeMap<Integer, Gauge>> files = new LinkedHashMap<>();
    for (Gauge gauge : gauges) {
      if (!gauge.columns(space).isEmpty()) {
        files
            .computeIfAbsent(file(gauge.name()), f -> new TreeMap<>())
            .put(SHARED.indexOf(gauge.name()), gauge);
      }
    }
    files.forEach(
        (name, ofFile) ->
            writeFile(folder.resolve(name), space, List.copyOf(ofFile.values()), samples, source));
  }

  static void writeFile(
      Path file, LabelSpace space, List<Gauge> gauges, List<String> samples, Source source) {
    Csv.write(file, rows(space, gauges, samples, source));
  }

  private static List<List<String>> rows(
      LabelSpace space, List<Gauge> gauges, List<String> samples, Source source) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(header(gauges.stream().map(g -> g.columns(space)).toList()));
    for (int i = 0; i < samples.size(); i++) {
      String sample = samples.get(i);
      if (gauges.get(0).columns(space).keys().isEmpty()) {
        List<String> row = new ArrayList<>(List.of(sample));
        for (Gauge gauge : gauges) {
          add(row, source.counts(gauge, i).numbers());
        }
        rows.add(row);
      } else {
        source
            .counts(gauges.get(0), i)
            .forEach(
                (keys, numbers) -> {
                  List<String> row = new ArrayList<>(List.of(sample));
                  row.addAll(keys);
                  add(row, numbers);
                  rows.add(row);
                });
      }
    }
    return rows;
  }

  private static List<String> header(List<Columns> columns) {
    List<String> header = new ArrayList<>(List.of(SAMPLE));
    columns.forEach(c -> header.addAll(c.keys()));
    columns.forEach(c -> header.addAll(c.counts()));
    return header;
  }

  private static void add(List<String> row, long[] numbers) {
    for (long number : numbers) {
      row.add(Long.toString(number));
    }
  }

  /**
   * Reads a gauge's counts back.
   *
   * @param folder the cell's
   * @param samples the ids of the frames, in sample order
   * @return one for each sample; empty if the gauge counts nothing of its own
   * @throws BadInputException if the file is damaged, lacks a column, or is of other samples
   */
  public static List<Counts> read(
      Path folder, Gauge gauge, LabelSpace space, List<String> samples) {
    Columns columns = gauge.columns(space);
    return columns.isEmpty()
        ? List.of()
        : readFile(folder.resolve(file(gauge.name())), columns, samples);
  }

  static List<Counts> readFile(Path file, Columns columns, List<String> samples) {
    List<List<String>> lines = Csv.read(file);
    List<String> header = lines.get(0);
    if (!header.get(0).equals(SAMPLE)) {
      throw new BadInputException(file + ": expected the first column to be " + SAMPLE);
    }
    int[] keys = positions(file, header, columns.keys());
    int[] counts = positions(file, header, columns.counts());
    Map<String, Counts.Rows> bySample = new LinkedHashMap<>();
    samples.forEach(sample -> bySample.put(sample, new Counts.Rows(columns)));
    TreeSet<String> seen = new TreeSet<>();
    for (int r = 1; r < lines.size(); r++) {
      List<String> line = lines.get(r);
      Counts.Rows rows = bySample.get(line.get(0));
      if (rows == null) {
        throw new BadInputException(
            file + ": row " + (r + 1) + ": sample " + line.get(0) + " has no confusion counts");
      }
      List<String> key = new ArrayList<>();
      for (int k : keys) {
        key.add(line.get(k));
      }
      if (!seen.add(line.get(0) + '\n' + String.join("\n", key))) {
        throw new BadInputException(
            file + ": row " + (r + 1) + ": sample " + line.get(0) + " has two rows of one kind");
      }
      long[] numbers = new long[counts.length];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = Csv.number(file, r, line.get(counts[i]));
      }
      rows.add(key, numbers);
    }
    List<Counts> out = new ArrayList<>();
    bySample.forEach((sample, rows) -> out.add(whole(file, columns, sample, rows.counts())));
    return out;
  }

  private static Counts whole(Path file, Columns columns, String sample, Counts counts) {
    if (columns.keys().isEmpty() && counts.equals(new Counts.Rows(columns).counts())) {
      throw new BadInputException(file + ": there is no row of sample " + sample);
    }
    return counts;
  }

  private static int[] positions(Path file, List<String> header, List<String> names) {
    int[] out = new int[names.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = header.indexOf(names.get(i));
      if (out[i] < 0) {
        throw new BadInputException(file + ": there is no column '" + names.get(i) + "'");
      }
    }
    return out;
  }
}
