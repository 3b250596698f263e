package io.drivemark.eval.runner.plan.cue;

import io.drivemark.architectures.cue.Cue;
import io.drivemark.architectures.cue.CueData;
import io.drivemark.architectures.cue.Cues;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.Models;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.LabelMapping;
import io.drivemark.eval.runner.derive.cue.CueRuns;
import io.drivemark.eval.runner.evidence.PathRuns;
import io.drivemark.eval.runner.plan.driving.Drives;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.eval.runner.record.cue.CueFacts;
import io.drivemark.eval.runner.record.cue.CueFacts.Setting;
import io.drivemark.files.Digests;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The cues of a cell, which have learnt what they need from its dataset. Safe to share between
 * threads.
 *
 * @param cues as the study has them
 * @param ready the same, ready to be put around a network
 * @param drives the order in which pictures are seen
 * @param further networks that they run besides, by the names that they have for them
 * @param driven whether it is asked what late answers are worth on these pictures
 */
public record CellCues(
    Cues cues, Cues.Ready ready, Drives drives, Map<String, Further> further, boolean driven) {
  private static final int DIGITS = 16;

  public CellCues {
    Objects.requireNonNull(cues, "cues");
    Objects.requireNonNull(ready, "ready");
    Objects.requireNonNull(drives, "drives");
    further = Collections.unmodifiableMap(new LinkedHashMap<>(further));
  }

  /**
   * A further network.
   *
   * @param input the size that it is given frames at
   * @param mapping from its classes to the dataset's
   */
  public record Further(Model model, FrameSize input, LabelMapping mapping) {
    public Further {
      Objects.requireNonNull(model, "model");
      Objects.requireNonNull(input, "input");
      Objects.requireNonNull(mapping, "mapping");
    }
  }

  /**
   * Lets cues learn what they need.
   *
   * @param judged the split that they are judged on
   * @param split opens another split of the same dataset, whole
   * @param further finds a network that a cue runs besides
   * @param driven whether it is asked what late answers are worth on these pictures
   * @throws io.drivemark.problem.BadInputException if a split or a network is not there or does not
   *     fit, or cues remember and the dataset does not say what came before a frame
   * @throws io.drivemark.problem.UnavailableException if this machine lacks what a cue needs
   */
  public static CellCues of(
      Cues cues,
      Dataset judged,
      Function<String, Dataset> split,
      Function<String, Further> further,
      boolean driven) {
    Drives drives = cues.remember() ? Drives.of(judged) : Drives.apart(judged);
    Map<String, Further> networks = new LinkedHashMap<>();
    cues.models().forEach(name -> networks.put(name, further.apply(name)));
    Cues.Ready ready =
        cues.ready(
            new CueData() {
              @Override
              public Dataset judged() {
                return judged;
              }

              @Override
              public Dataset split(String name) {
                return split.apply(name);
              }

              @Override
              public String digest(String model) {
                return Models.digest(networks.get(model).model());
              }
            });
    return new CellCues(cues, ready, drives, networks, driven);
  }

  /** What a cell's key says of them: everything that labels depend on besides the network. */
  public String key() {
    StringBuilder out = new StringBuilder(ready.identity().strip().replace("\n", "; "));
    further.forEach(
        (name, network) ->
            out.append("; ")
                .append(name)
                .append(" at ")
                .append(network.input())
                .append(" mapped ")
                .append(mapped(network.mapping())));
    return cues.remember() ? out + "; drives " + drives.key() : out.toString();
  }

  private static String mapped(LabelMapping mapping) {
    return Digests.of(Digests.hex(mapping.table())).substring(0, DIGITS);
  }

  /**
   * What they made of the runs of their networks.
   *
   * @param runs of the pictures that were seen
   * @param judged ids of the judged frames
   */
  public CueFacts facts(List<PathRuns.Run> runs, Collection<String> judged) {
    return CueRuns.facts(
        cues.all().stream().map(CellCues::setting).toList(), drives.rate(), runs, judged);
  }

  private static Setting setting(Cue cue) {
    Map<String, String> keys = new TreeMap<>();
    cue.keys().forEach((key, value) -> keys.put(key, value.toString()));
    return new Setting(cue.type(), keys);
  }

  /** Frames of which it is not known what came before them, in words. */
  public List<String> notes() {
    return drives.notes();
  }
}
