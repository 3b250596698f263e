package io.drivemark.eval.runner.evidence.driving;

import io.drivemark.config.Numbers;
import io.drivemark.eval.runner.evidence.Csv;
import io.drivemark.eval.streaming.Answer;
import io.drivemark.eval.streaming.CameraClock;
import io.drivemark.eval.streaming.Policy;
import io.drivemark.eval.streaming.Schedule;
import io.drivemark.problem.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which pictures a network answered when it ran alone at a camera's pace, and when. Pictures are
 * counted as the camera took them; times are from the exposure of the first. Immutable.
 *
 * @param setting under which it ran
 * @param answers of the first camera, in the order of finishing
 */
public record SoakRuns(Setting setting, List<Answer> answers) {
  /** Where they lie, below a cell's folder. */
  public static final String FILE = "evidence/soak.csv";

  private static final List<String> HEADER =
      List.of(
          "camera", "policy", "capture", "served", "seconds", "machine", "picture", "start",
          "finish");

  /**
   * How a network ran.
   *
   * @param camera pictures a second
   * @param policy when a free worker begins with which picture
   * @param captureNanos from the exposure of a picture until it was in memory
   * @param served how many cameras the worker served
   * @param seconds how long the camera took pictures
   * @param machine its fingerprint
   */
  public record Setting(
      double camera, Policy policy, long captureNanos, int served, double seconds, String machine) {
    public Setting {
      Objects.requireNonNull(policy, "policy");
      Objects.requireNonNull(machine, "machine");
      if (served < 1 || !(seconds > 0)) {
        throw new IllegalArgumentException(
            "soak: "
                + served
                + " cameras for "
                + seconds
                + " s; at least 1 and above 0 are needed");
      }
    }

    /** The camera's. */
    public CameraClock clock() {
      return new CameraClock(camera, 1, captureNanos);
    }

    /** How many pictures the camera takes in that time. */
    public int pictures() {
      return (int) Math.max(1, Math.floor(camera * seconds));
    }

    private List<String> row() {
      return List.of(
          Double.toString(camera),
          policy.word(),
          Long.toString(captureNanos),
          Integer.toString(served),
          Double.toString(seconds),
          machine);
    }
  }

  public SoakRuns {
    Objects.requireNonNull(setting, "setting");
    answers = new Schedule(answers).answers();
    if (answers.isEmpty()) {
      throw new IllegalArgumentException("soak: nothing was answered");
    }
  }

  /** The answers as a schedule. */
  public Schedule schedule() {
    return new Schedule(answers);
  }

  /** Whether a cell's folder has such runs. */
  public static boolean isThere(Path folder) {
    return Files.exists(folder.resolve(FILE));
  }

  /** Writes the file of a cell's folder. */
  public void write(Path folder) {
    List<List<String>> rows = new ArrayList<>(List.of(HEADER));
    for (Answer answer : answers) {
      List<String> row = new ArrayList<>(setting.row());
      row.add(Integer.toString(answer.picture()));
      row.add(Long.toString(answer.start()));
      row.add(Long.toString(answer.finish()));
      rows.add(row);
    }
    Csv.write(folder.resolve(FILE), rows);
  }

  /**
   * Reads the file back.
   *
   * @throws BadInputException if it is damaged
   */
  public static SoakRuns read(Path folder) {
    Path file = folder.resolve(FILE);
    List<List<String>> rows = Csv.read(file);
    if (!rows.get(0).equals(HEADER) || rows.size() < 2) {
      throw new BadInputException(
          file + ": expected the columns " + String.join(",", HEADER) + " and rows");
    }
    List<String> said = rows.get(1).subList(0, 6);
    try {
      Setting setting = setting(file, said);
      CameraClock clock = setting.clock();
      List<Answer> answers = new ArrayList<>();
      for (int r = 1; r < rows.size(); r++) {
        List<String> row = rows.get(r);
        if (!row.subList(0, 6).equals(said)) {
          throw new IllegalArgumentException("row " + (r + 1) + " is of another run");
        }
        int picture = Math.toIntExact(Csv.number(file, r, row.get(6)));
        answers.add(
            new Answer(
                picture,
                clock.exposure(picture),
                Csv.number(file, r, row.get(7)),
                Csv.number(file, r, row.get(8))));
      }
      return new SoakRuns(setting, answers);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new BadInputException(file + ": " + e.getMessage(), e);
    }
  }

  private static Setting setting(Path file, List<String> row) {
    Optional<Policy> policy = Policy.of(row.get(1));
    return new Setting(
        Numbers.real(row.get(0)).orElse(0),
        policy.orElseThrow(
            () -> new IllegalArgumentException("no policy is called '" + row.get(1) + "'")),
        Csv.number(file, 1, row.get(2)),
        Math.toIntExact(Csv.number(file, 1, row.get(3))),
        Numbers.real(row.get(4)).orElse(0),
        row.get(5));
  }
}
