package io.drivemark.eval.runner.evidence.driving;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.runner.record.driving.Danger;
import io.drivemark.eval.streaming.DelayCounts;
import io.drivemark.eval.streaming.DelayCounts.Instant;
import io.drivemark.eval.streaming.FirstSight.Sighting;
import io.drivemark.files.DurableFiles;
import io.drivemark.problem.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What late answers of a network are worth on each clip of a split, and those of a network that is
 * always right. Whole numbers; no latency is in them. Files: {@code clips.csv} says which pictures
 * there are, {@code delays.csv} and {@code delays-perfect.csv} have the counts of a truth and a
 * delay in each row, {@code sights.csv} an object in a picture, {@code delays-danger.csv} what a
 * truth and a delay mean for people and the way ahead. Clips are named by their place in the first
 * file. Immutable.
 *
 * @param sheet the clips
 * @param network counts of the network's answers, a clip each
 * @param perfect counts of the truth itself, taken for an answer; at pictures alone
 * @param sightings objects of each clip; empty where the dataset has none
 * @param dangers what the network's answers mean for people and the way ahead, a clip each; empty
 *     where the dataset names neither, and in cells of older programs
 * @param perfectDangers the same of the truth itself, taken for an answer
 */
public record DelayEvidence(
    ClipSheet sheet,
    List<DelayCounts> network,
    List<DelayCounts> perfect,
    List<Sightings> sightings,
    List<DangerCounts> dangers,
    List<DangerCounts> perfectDangers) {
  /** Counts of the network's answers, below a cell's folder. */
  public static final String DELAYS = "evidence/delays.csv";

  /** Counts of answers that are always right. */
  public static final String PERFECT = "evidence/delays-perfect.csv";

  /** Objects in pictures. */
  public static final String SIGHTS = "evidence/sights.csv";

  /** What answers mean for people and the way ahead; not in every cell. */
  public static final String DANGERS = "evidence/delays-danger.csv";

  /** All files that every such cell has, below its folder. */
  public static final List<String> FILES = List.of(ClipSheet.FILE, DELAYS, PERFECT, SIGHTS);

  /** Files that only some of these cells have: those of programs from when they came on. */
  public static final List<String> LATER = List.of(DANGERS, SoakRuns.FILE);

  private static final String SIGHTS_HEADER = "clip,picture,object,group,pixels,found,centimetres";

  private static final String DANGERS_HEADER =
      "clip,picture,delay,answer,people,found,obstacles,as road";
  private static final String OF_NETWORK = "network";
  private static final String OF_TRUTH = "perfect";

  public DelayEvidence {
    network = List.copyOf(network);
    perfect = List.copyOf(perfect);
    sightings = List.copyOf(sightings);
    int clips = sheet.clips().size();
    dangers = List.copyOf(dangers);
    perfectDangers = List.copyOf(perfectDangers);
    boolean whole = dangers.isEmpty() || dangers.size() == clips;
    if (network.size() != clips
        || perfect.size() != clips
        || sightings.size() != clips
        || !whole
        || perfectDangers.size() != dangers.size()) {
      throw new IllegalArgumentException("delay evidence: not one of each for " + clips + " clips");
    }
  }

  /** Whether there are objects to be seen. */
  public boolean hasObjects() {
    return sightings.stream().anyMatch(s -> !s.byGroup().isEmpty());
  }

  /** Writes the files of a cell's folder. */
  public void write(Path folder, LabelSpace space) {
    sheet.write(folder);
    DurableFiles.write(folder.resolve(DELAYS), text(network, space));
    DurableFiles.write(folder.resolve(PERFECT), text(perfect, space));
    StringBuilder sights = new StringBuilder(SIGHTS_HEADER).append('\n');
    for (int clip = 0; clip < sightings.size(); clip++) {
      for (String row : rows(clip, sightings.get(clip))) {
        sights.append(row).append('\n');
      }
    }
    DurableFiles.write(folder.resolve(SIGHTS), sights.toString());
    if (!dangers.isEmpty()) {
      StringBuilder out = new StringBuilder(DANGERS_HEADER).append('\n');
      for (int clip = 0; clip < dangers.size(); clip++) {
        append(out, clip, OF_NETWORK, dangers.get(clip));
        append(out, clip, OF_TRUTH, perfectDangers.get(clip));
      }
      DurableFiles.write(folder.resolve(DANGERS), out.toString());
    }
  }

  private static void append(StringBuilder out, int clip, String answer, DangerCounts counts) {
    counts
        .byPicture()
        .forEach(
            (picture, byDelay) ->
                byDelay.forEach(
                    (delay, danger) ->
                        out.append(clip)
                            .append(',')
                            .append(picture)
                            .append(',')
                            .append(delay)
                            .append(',')
                            .append(answer)
                            .append(',')
                            .append(danger.people())
                            .append(',')
                            .append(danger.peopleFound())
                            .append(',')
                            .append(danger.obstacles())
                            .append(',')
                            .append(danger.asRoad())
                            .append('\n')));
  }

  private static List<String> rows(int clip, Sightings sightings) {
    List<String> out = new ArrayList<>();
    sightings
        .byGroup()
        .forEach(
            (group, objects) ->
                objects.forEach(
                    (number, seen) ->
                        seen.forEach(
                            s ->
                                out.add(
                                    String.join(
                                        ",",
                                        Integer.toString(clip),
                                        Integer.toString(s.picture()),
                                        Integer.toString(number),
                                        group,
                                        Long.toString(s.pixels()),
                                        Long.toString(s.found()),
                                        s.centimetres().isPresent()
                                            ? Long.toString(s.centimetres().getAsLong())
                                            : "")))));
    return out;
  }

  private static String header(LabelSpace space) {
    StringBuilder out = new StringBuilder("clip,picture,part,delay");
    int side = space.size() + 1;
    for (int i = 0; i < side * side; i++) {
      out.append(',').append(i / side).append('>').append(i % side);
    }
    return out.toString();
  }

  private static String text(List<DelayCounts> clips, LabelSpace space) {
    StringBuilder out = new StringBuilder(header(space)).append('\n');
    for (int clip = 0; clip < clips.size(); clip++) {
      DelayCounts counts = clips.get(clip);
      for (Instant truth : counts.instants()) {
        for (int delay = 0; delay <= counts.most(); delay++) {
          int d = delay;
          String start = clip + "," + truth.picture() + "," + truth.part() + "," + d;
          counts.at(truth, d).ifPresent(matrix -> row(out.append(start), matrix));
        }
      }
    }
    return out.toString();
  }

  private static void row(StringBuilder out, ConfusionMatrix matrix) {
    for (long[] row : matrix.allCounts()) {
      for (long count : row) {
        out.append(',').append(count);
      }
    }
    out.append('\n');
  }

  /**
   * Reads the files back.
   *
   * @param space the classes of the cell's counts
   * @throws BadInputException if one is missing or damaged
   */
  public static DelayEvidence read(Path folder, LabelSpace space) {
    ClipSheet sheet = ClipSheet.read(folder);
    boolean hasDangers = Files.exists(folder.resolve(DANGERS));
    return new DelayEvidence(
        sheet,
        counts(folder.resolve(DELAYS), sheet, sheet.between(), space),
        counts(folder.resolve(PERFECT), sheet, 1, space),
        sightings(folder.resolve(SIGHTS), sheet),
        hasDangers ? dangers(folder.resolve(DANGERS), sheet, OF_NETWORK) : List.of(),
        hasDangers ? dangers(folder.resolve(DANGERS), sheet, OF_TRUTH) : List.of());
  }

  private static List<DelayCounts> counts(
      Path file, ClipSheet sheet, int between, LabelSpace space) {
    List<DelayCounts.Builder> clips = new ArrayList<>();
    sheet.clips().forEach(clip -> clips.add(new DelayCounts.Builder(between, sheet.delays())));
    int side = space.size() + 1;
    NumberRows.read(
        file,
        header(space),
        (row, fields) -> {
          long[] numbers = NumberRows.numbers(file, row, fields);
          long[][] counts = new long[side][side];
          for (int i = 0; i < side * side; i++) {
            counts[i / side][i % side] = numbers[4 + i];
          }
          clips
              .get(Math.toIntExact(numbers[0]))
              .add(
                  new Instant(Math.toIntExact(numbers[1]), Math.toIntExact(numbers[2])),
                  Math.toIntExact(numbers[3]),
                  ConfusionMatrix.of(space, counts));
        });
    return clips.stream().map(DelayCounts.Builder::build).toList();
  }

  private static List<DangerCounts> dangers(Path file, ClipSheet sheet, String wanted) {
    List<Map<Integer, Map<Integer, Danger>>> clips = new ArrayList<>();
    sheet.clips().forEach(clip -> clips.add(new TreeMap<>()));
    NumberRows.read(
        file,
        DANGERS_HEADER,
        (row, fields) -> {
          String answer = fields[3];
          if (!answer.equals(OF_NETWORK) && !answer.equals(OF_TRUTH)) {
            throw new IllegalArgumentException("no answer is called '" + answer + "'");
          }
          Danger danger =
              new Danger(
                  NumberRows.number(file, row, fields[4]),
                  NumberRows.number(file, row, fields[5]),
                  NumberRows.number(file, row, fields[6]),
                  NumberRows.number(file, row, fields[7]));
          Map<Integer, Danger> byDelay =
              clips
                  .get(Math.toIntExact(NumberRows.number(file, row, fields[0])))
                  .computeIfAbsent(
                      Math.toIntExact(NumberRows.number(file, row, fields[1])),
                      picture -> new TreeMap<>());
          int delay = Math.toIntExact(NumberRows.number(file, row, fields[2]));
          if (answer.equals(wanted) && byDelay.put(delay, danger) != null) {
            throw new IllegalArgumentException("delay " + delay + " stands twice");
          }
        });
    return clips.stream().map(DangerCounts::new).toList();
  }

  private static List<Sightings> sightings(Path file, ClipSheet sheet) {
    List<TreeMap<String, TreeMap<Integer, List<Sighting>>>> clips = new ArrayList<>();
    sheet.clips().forEach(clip -> clips.add(new TreeMap<>(Collections.reverseOrder())));
    NumberRows.read(
        file,
        SIGHTS_HEADER,
        (row, fields) -> {
          String group = fields[3];
          if (!group.equals(Sightings.VULNERABLE) && !group.equals(Sightings.OTHER)) {
            throw new IllegalArgumentException("no group of objects is called '" + group + "'");
          }
          OptionalLong centimetres =
              fields[6].isEmpty()
                  ? OptionalLong.empty()
                  : OptionalLong.of(NumberRows.number(file, row, fields[6]));
          clips
              .get(Math.toIntExact(NumberRows.number(file, row, fields[0])))
              .computeIfAbsent(group, g -> new TreeMap<>())
              .computeIfAbsent(
                  Math.toIntExact(NumberRows.number(file, row, fields[2])), n -> new ArrayList<>())
              .add(
                  new Sighting(
                      Math.toIntExact(NumberRows.number(file, row, fields[1])),
                      NumberRows.number(file, row, fields[4]),
                      NumberRows.number(file, row, fields[5]),
                      centimetres));
        });
    List<Sightings> out = new ArrayList<>();
    for (TreeMap<String, TreeMap<Integer, List<Sighting>>> clip : clips) {
      out.add(new Sightings(new java.util.LinkedHashMap<>(clip)));
    }
    return out;
  }

  /** Whether a cell's folder has such evidence. */
  public static boolean isThere(Path folder) {
    return Files.exists(folder.resolve(ClipSheet.FILE));
  }
}
