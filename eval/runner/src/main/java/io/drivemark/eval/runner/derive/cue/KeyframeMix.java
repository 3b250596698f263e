package io.drivemark.eval.runner.derive.cue;

import io.drivemark.architectures.cue.standard.Keyframes;
import io.drivemark.architectures.cue.standard.Keyframes.Between;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.Protocol;
import io.drivemark.eval.runner.evidence.driving.DelayEvidence;
import io.drivemark.eval.runner.record.cue.CueFacts;
import io.drivemark.eval.runner.record.cue.CueFacts.Mix;
import io.drivemark.eval.streaming.DelayCounts;
import io.drivemark.eval.streaming.DelayCounts.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Key frames whose labels are repeated as the mix of the counts by delay of the network inside: the
 * labels of frame i are those of a frame {@link Keyframes#delay} before. The mix is exact, and it
 * is known for every offset. Immutable.
 */
final class KeyframeMix {
  private final int every;

  private KeyframeMix(int every) {
    this.every = every;
  }

  /** Of repeated key frames alone around a network; empty for other cues. */
  static Optional<KeyframeMix> of(CueFacts facts) {
    CueFacts.Setting only = facts.cues().get(0);
    Map<String, String> keys = only.keys();
    boolean fits =
        facts.cues().size() == 1
            && only.type().equals(new Keyframes(1).type())
            && keys.getOrDefault("between", "").equals("repeat")
            && keys.getOrDefault("every", "").matches("[1-9][0-9]{0,8}");
    return fits
        ? Optional.of(new KeyframeMix(Integer.parseInt(keys.get("every"))))
        : Optional.empty();
  }

  /**
   * What they come to at each offset.
   *
   * @param evidence counts by delay of the network inside
   * @param images how many frames are judged
   * @return empty where not all of them, or not all delays, were counted
   */
  Optional<Mix> come(DelayEvidence evidence, int images, Protocol protocol) {
    List<Double> byOffset = new ArrayList<>();
    if (every > evidence.sheet().delays() + 1) {
      return Optional.empty();
    }
    for (int offset = 0; offset < every; offset++) {
      List<ConfusionMatrix> counts = counts(evidence, new Keyframes(every, Between.REPEAT, offset));
      OptionalDouble miou =
          counts.size() == images
              ? protocol.evaluate(counts).miou().value()
              : OptionalDouble.empty();
      if (miou.isEmpty()) {
        return Optional.empty();
      }
      byOffset.add(miou.getAsDouble());
    }
    return Optional.of(
        new Mix(
            byOffset,
            byOffset.stream().mapToDouble(m -> m).sum() / every,
            byOffset.stream().mapToDouble(m -> m).min().orElseThrow()));
  }

  /** Those of the frames that have them, a frame each. */
  private static List<ConfusionMatrix> counts(DelayEvidence evidence, Keyframes key) {
    List<ConfusionMatrix> out = new ArrayList<>();
    for (DelayCounts clip : evidence.network()) {
      for (Instant truth : clip.instants()) {
        if (truth.part() == 0) {
          clip.at(truth, key.delay(truth.picture())).ifPresent(out::add);
        }
      }
    }
    return out;
  }
}
