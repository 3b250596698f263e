package io.drivemark.reports.board;

import io.drivemark.eval.decide.Candidate;
import io.drivemark.eval.decide.EntryLabels;
import io.drivemark.eval.decide.Measure;
import io.drivemark.eval.decide.Standing;
import io.drivemark.eval.decide.Timing;
import io.drivemark.eval.decide.Timings;
import io.drivemark.eval.decide.Yardstick;
import io.drivemark.eval.runner.record.Accuracy;
import io.drivemark.eval.runner.record.Confidence;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Speed;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.record.detail.SliceScore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The entries of a study that may be compared, because they were measured with the same yardstick.
 * Latencies of several rotations stand in milliseconds of one of them. Immutable.
 *
 * @param yardstick what they have in common
 * @param contenders in the study's order
 * @param standing how they stand to each other
 */
public record Board(Yardstick yardstick, List<Contender> contenders, Standing standing) {
  public Board {
    Objects.requireNonNull(yardstick, "yardstick");
    contenders = List.copyOf(contenders);
    Objects.requireNonNull(standing, "standing");
    if (contenders.isEmpty()) {
      throw new IllegalArgumentException("a board has at least one contender");
    }
  }

  /** The boards of a study, in the order their first entries stand in it. */
  public static List<Board> of(StudyResult result) {
    Map<Yardstick, List<Entry>> groups = new LinkedHashMap<>();
    for (Entry entry : result.entries()) {
      groups.computeIfAbsent(Yardstick.of(entry), key -> new ArrayList<>()).add(entry);
    }
    List<Board> boards = new ArrayList<>();
    groups.forEach((yardstick, entries) -> boards.add(of(yardstick, entries)));
    return boards;
  }

  private static Board of(Yardstick yardstick, List<Entry> entries) {
    List<String> labels = EntryLabels.of(entries);
    List<Optional<Timing>> timings = Timings.of(entries);
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      candidates.add(Candidate.of(i, entries.get(i), timings.get(i)));
    }
    Standing standing = Standing.of(candidates);
    List<Contender> contenders = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = Timings.onScale(entries.get(i), timings.get(i), standing.scale());
      contenders.add(new Contender(i, labels.get(i), entry, candidates.get(i), standing));
    }
    return new Board(yardstick, contenders, standing);
  }

  /** The classes that accuracy is given for, in index order; empty if nothing was judged. */
  public List<Accuracy.ClassScore> classes() {
    return contenders.stream()
        .flatMap(c -> c.entry().accuracy().stream())
        .findFirst()
        .map(Accuracy::classes)
        .orElse(List.of());
  }

  /** Slices of the frames that contenders were judged on, as the first that has any gives them. */
  public List<SliceScore> slices() {
    return contenders.stream()
        .map(c -> c.entry().slices())
        .filter(s -> !s.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  /** What accuracy is measured by. */
  public Measure measure() {
    return yardstick.measure();
  }

  /** What the intervals of accuracy rest on, where there are any. */
  public Optional<Confidence> confidence() {
    return contenders.stream().flatMap(c -> c.entry().confidence().stream()).findFirst();
  }

  /**
   * The control that says how far a model strays from itself, where one was measured; of several
   * rotations' the one that strayed farthest.
   */
  public Optional<Speed.Control> control() {
    return Timings.widestControl(contenders.stream().map(Contender::entry));
  }

  /** The rotations the contenders were timed in, as far as their records tell. */
  public List<Speed.Rotation> rotations() {
    return contenders.stream()
        .flatMap(c -> c.entry().speed().stream())
        .flatMap(speed -> speed.rotation().stream())
        .distinct()
        .toList();
  }

  /** Those that are worth their time, fastest first: see {@link Standing}. */
  public List<Contender> front() {
    return standing.paretoFront().stream().map(this::contender).toList();
  }

  /** Whether there are timings that cannot be compared with the others, and whose they are. */
  public List<Contender> offTheScale() {
    return contenders.stream()
        .filter(c -> c.entry().speed().isPresent() && standing.ms(c.candidate()).isEmpty())
        .toList();
  }

  /** The contender that a decision is about. */
  public Contender contender(Candidate candidate) {
    return contenders.get(candidate.number());
  }

  /** The most accurate contender, the first in the study's order where several are equal. */
  public Optional<Contender> mostAccurate() {
    return standing.mostAccurate().map(this::contender);
  }

  /** The contenders whose speed cannot be told from this one's, itself left out. */
  public List<Contender> tiedWith(Contender contender) {
    return standing.tiedWith(contender.candidate()).stream().map(this::contender).toList();
  }

  /** How many models, each counted once however many engines ran it. */
  public int models() {
    return (int) contenders.stream().map(Contender::model).distinct().count();
  }
}
