package io.drivemark.reports.board;

import io.drivemark.eval.decide.road.RoadLadder;
import io.drivemark.eval.decide.road.RoadLadder.Place;
import io.drivemark.eval.decide.road.RoadLadder.Rung;
import io.drivemark.eval.runner.record.driving.Driving;
import io.drivemark.eval.runner.record.driving.Driving.Road;
import io.drivemark.eval.runner.record.driving.Soak;
import io.drivemark.eval.runner.record.robust.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

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
    if (ladder.rungs().isEmpty()) {
      out.add(
          "No latency was measured: the curves say what answers of each age are worth, and nothing"
              + " says how old they would be.");
    }
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
    List<String> cued =
        board.contenders().stream()
            .filter(c -> c.entry().cues().isPresent())
            .map(Contender::label)
            .toList();
    if (!cued.isEmpty()) {
      out.add(
          "Late answers of networks with cues around them are not judged ("
              + Numbers.names(cued, MOST_TIES)
              + "): where pictures are dropped they answer otherwise, so that counts by delay do not"
              + " say what would come of it.");
    }
    return out;
  }

  private static String sentence(Board board, Rung rung) {
    String where = "At " + title(rung);
    if (rung.order().isEmpty()) {
      return where + " no network has a streaming mIoU.";
    }
    return best(board, rung, where)
        + others(board, " Surely worse than the best: ", rung.worse())
        + others(board, " Cannot be told from the best: ", rung.open())
        + others(board, untested(rung), rung.untested());
  }

  /** Why nothing is claimed of those that are behind on the drives that were seen. */
  private static String untested(Rung rung) {
    return rung.untested().stream()
        .flatMap(place -> place.best().stream())
        .findFirst()
        .map(
            v ->
                " Behind the best on these drives, "
                    + ClusterWords.tooFew(v.difference().clusters(), v.tests())
                    + ": ")
        .orElse("");
  }

  private static String best(Board board, Rung rung, String where) {
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

  /** Networks with how far they are behind the best, as far as a reader takes them in. */
  private static String others(Board board, String about, List<Place> places) {
    List<String> said =
        places.stream()
            .map(
                place ->
                    board.contenders().get(place.entry()).label()
                        + place
                            .best()
                            .map(v -> " (" + points(v.difference().miou()) + ")")
                            .orElse(""))
            .toList();
    return said.isEmpty() ? "" : about + Numbers.names(said, MOST_TIES) + ".";
  }

  /** A difference in points of mIoU with its interval: {@code −1.20, −2.10 to −0.35}. */
  public static String points(Span difference) {
    String value =
        difference.value().stream().mapToObj(Numbers::points).findFirst().orElse("undefined");
    return difference.low().isPresent() && difference.high().isPresent()
        ? value
            + ", "
            + Numbers.points(difference.low().getAsDouble())
            + " to "
            + Numbers.points(difference.high().getAsDouble())
        : value;
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

  /** What happened where networks ran alone at the camera's pace, a sentence each. */
  public static List<String> paced(Board board) {
    List<String> out = new ArrayList<>();
    for (Contender c : board.contenders()) {
      c.entry().driving().flatMap(Driving::soak).ifPresent(soak -> out.add(paced(c.label(), soak)));
    }
    return out;
  }

  private static String paced(String label, Soak soak) {
    Soak.Pace measured = soak.measured();
    Soak.Pace simulated = soak.simulated();
    return String.format(
        Locale.ROOT,
        "Run alone at %s (%s) for %s s, %s took %s ms a picture (timed: %s), left"
            + " out %s %% of the pictures (simulated: %s), its answers were %s ms old on average"
            + " (%s) and %s ms at the most (%s), and %s %% of the runs missed the deadline (%s). %s",
        pace(soak.camera()),
        soak.policy(),
        plain(soak.seconds()),
        label,
        Numbers.milliseconds(measured.runMs()),
        Numbers.milliseconds(simulated.runMs()),
        percent(measured.leftOut()),
        percent(simulated.leftOut()),
        ms(measured.ageMs()),
        ms(simulated.ageMs()),
        ms(measured.peakMaxMs()),
        ms(simulated.peakMaxMs()),
        percent(measured.missed()),
        percent(simulated.missed()),
        agreement(soak));
  }

  private static String agreement(Soak soak) {
    if (soak.same().isEmpty()) {
      return "No picture came after the warm-up, so nothing says whether the simulation holds.";
    }
    String share = percent(soak.same().getAsDouble());
    return soak.holds()
        ? "At "
            + share
            + " % of the pictures the newest answer was of the same picture as simulated:"
            + " the simulation holds."
        : "At only "
            + share
            + " % of the pictures the newest answer was of the same picture as simulated, 95 % are"
            + " needed: take what is simulated for this network with care (a processor that rests"
            + " between pictures runs at another speed, and other programs may have run).";
  }

  private static String ms(OptionalDouble ms) {
    return ms.isPresent() ? Numbers.milliseconds(ms.getAsDouble()) : "–";
  }

  /** Of a rung: {@code 30 pictures a second (latest)}. */
  public static String title(Rung rung) {
    return pace(rung.camera()) + " (" + rung.policy() + ")";
  }

  /** Of a rung, where there is little room: {@code 30 fps, latest}. */
  public static String camera(Rung rung) {
    return plain(rung.camera()) + " fps, " + rung.policy();
  }

  /** A rate: {@code 30 pictures a second}, {@code 1 picture a second}. */
  public static String pace(double rate) {
    String plain = plain(rate);
    return plain + (plain.equals("1") ? " picture" : " pictures") + " a second";
  }

  /** By how much latencies are multiplied: {@code latencies × 2}, or {@code as measured}. */
  public static String hardware(double factor) {
    String plain = plain(factor);
    return plain.equals("1") ? "as measured" : "latencies × " + plain;
  }

  /** A number without needless zeros. */
  public static String plain(double value) {
    return io.drivemark.config.Numbers.text(value);
  }

  /** How it was made. */
  public static String method(Driving driving) {
    return String.format(
        Locale.ROOT,
        "Truth was asked %d %s a picture of %s, on %d %s, from %s s of each on;"
            + " it is held against the newest answer that was there. Timed runs in their measured"
            + " order, from 8 places on; %s ms from exposure until a picture is in memory; one"
            + " worker, %d %s. Peak: the age right before the next answer; blind metres: driven at"
            + " %s km/h during the largest peak. Misses: runs longer than the deadline. Differences of"
            + " streaming mIoU are in points, with intervals of 95 %% over drives or blocks of"
            + " consecutive pictures, both networks held against the same"
            + " truths: surely worse is what the interval and the swap test, adjusted over the"
            + " networks of a camera rate, both say; a tie is what latencies off by half the A-A"
            + " band can turn.",
        driving.between(),
        driving.between() == 1 ? "time" : "times",
        pace(driving.rate()),
        driving.clips(),
        driving.clips() == 1 ? "drive" : "drives",
        plain(driving.warmUp()),
        plain(driving.captureMs()),
        driving.served(),
        driving.served() == 1 ? "camera" : "cameras",
        plain(driving.fastest()));
  }
}
