package io.drivemark.eval.runner.derive.driving;

import io.drivemark.datasets.Frame;
import io.drivemark.eval.latency.LatencySamples;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.runner.evidence.driving.Clip;
import io.drivemark.eval.runner.evidence.driving.ClipSheet;
import io.drivemark.eval.runner.evidence.driving.DelayEvidence;
import io.drivemark.eval.runner.study.driving.DrivingSpec;
import io.drivemark.eval.streaming.CameraClock;
import io.drivemark.eval.streaming.CameraFault;
import io.drivemark.eval.streaming.Feed;
import io.drivemark.eval.streaming.Policy;
import io.drivemark.eval.streaming.RunTimes;
import io.drivemark.eval.streaming.Schedule;
import io.drivemark.eval.streaming.StreamingCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * Drives one network through the clips by its measured latencies. A repetition goes through all
 * clips, runs going on from clip to clip; each begins at another timed run. For one thread.
 */
final class Simulation {
  /** How often the clips are driven through, from different timed runs on. */
  static final int REPETITIONS = 8;

  private static final double MS = 1e6;

  private final DelayEvidence evidence;
  private final LatencySamples samples;
  private final DrivingSpec spec;

  Simulation(DelayEvidence evidence, LatencySamples samples, DrivingSpec spec) {
    this.evidence = evidence;
    this.samples = samples;
    this.spec = spec;
  }

  /**
   * What was answered.
   *
   * @param clips for each clip one schedule a repetition
   * @param meanNanos of a run
   * @param pictures that the camera took, over all repetitions
   * @param failed how many of them failed
   */
  record Answered(
      CameraClock clock, List<List<Schedule>> clips, long meanNanos, long pictures, long failed) {}

  /**
   * What it is worth. Lists have an item for each judged picture, in order.
   *
   * @param pictures which they are: the clip's place and the picture's number
   * @param onTime counts against their own predictions; only of those that have some
   * @param attributes by which they hang together
   */
  record Worth(
      List<String> pictures,
      List<ConfusionMatrix> late,
      List<ConfusionMatrix> onTime,
      List<Map<String, String>> attributes,
      long queries,
      long unanswered,
      long tooOld,
      double ageNanos) {

    /** Whether every judged picture has counts against its own prediction. */
    boolean allOnTime() {
      return onTime.size() == late.size();
    }
  }

  /**
   * Simulates.
   *
   * @param camera pictures a second
   * @param hardware by how much latencies are multiplied
   * @param fault of the camera; empty = none
   */
  Answered drive(double camera, Policy policy, double hardware, Optional<CameraFault> fault) {
    ClipSheet sheet = evidence.sheet();
    CameraClock clock = CameraClock.of(sheet.rate(), camera, Math.round(spec.captureMs() * MS));
    List<List<Schedule>> clips = new ArrayList<>();
    sheet.clips().forEach(clip -> clips.add(new ArrayList<>()));
    long mean = 0;
    long pictures = 0;
    long failed = 0;
    for (int k = 0; k < REPETITIONS; k++) {
      RunTimes runs = RunTimes.of(samples, hardware, k, REPETITIONS);
      mean = runs.meanNanos();
      for (int c = 0; c < clips.size(); c++) {
        Clip clip = sheet.clips().get(c);
        int repetition = k;
        IntUnaryOperator shown =
            fault.map(f -> f.shown(clock, clip.name(), repetition)).orElse(i -> i);
        for (int i = 0; i < clip.samples().size(); i += clock.every()) {
          pictures++;
          failed += shown.applyAsInt(i) == i ? 0 : 1;
        }
        Feed feed = Feed.of(clock, clip.samples().size(), shown);
        clips.get(c).add(Schedule.of(feed, policy, runs, spec.served()));
      }
    }
    return new Answered(clock, clips, mean, pictures, failed);
  }

  /** Asks the truth. */
  Worth worth(Answered drive) {
    List<String> pictures = new ArrayList<>();
    List<ConfusionMatrix> late = new ArrayList<>();
    List<ConfusionMatrix> onTime = new ArrayList<>();
    List<Map<String, String>> attributes = new ArrayList<>();
    long queries = 0;
    long unanswered = 0;
    long tooOld = 0;
    double ages = 0;
    long warmUp = Math.round(spec.warmUp() * 1e9);
    for (int c = 0; c < drive.clips().size(); c++) {
      Clip clip = evidence.sheet().clips().get(c);
      StreamingCounts counts =
          StreamingCounts.of(
              evidence.network().get(c), drive.clock(), drive.clips().get(c), warmUp);
      for (StreamingCounts.Judged judged : counts.judged()) {
        pictures.add(c + "/" + judged.picture());
        late.add(judged.late());
        judged.onTime().ifPresent(onTime::add);
        attributes.add(Map.of(Frame.SEQUENCE, clip.name()));
      }
      queries += counts.queries();
      unanswered += counts.unanswered();
      tooOld += counts.tooOld();
      ages += counts.ageNanos();
    }
    return new Worth(pictures, late, onTime, attributes, queries, unanswered, tooOld, ages);
  }
}
