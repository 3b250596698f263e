package io.drivemark.eval.history.judge.method;

import io.drivemark.eval.history.judge.Alarm;
import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.judge.Onset;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Alarms of timed metrics from what tests found, with the numbers people are shown. */
final class Alarms {
  private final Nights nights;
  private final EventBook book;

  /** Nights in which findings that did not hold are counted. */
  private static final int CHRONIC = 60;

  Alarms(Nights nights, EventBook book) {
    this.nights = nights;
    this.book = book;
  }

  /** Of tonight's value. */
  Alarm of(LatencyJudge.NightAlarm found) {
    NightTest.Result result = found.result();
    Row row = result.row();
    Onset onset = onset(result);
    return alarm(
        Alarm.Kind.NIGHT,
        found.state(),
        row,
        result.limit().level(),
        result.value(),
        OptionalDouble.of(result.limit().scatter()),
        result.p(),
        found.q(),
        result.limit().values(),
        onset,
        joined(found.note(), chronic(row)));
  }

  /**
   * Tonight, or the first of the nights just before it that lie nearer to tonight's value than to
   * the level: a night that could not be judged may have had the change already.
   */
  private Onset onset(NightTest.Result result) {
    Row row = result.row();
    int[] before = row.nights(0, nights.tonight());
    double half = (result.limit().level() + result.value()) / 2;
    int last = before.length - 1;
    int first = nights.tonight();
    while (last > 0 && before[last] >= row.start(first - 1) && row.values()[before[last]] > half) {
      first = before[last--];
    }
    Night.Ref from = nights.ref(first);
    return new Onset(nights.ref(before[last]), from, from, nights.ref(nights.tonight()));
  }

  private String chronic(Row row) {
    Night.Ref since = nights.ref(Math.max(0, nights.tonight() - CHRONIC));
    long cleared = book.cleared(row.series(), row.rule().metric(), since);
    return cleared == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "did not hold %d %s in the last %d nights",
            cleared,
            cleared == 1 ? "time" : "times",
            CHRONIC);
  }

  /** Of a change of level. */
  Alarm of(LevelTest.Change found, boolean worse) {
    Onset onset =
        new Onset(
            nights.ref(found.before()),
            nights.ref(found.first()),
            nights.ref(found.earliest()),
            nights.ref(found.latest()));
    Alarm alarm =
        alarm(
            Alarm.Kind.LEVEL,
            Alarm.State.CONFIRMED,
            found.row(),
            found.from(),
            found.to(),
            OptionalDouble.empty(),
            found.p(),
            found.q(),
            found.nights(),
            onset,
            "");
    return worse ? alarm : better(alarm);
  }

  /** Of creeping. */
  Alarm of(DriftTest.Creeping found) {
    Night.Ref pinned = nights.ref(found.since());
    Night.Ref tonight = nights.ref(nights.tonight());
    return alarm(
        Alarm.Kind.DRIFT,
        Alarm.State.CONFIRMED,
        found.row(),
        found.from(),
        found.to(),
        OptionalDouble.empty(),
        found.p(),
        found.q(),
        found.nights(),
        new Onset(pinned, tonight, pinned, tonight),
        String.format(
            Locale.ROOT, "%+.2f %% in 30 nights", 100 * found.row().relative(found.slope())));
  }

  private static Alarm alarm(
      Alarm.Kind kind,
      Alarm.State state,
      Row row,
      double from,
      double to,
      OptionalDouble scatter,
      double p,
      double q,
      int nights,
      Onset onset,
      String note) {
    boolean all = row.series().isAll();
    return new Alarm(
        kind,
        state,
        row.series(),
        row.rule().metric(),
        Optional.empty(),
        true,
        all ? 1 : row.inUnit(from),
        all ? 1 + row.relative(to - from) : row.inUnit(to),
        row.relative(to - from),
        row.rule().floor(),
        scatter,
        OptionalDouble.of(p),
        OptionalDouble.of(q),
        nights,
        onset,
        joined(
            all && !row.common().isEmpty() ? "the " + row.common() + " ruler is taken off" : "",
            note));
  }

  private static Alarm better(Alarm a) {
    return new Alarm(
        a.kind(),
        a.state(),
        a.series(),
        a.metric(),
        a.ofClass(),
        false,
        a.baseline(),
        a.level(),
        a.change(),
        a.floor(),
        a.scatter(),
        a.p(),
        a.q(),
        a.nights(),
        a.onset(),
        a.note());
  }

  private static String joined(String one, String other) {
    return one.isEmpty() || other.isEmpty() ? one + other : one + "; " + other;
  }
}
