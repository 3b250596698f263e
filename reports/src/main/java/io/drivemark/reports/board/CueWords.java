package io.drivemark.reports.board;

import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Speed;
import io.drivemark.eval.runner.record.cue.CueFacts;
import io.drivemark.eval.runner.record.cue.CueFacts.Deadline;
import io.drivemark.eval.runner.record.cue.CueFacts.Mix;
import io.drivemark.eval.runner.record.cue.CueFacts.Mode;
import io.drivemark.eval.runner.record.cue.CueFacts.Setting;
import io.drivemark.eval.runner.record.cue.CueFacts.Timing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Sentences about cues around networks. Stateless. */
public final class CueWords {
  private CueWords() {}

  /** What cues made of runs and times, by a heading each; empty for networks alone. */
  public static Map<String, String> facts(Entry entry) {
    Map<String, String> out = new LinkedHashMap<>();
    entry
        .cues()
        .ifPresent(
            cues -> {
              out.put(
                  "Cues",
                  cues.cues().stream().map(Setting::words).collect(Collectors.joining(", then ")));
              out.put("Runs", runs(cues));
              cues.timing().ifPresent(timing -> out.put("Times", times(entry, timing)));
              cues.mix().ifPresent(mix -> out.put("Other offsets", offsets(entry, mix)));
            });
    return out;
  }

  /** The same as sentences. */
  public static List<String> about(Entry entry) {
    return facts(entry).entrySet().stream()
        .map(fact -> fact.getKey() + ": " + fact.getValue() + ".")
        .toList();
  }

  private static String runs(CueFacts cues) {
    return String.format(
        Locale.ROOT,
        "networks ran %.2f times a picture in the mean; labels were %.2f pictures old, %d at most",
        cues.runsPerPicture(),
        cues.meanAge(),
        cues.oldest());
  }

  private static String times(Entry entry, Timing timing) {
    StringBuilder out = new StringBuilder();
    entry
        .speed()
        .map(Speed::endToEnd)
        .ifPresent(
            all -> {
              out.append(Numbers.milliseconds(all.mean())).append(" ms a picture in the mean");
              if (all.p99().isPresent()) {
                out.append(", 99 of 100 at most ")
                    .append(Numbers.milliseconds(all.p99().getAsDouble()))
                    .append(" ms");
              }
            });
    timing.modes().forEach(mode -> out.append("; ").append(mode(mode)));
    timing.deadline().ifPresent(d -> out.append("; ").append(deadline(d)));
    return out.toString();
  }

  private static String mode(Mode mode) {
    return Numbers.milliseconds(mode.ms())
        + " ms where "
        + switch (mode.runs()) {
          case 0 -> "no network runs";
          case 1 -> "a network runs once";
          default -> "networks run " + mode.runs() + " times";
        }
        + " ("
        + mode.pictures()
        + " of the timed pictures)";
  }

  private static String deadline(Deadline deadline) {
    return String.format(
        Locale.ROOT,
        "%d of %d runs took longer than the %s ms to the next picture%s",
        deadline.misses(),
        deadline.runs(),
        Numbers.milliseconds(deadline.ms()),
        deadline.hasRow() ? ", up to " + deadline.longest() + " in a row" : "");
  }

  private static String offsets(Entry entry, Mix mix) {
    return String.format(
        Locale.ROOT,
        "mIoU %s %% in the mean of the %d, %s %% at the worst, by the counts by delay of %s",
        Numbers.percent(mix.mean()),
        mix.byOffset().size(),
        Numbers.percent(mix.worst()),
        entry.model().parent().orElse("the network inside"));
  }
}
