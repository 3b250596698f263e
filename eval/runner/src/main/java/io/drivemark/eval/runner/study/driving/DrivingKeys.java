package io.drivemark.eval.runner.study.driving;

import io.drivemark.config.ConfigMap;
import io.drivemark.eval.streaming.CameraFault;
import io.drivemark.eval.streaming.Policy;
import io.drivemark.problem.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.DoublePredicate;

/**
 * The key {@code driving} of study files: what late answers are worth, {@code {camera: [30, 10],
 * policy: [latest, wait-next], hardware: [1, 2]}} for example. Stateless.
 */
public final class DrivingKeys {
  public static final String KEY = "driving";

  /** What can be bounded only where the study asks. */
  public static final List<String> WORDS =
      List.of("streamingMiou", "blindMetres", "deadlineMisses");

  private static final String CAMERA = "camera";
  private static final String CAPTURE = "capture-ms";
  private static final String POLICY = "policy";
  private static final String SERVED = "cameras";
  private static final String WARM_UP = "warm-up";
  private static final String SPEEDS = "speeds";
  private static final String BRAKE = "brake";
  private static final String ACTUATION = "actuation";
  private static final String HARDWARE = "hardware";
  private static final String DEADLINE = "deadline-ms";
  private static final String BETWEEN = "between";
  private static final String DELAYS = "delays";
  private static final String PACE = "pace";
  private static final String PACE_SECONDS = "pace-seconds";

  /** What sets the pace of a soak. */
  private static final String OF_CAMERA = "camera";

  private static final double USUAL_PACE_SECONDS = 30;

  private DrivingKeys() {}

  /**
   * Reads the key.
   *
   * @param bounded the words that the study bounds; some need it
   * @param paceable whether a paced run has timed runs to be held against
   */
  public static Optional<DrivingSpec> read(ConfigMap root, List<String> bounded, boolean paceable) {
    if (!root.has(KEY)) {
      for (String word : bounded) {
        if (WORDS.contains(word)) {
          root.problem(
              "require",
              word
                  + " is measured only where the study asks what late answers are worth; add"
                  + " driving: {}");
        }
      }
      return Optional.empty();
    }
    ConfigMap map = root.map(KEY);
    DrivingSpec usual = DrivingSpec.DEFAULT;
    List<Double> cameras =
        numbers(map, CAMERA, usual.cameras(), v -> v > 0 && v <= 1000, "above 0, at most 1000");
    double capture =
        number(map, CAPTURE, usual.captureMs(), v -> v >= 0 && v < 10_000, "0 or more");
    List<Policy> policies = policies(map);
    int served = whole(map, SERVED, 1, 64).orElse(usual.served());
    double warmUp = number(map, WARM_UP, usual.warmUp(), v -> v >= 0 && v < 3600, "0 or more");
    List<Double> speeds =
        numbers(map, SPEEDS, usual.speeds(), v -> v > 0 && v <= 400, "km/h above 0, at most 400");
    double brake =
        number(map, BRAKE, usual.brake(), v -> v > 0 && v <= 20, "m/s2 above 0, at most 20");
    double actuation =
        number(map, ACTUATION, usual.actuation(), v -> v >= 0 && v <= 10, "0 to 10 seconds");
    List<Double> hardware =
        numbers(map, HARDWARE, usual.hardware(), v -> v > 0 && v <= 100, "above 0, at most 100");
    OptionalDouble deadline =
        map.has(DEADLINE)
            ? OptionalDouble.of(number(map, DEADLINE, 1, v -> v > 0 && v < 100_000, "above 0"))
            : OptionalDouble.empty();
    return Optional.of(
        new DrivingSpec(
            cameras,
            capture,
            policies,
            served,
            warmUp,
            speeds,
            brake,
            actuation,
            hardware,
            deadline,
            whole(map, BETWEEN, 1, 16),
            whole(map, DELAYS, 1, 256),
            faults(map),
            soak(map, warmUp, paceable)));
  }

  private static List<CameraFault> faults(ConfigMap map) {
    List<CameraFault> out = new ArrayList<>();
    for (CameraFault.Kind kind : CameraFault.Kind.values()) {
      for (double share :
          numbers(
              map,
              kind.word(),
              List.of(),
              v -> v > 0 && v <= 0.9,
              "above 0, at most 0.9: shares of the pictures")) {
        out.add(new CameraFault(kind, share));
      }
    }
    return out;
  }

  private static OptionalDouble soak(ConfigMap map, double warmUp, boolean paceable) {
    if (!map.has(PACE)) {
      if (map.has(PACE_SECONDS)) {
        map.problem(PACE_SECONDS, "says how long the pace is kept; add pace: camera");
      }
      return OptionalDouble.empty();
    }
    map.choice(PACE, OF_CAMERA, List.of(OF_CAMERA));
    if (!paceable) {
      map.problem(
          PACE,
          "a paced run is held against timed runs, and latency is off; remove latency: off, or pace"
              + " and pace-seconds");
    }
    return OptionalDouble.of(
        number(
            map,
            PACE_SECONDS,
            USUAL_PACE_SECONDS,
            v -> v >= 1 && v > warmUp && v <= 3600,
            "at least 1 s and more than the warm-up, at most 3600 s"));
  }

  private static List<Policy> policies(ConfigMap map) {
    List<Policy> out = new ArrayList<>();
    for (String word : map.strings(POLICY)) {
      Optional<Policy> policy = Policy.of(word);
      if (policy.isEmpty() || out.contains(policy.get())) {
        map.problem(
            POLICY,
            policy.isPresent()
                ? word + " stands twice in the list"
                : "found "
                    + word
                    + Nearest.hint(word, Policy.words())
                    + ", expected some of "
                    + String.join(", ", Policy.words()));
      } else {
        out.add(policy.get());
      }
    }
    return out.isEmpty() ? DrivingSpec.DEFAULT.policies() : out;
  }

  private static List<Double> numbers(
      ConfigMap map, String key, List<Double> usual, DoublePredicate fine, String expected) {
    List<Double> out = new ArrayList<>();
    for (double value : map.numbers(key)) {
      if (!fine.test(value) || out.contains(value)) {
        map.problem(
            key,
            fine.test(value)
                ? value + " stands twice in the list"
                : "found " + value + ", expected numbers " + expected);
      } else {
        out.add(value);
      }
    }
    return out.isEmpty() ? usual : out;
  }

  private static double number(
      ConfigMap map, String key, double usual, DoublePredicate fine, String expected) {
    double value = map.number(key, usual);
    if (!fine.test(value)) {
      map.problem(key, "found " + value + ", expected " + expected);
      return usual;
    }
    return value;
  }

  private static OptionalInt whole(ConfigMap map, String key, int least, int most) {
    Optional<Integer> value = map.optionalInteger(key);
    if (value.isPresent() && (value.get() < least || value.get() > most)) {
      map.problem(key, "found " + value.get() + ", expected " + least + " to " + most);
      return OptionalInt.of(least);
    }
    return value.isPresent() ? OptionalInt.of(value.get()) : OptionalInt.empty();
  }

  /** The key as a study file has it. */
  public static Map<String, Object> write(DrivingSpec spec) {
    Map<String, Object> out = new LinkedHashMap<>();
    if (!spec.cameras().isEmpty()) {
      out.put(CAMERA, spec.cameras());
    }
    out.put(CAPTURE, spec.captureMs());
    out.put(POLICY, spec.policies().stream().map(Policy::word).toList());
    out.put(SERVED, spec.served());
    out.put(WARM_UP, spec.warmUp());
    out.put(SPEEDS, spec.speeds());
    out.put(BRAKE, spec.brake());
    out.put(ACTUATION, spec.actuation());
    out.put(HARDWARE, spec.hardware());
    spec.deadlineMs().ifPresent(ms -> out.put(DEADLINE, ms));
    spec.between().ifPresent(n -> out.put(BETWEEN, n));
    spec.delays().ifPresent(n -> out.put(DELAYS, n));
    for (CameraFault.Kind kind : CameraFault.Kind.values()) {
      List<Double> shares =
          spec.faults().stream().filter(f -> f.kind() == kind).map(CameraFault::share).toList();
      if (!shares.isEmpty()) {
        out.put(kind.word(), shares);
      }
    }
    spec.soakSeconds()
        .ifPresent(
            seconds -> {
              out.put(PACE, OF_CAMERA);
              out.put(PACE_SECONDS, seconds);
            });
    return out;
  }
}
