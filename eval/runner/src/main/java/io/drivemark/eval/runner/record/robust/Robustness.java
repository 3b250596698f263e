package io.drivemark.eval.runner.record.robust;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.drivemark.eval.robustness.CorruptedScores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What corruptions and bad weather cost a network on some frames of its split, all paired with the
 * clean frames. Accuracies are mIoUs as fractions, pooled over the frames. Immutable.
 *
 * @param key digest of the cell, the frames and all corruptions and conditions with their versions
 * @param derivation version of the rule by which the figures follow from the counts
 * @param frames how many frames were looked at, each in every state
 * @param clusters what intervals draw, in words
 * @param clean the accuracy on these frames as they are
 * @param levels the accuracy at each level, in the study's order: corruption by corruption
 * @param mean mPC, see {@link CorruptedScores}; absent without corruptions
 * @param share rPC, the share of the clean accuracy that is kept
 * @param plain the accuracy under the plain weather and light that conditions are held against;
 *     absent without conditions
 * @param conditions the accuracy under each other weather and light
 * @param differences from the parent, or from the most accurate network; not kept in its cell
 * @param shots one frame in the worst of each corruption, and under each condition
 * @param calibration how sure the network was; absent where that was not asked for, and in records
 *     of older programs
 */
public record Robustness(
    String key,
    int derivation,
    int frames,
    String clusters,
    OptionalDouble clean,
    List<Level> levels,
    Span mean,
    Span share,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Plain> plain,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Condition> conditions,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Difference> differences,
    List<Shot> shots,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<RobustCalibration> calibration) {

  /**
   * A corruption at a severity.
   *
   * @param miou on the corrupted frames
   * @param loss the clean frames' less that
   */
  public record Level(String corruption, int severity, OptionalDouble miou, Span loss) {
    public Level {
      Objects.requireNonNull(corruption, "corruption");
      Objects.requireNonNull(miou, "miou");
      Objects.requireNonNull(loss, "loss");
    }

    /** As evidence calls it: {@code fog-3}. */
    public String state() {
      return corruption + "-" + severity;
    }
  }

  /**
   * The frames under the plain weather and light.
   *
   * @param state as evidence calls it: {@code light=day weather=clear}
   */
  public record Plain(String state, OptionalDouble miou) {
    public Plain {
      Objects.requireNonNull(state, "state");
      Objects.requireNonNull(miou, "miou");
    }
  }

  /**
   * The same frames under another weather or light.
   *
   * @param name what differs from the plain one: {@code light=night}
   * @param state as evidence calls it, all attributes
   * @param loss the accuracy under the plain weather and light less this one
   */
  public record Condition(String name, String state, OptionalDouble miou, Span loss) {
    public Condition {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(state, "state");
      Objects.requireNonNull(miou, "miou");
      Objects.requireNonNull(loss, "loss");
    }
  }

  /**
   * How a network's figures differ from another's on the same frames in the same states.
   *
   * @param from name of the other network
   * @param mean this network's mPC less the other's
   * @param share this network's rPC less the other's
   * @param meanP two-sided p-value of the swap test for mPC, not adjusted
   * @param shareP the same for rPC
   * @param clusters over how many clusters of frames; absent in records of older programs
   * @param calibration how errors of calibration differ; absent where one of both has none, and of
   *     siblings
   */
  public record Difference(
      String from,
      Span mean,
      Span share,
      OptionalDouble meanP,
      OptionalDouble shareP,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Integer> clusters,
      @JsonInclude(JsonInclude.Include.NON_ABSENT)
          Optional<RobustCalibration.Difference> calibration) {
    /** One over clusters that nobody counted, of confidences that nobody knows. */
    public Difference(
        String from, Span mean, Span share, OptionalDouble meanP, OptionalDouble shareP) {
      this(from, mean, share, meanP, shareP, Optional.empty(), Optional.empty());
    }

    public Difference {
      Objects.requireNonNull(from, "from");
      Objects.requireNonNull(mean, "mean");
      Objects.requireNonNull(share, "share");
      Objects.requireNonNull(meanP, "meanP");
      Objects.requireNonNull(shareP, "shareP");
      Objects.requireNonNull(clusters, "clusters");
      Objects.requireNonNull(calibration, "calibration");
    }

    /** The same with how errors of calibration differ. */
    public Difference withCalibration(RobustCalibration.Difference found) {
      return new Difference(from, mean, share, meanP, shareP, clusters, Optional.of(found));
    }
  }

  /**
   * A frame in a state: files relative to the entry's folder, forward slashes.
   *
   * @param id the sample
   * @param state as evidence calls it
   * @param image the photograph
   * @param prediction what the network answered, in its classes' colours, void black
   */
  public record Shot(String id, String state, String image, String prediction) {
    public Shot {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(state, "state");
      Objects.requireNonNull(image, "image");
      Objects.requireNonNull(prediction, "prediction");
    }
  }

  /** One of whose confidences nothing is known. */
  public Robustness(
      String key,
      int derivation,
      int frames,
      String clusters,
      OptionalDouble clean,
      List<Level> levels,
      Span mean,
      Span share,
      Optional<Plain> plain,
      List<Condition> conditions,
      List<Difference> differences,
      List<Shot> shots) {
    this(
        key,
        derivation,
        frames,
        clusters,
        clean,
        levels,
        mean,
        share,
        plain,
        conditions,
        differences,
        shots,
        Optional.empty());
  }

  public Robustness {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(clusters, "clusters");
    Objects.requireNonNull(clean, "clean");
    levels = List.copyOf(levels);
    Objects.requireNonNull(mean, "mean");
    Objects.requireNonNull(share, "share");
    Objects.requireNonNull(plain, "plain");
    conditions = List.copyOf(conditions);
    differences = List.copyOf(differences);
    shots = List.copyOf(shots);
    Objects.requireNonNull(calibration, "calibration");
    if (levels.isEmpty() && conditions.isEmpty() || plain.isPresent() == conditions.isEmpty()) {
      throw new IllegalArgumentException(
          "robustness: expected levels or conditions, and a plain state with conditions alone");
    }
  }

  /** The accuracies by corruption, of which all figures are made; empty without corruptions. */
  public Optional<CorruptedScores> scores() {
    if (levels.isEmpty()) {
      return Optional.empty();
    }
    Map<String, List<OptionalDouble>> byCorruption = new LinkedHashMap<>();
    for (Level level : levels) {
      byCorruption.computeIfAbsent(level.corruption(), c -> new ArrayList<>()).add(level.miou());
    }
    return Optional.of(new CorruptedScores(clean, byCorruption));
  }

  /** All states as evidence calls them: levels, then the plain one, then conditions. */
  public List<String> states() {
    List<String> states = new ArrayList<>();
    levels.forEach(level -> states.add(level.state()));
    plain.ifPresent(p -> states.add(p.state()));
    conditions.forEach(condition -> states.add(condition.state()));
    return states;
  }

  /** The same with these figures over all corruptions. */
  public Robustness withFigures(Span newMean, Span newShare) {
    return new Robustness(
        key,
        derivation,
        frames,
        clusters,
        clean,
        levels,
        newMean,
        newShare,
        plain,
        conditions,
        differences,
        shots,
        calibration);
  }

  /** The same with these differences from other networks. */
  public Robustness withDifferences(List<Difference> others) {
    return new Robustness(
        key,
        derivation,
        frames,
        clusters,
        clean,
        levels,
        mean,
        share,
        plain,
        conditions,
        others,
        shots,
        calibration);
  }

  /** The same with what clusters are called. */
  public Robustness withClusters(String words) {
    return new Robustness(
        key,
        derivation,
        frames,
        words,
        clean,
        levels,
        mean,
        share,
        plain,
        conditions,
        differences,
        shots,
        calibration);
  }

  /** The same with what is known of confidences. */
  public Robustness withCalibration(Optional<RobustCalibration> found) {
    return new Robustness(
        key,
        derivation,
        frames,
        clusters,
        clean,
        levels,
        mean,
        share,
        plain,
        conditions,
        differences,
        shots,
        found);
  }
}
