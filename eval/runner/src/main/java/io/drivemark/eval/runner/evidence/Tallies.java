package io.drivemark.eval.runner.evidence;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.boundary.BoundaryCounts;
import io.drivemark.eval.metrics.safety.Drivable;
import io.drivemark.eval.metrics.safety.ImageRegion;
import io.drivemark.eval.metrics.safety.VulnerableRecall;
import io.drivemark.eval.runner.judge.FrameJudge;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is counted of each frame beside the confusion counts: pixels of boundaries by class, regions
 * of vulnerable road users, obstacles and drivable ground in parts of the image. One row a sample,
 * one named column a count, all of them integers that add up. Immutable.
 */
public final class Tallies {
  public static final String FILE = "evidence/tallies.csv";

  private static final String SAMPLE = "sample";
  private static final List<String> BOUNDARIES =
      List.of("boundary truth ", "boundary predicted ", "boundary both ");
  private static final String PEOPLE = "vulnerable regions";
  private static final String PEOPLE_FOUND = "vulnerable regions found";
  private static final List<String> GROUND =
      List.of(" obstacles", " obstacles as drivable", " drivable", " drivable as blocked");

  private final List<String> names;
  private final Map<String, long[]> rows;

  private Tallies(List<String> names, Map<String, long[]> rows) {
    this.names = List.copyOf(names);
    this.rows = rows;
  }

  /**
   * The counts of judged frames, boundaries included.
   *
   * @param drivable what can be driven on, where the dataset says so
   * @param judged by sample id, in sample order; at least one
   */
  public static Tallies of(
      LabelSpace space, Optional<Drivable> drivable, Map<String, FrameJudge.Judged> judged) {
    List<String> names = new ArrayList<>();
    for (String what : BOUNDARIES) {
      space.classNames().forEach(name -> names.add(what + name));
    }
    FrameJudge.Judged first = judged.values().iterator().next();
    if (first.people().isPresent()) {
      names.addAll(List.of(PEOPLE, PEOPLE_FOUND));
    }
    if (drivable.isPresent()) {
      for (ImageRegion region : FrameJudge.regions()) {
        GROUND.forEach(what -> names.add(region.name() + what));
      }
    }
    Map<String, long[]> rows = new LinkedHashMap<>();
    judged.forEach((id, frame) -> rows.put(id, row(frame, drivable)));
    return new Tallies(names, rows);
  }

  private static long[] row(FrameJudge.Judged frame, Optional<Drivable> drivable) {
    List<Long> row = new ArrayList<>();
    for (long count : frame.borders().iou().orElseThrow().numbers()) {
      row.add(count);
    }
    frame
        .people()
        .ifPresent(
            people -> {
              row.add(people.regions());
              row.add(people.found());
            });
    drivable.ifPresent(
        d ->
            frame
                .regions()
                .forEach(
                    region -> {
                      Drivable.Counts counts = d.count(region);
                      row.add(counts.obstacles());
                      row.add(counts.falselyDrivable());
                      row.add(counts.drivable());
                      row.add(counts.falselyBlocked());
                    }));
    return row.stream().mapToLong(Long::longValue).toArray();
  }

  public void write(Path file) {
    List<List<String>> lines = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of(SAMPLE));
    header.addAll(names);
    lines.add(header);
    rows.forEach(
        (id, counts) -> {
          List<String> line = new ArrayList<>(List.of(id));
          for (long count : counts) {
            line.add(Long.toString(count));
          }
          lines.add(line);
        });
    Csv.write(file, lines);
  }

  /**
   * Reads the counts back.
   *
   * @throws BadInputException if the file is damaged
   */
  public static Tallies read(Path file) {
    List<List<String>> lines = Csv.read(file);
    List<String> header = lines.get(0);
    if (!header.get(0).equals(SAMPLE)) {
      throw new BadInputException(file + ": expected the first column to be " + SAMPLE);
    }
    Map<String, long[]> rows = new LinkedHashMap<>();
    for (int r = 1; r < lines.size(); r++) {
      List<String> line = lines.get(r);
      long[] counts = new long[line.size() - 1];
      for (int i = 0; i < counts.length; i++) {
        counts[i] = Csv.number(file, r, line.get(i + 1));
      }
      rows.put(line.get(0), counts);
    }
    return new Tallies(header.subList(1, header.size()), rows);
  }

  /** How many samples there are. */
  public int samples() {
    return rows.size();
  }

  /** The boundary counts over all samples. */
  public BoundaryCounts boundaries(LabelSpace space) {
    List<Long> numbers = new ArrayList<>();
    for (String what : BOUNDARIES) {
      for (String name : space.classNames()) {
        numbers.add(sum(what + name));
      }
    }
    return BoundaryCounts.of(space, numbers.stream().mapToLong(Long::longValue).toArray());
  }

  /** The regions of vulnerable road users over all samples, where they were looked for. */
  public Optional<VulnerableRecall.Counts> people() {
    return names.contains(PEOPLE)
        ? Optional.of(new VulnerableRecall.Counts(sum(PEOPLE_FOUND), sum(PEOPLE)))
        : Optional.empty();
  }

  /** Obstacles and drivable ground in a part of the image over all samples, where counted. */
  public Optional<Drivable.Counts> ground(ImageRegion region) {
    List<String> columns = GROUND.stream().map(what -> region.name() + what).toList();
    if (!names.containsAll(columns)) {
      return Optional.empty();
    }
    return Optional.of(
        new Drivable.Counts(
            sum(columns.get(0)), sum(columns.get(1)), sum(columns.get(2)), sum(columns.get(3))));
  }

  private long sum(String name) {
    int column = names.indexOf(name);
    if (column < 0) {
      throw new BadInputException(FILE + ": there is no column '" + name + "'");
    }
    long sum = 0;
    for (long[] row : rows.values()) {
      sum = Math.addExact(sum, row[column]);
    }
    return sum;
  }
}
