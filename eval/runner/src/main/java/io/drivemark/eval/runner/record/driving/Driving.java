package io.drivemark.eval.runner.record.driving;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;

/**
 * What a network's answers are worth where they come late. Joined from counts by delay, which know
 * no latency, and the measured latency. A simulation: no car drove. Immutable.
 *
 * @param version of the rules by which it is joined
 * @param rate pictures a second of the dataset
 * @param between how often truth was asked from one picture to the next
 * @param clips how many sequences were driven through
 * @param warmUp seconds of each of them in which nothing was judged
 * @param captureMs from the exposure of a picture until it is in memory
 * @param served how many cameras the worker serves
 * @param speeds of the car in km/h
 * @param actuation seconds from an answer until the brakes act
 * @param brake deceleration of the braking car, m/s²
 * @param curve what answers of each delay are worth; empty where nothing was judged
 * @param roads what comes of it at each camera rate, policy and speed of the hardware; the first is
 *     what the study asks for first. Empty without a latency
 * @param soak what a run at the camera's pace came to; absent where none was asked for
 */
public record Driving(
    int version,
    double rate,
    int between,
    int clips,
    double warmUp,
    double captureMs,
    int served,
    List<Double> speeds,
    double actuation,
    double brake,
    List<Delay> curve,
    List<Road> roads,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Soak> soak) {

  /** One without a run at the camera's pace. */
  public Driving(
      int version,
      double rate,
      int between,
      int clips,
      double warmUp,
      double captureMs,
      int served,
      List<Double> speeds,
      double actuation,
      double brake,
      List<Delay> curve,
      List<Road> roads) {
    this(
        version,
        rate,
        between,
        clips,
        warmUp,
        captureMs,
        served,
        speeds,
        actuation,
        brake,
        curve,
        roads,
        Optional.empty());
  }

  public Driving {
    speeds = List.copyOf(speeds);
    curve = List.copyOf(curve);
    roads = List.copyOf(roads);
    Objects.requireNonNull(soak, "soak");
  }

  /** The same with these roads. */
  public Driving withRoads(List<Road> others) {
    return new Driving(
        version, rate, between, clips, warmUp, captureMs, served, speeds, actuation, brake, curve,
        others, soak);
  }

  /**
   * What answers of one delay are worth: the truth of each picture against the answer to the
   * picture so many before. All delays are of the same truths.
   *
   * @param pictures the delay
   * @param ms the same as a time
   * @param miou mean IoU; absent where it is undefined or not counted for all truths
   * @param perfect that of a network that is always right
   * @param danger what such answers mean for people and for the way ahead; absent in cells of older
   *     programs, and where not counted for all truths
   * @param perfectDanger the same of a network that is always right
   */
  public record Delay(
      int pictures,
      double ms,
      OptionalDouble miou,
      OptionalDouble perfect,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Danger> danger,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Danger> perfectDanger) {
    public Delay {
      Objects.requireNonNull(danger, "danger");
      Objects.requireNonNull(perfectDanger, "perfectDanger");
    }

    /** One of which only the mean IoU is known. */
    public Delay(int pictures, double ms, OptionalDouble miou, OptionalDouble perfect) {
      this(pictures, ms, miou, perfect, Optional.empty(), Optional.empty());
    }
  }

  /**
   * What comes of it at one camera rate.
   *
   * @param camera pictures a second
   * @param policy when a free worker begins with which picture
   * @param hardware by how much measured latencies were multiplied
   * @param miou streaming mean IoU: each truth against the newest answer that was there; absent
   *     where it is undefined, which {@code reason} says
   * @param low lower end of its 95 % interval over clusters of frames; absent where it has none
   * @param high upper end
   * @param tieLow the least that it is with latencies off by half the A-A band to either side;
   *     networks whose ranges meet are a tie
   * @param tieHigh the most
   * @param onTime mean IoU of the same truths against their own predictions
   * @param queries how often the truth was asked
   * @param unanswered how often before the first answer
   * @param tooOld how often the answer was later than was counted
   * @param reason why there is no streaming mean IoU
   * @param age how old answers are; absent where there are no two
   * @param deadline how runs keep the deadline
   * @param queueGrowth by how many pictures a second a queue grows; 0 where the worker keeps up
   * @param people when people and others who are hurt first are answered for the first time; absent
   *     where none appears
   * @param others the same of other objects
   * @param differences from the network that answers best there, and from the parent; empty where
   *     latencies are multiplied by other than the study's first factor
   * @param faults what is left where the camera fails on some pictures; empty likewise
   */
  public record Road(
      double camera,
      String policy,
      double hardware,
      OptionalDouble miou,
      OptionalDouble low,
      OptionalDouble high,
      OptionalDouble tieLow,
      OptionalDouble tieHigh,
      OptionalDouble onTime,
      long queries,
      long unanswered,
      long tooOld,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> reason,
      Optional<Age> age,
      Deadline deadline,
      double queueGrowth,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Sight> people,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Sight> others,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<RoadDifference> differences,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<RoadFault> faults) {

    /** One that is held against no other, by a camera that never fails. */
    public Road(
        double camera,
        String policy,
        double hardware,
        OptionalDouble miou,
        OptionalDouble low,
        OptionalDouble high,
        OptionalDouble tieLow,
        OptionalDouble tieHigh,
        OptionalDouble onTime,
        long queries,
        long unanswered,
        long tooOld,
        Optional<String> reason,
        Optional<Age> age,
        Deadline deadline,
        double queueGrowth,
        Optional<Sight> people,
        Optional<Sight> others) {
      this(
          camera,
          policy,
          hardware,
          miou,
          low,
          high,
          tieLow,
          tieHigh,
          onTime,
          queries,
          unanswered,
          tooOld,
          reason,
          age,
          deadline,
          queueGrowth,
          people,
          others,
          List.of(),
          List.of());
    }

    public Road {
      Objects.requireNonNull(policy, "policy");
      Objects.requireNonNull(reason, "reason");
      Objects.requireNonNull(age, "age");
      Objects.requireNonNull(deadline, "deadline");
      Objects.requireNonNull(people, "people");
      Objects.requireNonNull(others, "others");
      differences = List.copyOf(differences);
      faults = List.copyOf(faults);
    }

    /** The same with these differences from other networks. */
    public Road withDifferences(List<RoadDifference> found) {
      return with(reason, found, faults);
    }

    /** The same with the words of all its reasons changed. */
    public Road withReasons(UnaryOperator<String> words) {
      return with(
          reason.map(words),
          differences,
          faults.stream().map(f -> f.withReason(f.reason().map(words))).toList());
    }

    private Road with(Optional<String> why, List<RoadDifference> found, List<RoadFault> failing) {
      return new Road(
          camera,
          policy,
          hardware,
          miou,
          low,
          high,
          tieLow,
          tieHigh,
          onTime,
          queries,
          unanswered,
          tooOld,
          why,
          age,
          deadline,
          queueGrowth,
          people,
          others,
          found,
          failing);
    }

    /** How much of the mean IoU is lost because answers are late. */
    public OptionalDouble cost() {
      return miou.isPresent() && onTime.isPresent()
          ? OptionalDouble.of(onTime.getAsDouble() - miou.getAsDouble())
          : OptionalDouble.empty();
    }
  }

  /**
   * How old the newest answer is, milliseconds.
   *
   * @param answers how many there were
   * @param seenMs the mean at the times when the truth was asked; absent where it never was
   * @param meanMs the mean over time
   * @param peakP50Ms the median of the peaks: the age right before the next answer
   * @param peakP99Ms their 99th percentile by nearest rank; absent under 100 peaks
   * @param peakMaxMs the largest: the longest blindness
   */
  public record Age(
      int answers,
      OptionalDouble seenMs,
      double meanMs,
      double peakP50Ms,
      OptionalDouble peakP99Ms,
      double peakMaxMs) {}

  /**
   * How runs keep a deadline.
   *
   * @param ms the deadline
   * @param runs timed runs
   * @param misses how many took longer
   * @param low lower end of the exact 95 % interval of their share
   * @param high upper end
   * @param longest the most misses in a row
   * @param densest the most misses in 10 runs in a row
   */
  public record Deadline(
      double ms, long runs, long misses, double low, double high, int longest, int densest) {
    /** The share of misses. */
    public double share() {
      return (double) misses / runs;
    }
  }

  /**
   * When objects that appear are answered for the first time, over all repetitions.
   *
   * @param objects that appeared
   * @param found answered while they were there
   * @param within how many were answered in a time, of those that were there so long
   * @param medianMs until an answer, of the found
   * @param medianMetres how far off they were then; absent where distances are not known
   */
  public record Sight(
      long objects,
      long found,
      List<Within> within,
      OptionalDouble medianMs,
      OptionalDouble medianMetres) {
    public Sight {
      within = List.copyOf(within);
    }
  }

  /**
   * How many objects were answered within a time.
   *
   * @param ms the time
   * @param found of them
   * @param objects that were there so long, or found before
   */
  public record Within(double ms, long found, long objects) {}

  /** What the study asks for first; empty without a latency. */
  public Optional<Road> first() {
    return roads.stream().findFirst();
  }

  /** The highest of the speeds, km/h. */
  public double fastest() {
    return speeds.stream().mapToDouble(s -> s).max().orElse(0);
  }

  /** Metres driven at the highest speed during the longest blindness of a road. */
  public OptionalDouble blindMetres(Road road) {
    return road.age().isPresent()
        ? OptionalDouble.of(fastest() / 3.6 * road.age().get().peakMaxMs() / 1000)
        : OptionalDouble.empty();
  }
}
