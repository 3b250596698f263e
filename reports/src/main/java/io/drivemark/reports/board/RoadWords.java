package io.drivemark.reports.board;

import io.drivemark.eval.decide.road.RoadLadder;
import io.drivemark.eval.decide.road.RoadLadder.Place;
import io.drivemark.eval.decide.road.RoadLadder.Rung;
import io.drivemark.eval.runner.record.driving.Driving;
import io.drivemark.eval.runner.record.driving.Driving.Road;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Sentences about late answers. Stateless. */
public final class RoadWords {
  private static final int MOST_TIES = 3;

  private RoadWords() {}

  /** What late answers of a board's networks come to. */
  public static RoadLadder ladder(Board board) {
    return RoadLadder.of(board.contenders().stream().map(Contender::entry).toList());
  }

  /** The rungs at the hardware that the study names first. */
  public static List<Rung> asMeasured(RoadLadder ladder) {
    Optional<Double> first = ladder.rungs().stream().findFirst().map(Rung::hardware);
    return ladder.rungs().stream().filter(r -> Optional.of(r.hardware()).equals(first)).toList();
  }

  /** Which network is best at each camera rate, and why. */
  public static List<String> sentences(Board board, RoadLadder ladder) {
    List<String> out = new ArrayList<>();
    for (Rung rung : asMeasured(ladder)) {
      out.add(sentence(board, rung));
      for (Place place : rung.without()) {
        out.add(
            board.contenders().get(place.entry()).label()
                + " has no streaming mIoU at "
                + title(rung)
                + place.road().reason().map(why -> ": " + why).orElse("")
                + ".");
      }
    }
    return out;
  }

  private static String sentence(Board board, Rung rung) {
    String where = "At " + title(rung);
    if (rung.order().isEmpty()) {
      return where + " no network has a streaming mIoU.";
    }
    Place best = rung.order().get(0);
    List<String> ties =
        rung.ties().stream().map(p -> board.contenders().get(p.entry()).label()).toList();
    String out =
        where
            + " "
            + board.contenders().get(best.entry()).label()
            + " answers best: "
            + percent(best.road().miou().getAsDouble())
            + " % streaming mIoU"
            + (ties.isEmpty() ? "" : ", a tie with " + Numbers.names(ties, MOST_TIES))
            + ".";
    if (rung.onTime().isEmpty()) {
      return out;
    }
    String accurate = board.contenders().get(rung.onTime().get()).label();
    if (rung.onTimeIsBest()) {
      return out
          + (ties.isEmpty()
              ? " It is the most accurate on time too."
              : " One of them is the most accurate on time too.");
    }
    return out
        + rung.order().stream()
            .filter(p -> p.entry() == rung.onTime().get())
            .findFirst()
            .map(
                p ->
                    " "
                        + accurate
                        + " is the most accurate on time ("
                        + percent(p.road().onTime().getAsDouble())
                        + " %), but its answers are "
                        + age(p.road())
                        + " old: "
                        + percent(p.road().miou().getAsDouble())
                        + " % is left.")
            .orElse(
                " " + accurate + " is the most accurate on time and has no streaming mIoU here.");
  }

  private static String age(Road road) {
    return road.age()
        .filter(a -> a.seenMs().isPresent())
        .map(a -> Numbers.milliseconds(a.seenMs().getAsDouble()) + " ms")
        .orElse("long");
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share);
  }

  /** Of a rung: {@code 30 pictures a second (latest)}. */
  public static String title(Rung rung) {
    return plain(rung.camera()) + " pictures a second (" + rung.policy() + ")";
  }

  /** A number without needless zeros. */
  public static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  /** How it was made. */
  public static String method(Driving driving) {
    return String.format(
        Locale.ROOT,
        "Truth was asked %d %s a picture of %s pictures a second, on %d %s, from %s s of each on;"
            + " it is held against the newest answer that was there. Timed runs in their measured"
            + " order, from 8 places on; %s ms from exposure until a picture is in memory; one"
            + " worker, %d %s. Peak: the age right before the next answer; blind metres: driven at"
            + " %s km/h during the largest peak. Misses: runs longer than the deadline.",
        driving.between(),
        driving.between() == 1 ? "time" : "times",
        plain(driving.rate()),
        driving.clips(),
        driving.clips() == 1 ? "drive" : "drives",
        plain(driving.warmUp()),
        plain(driving.captureMs()),
        driving.served(),
        driving.served() == 1 ? "camera" : "cameras",
        plain(driving.fastest()));
  }
}
