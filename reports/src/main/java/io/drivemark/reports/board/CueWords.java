package io.drivemark.reports.board;

import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Speed;
import io.drivemark.eval.runner.record.cue.CueFacts;
import io.drivemark.eval.runner.record.cue.CueFacts.Deadline;
import io.drivemark.eval.runner.record.cue.CueFacts.Mix;
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
    if (timing.withRunMs().isPresent() && timing.betweenMs().isPresent()) {
      out.append("; ")
          .append(Numbers.milliseconds(timing.withRunMs().getAsDouble()))
          .append(" ms where a network runs (")
          .append(timing.withRun())
          .append(" of the ")
          .append(timing.pictures())
          .append(" timed pictures), ")
          .append(Numbers.milliseconds(timing.betweenMs().getAsDouble()))
          .append(" ms between");
    }
    timing.deadline().ifPresent(d -> out.append("; ").append(deadline(d)));
    return out.toString();
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
