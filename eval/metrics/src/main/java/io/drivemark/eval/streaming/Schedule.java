package io.drivemark.eval.streaming;

import io.drivemark.eval.streaming.Feed.Arrival;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which answers one worker gives to the pictures of a sequence, and when. With several cameras it
 * serves them round robin, each time with the newest picture of the next one; all of them take
 * their pictures at the same times, and the answers are those for the first. Immutable.
 *
 * <p>Example: at 10 pictures a second and 150 ms a run, {@link Policy#LATEST} answers pictures 0,
 * 1, 3, 4, 6, 7 at 150, 300, 450, 600, 750, 900 ms.
 *
 * @param answers in the order in which they finish
 */
public record Schedule(List<Answer> answers) {
  /** No answer is there yet. */
  public static final int NONE = -1;

  public Schedule {
    answers = List.copyOf(answers);
    for (int i = 1; i < answers.size(); i++) {
      if (answers.get(i).finish() < answers.get(i - 1).finish()) {
        throw new IllegalArgumentException("schedule: answers are not in the order of finishing");
      }
    }
  }

  /** Who answers pictures: the network itself, or its measured times in its place. */
  @FunctionalInterface
  public interface Worker {
    /**
     * Answers a picture.
     *
     * @param camera whose picture it is, from 0
     * @param picture number of the picture whose content it has
     * @param time when the worker takes it; one that runs in real time waits until then
     * @return when the answer is there, not before that
     */
    long answer(int camera, int picture, long time);
  }

  /**
   * Simulates a sequence from its first picture on.
   *
   * @param runs how long runs take; goes on where the last sequence left it
   * @param cameras at least 1
   */
  public static Schedule of(Feed feed, Policy policy, RunTimes runs, int cameras) {
    return of(
        feed, policy, (camera, picture, time) -> time + runs.next(), runs.meanNanos(), cameras);
  }

  /**
   * Has a sequence answered by a worker, from its first picture on.
   *
   * @param meanNanos what a run is expected to take; only {@link Policy#SHRINKING_TAIL} asks
   * @param cameras at least 1
   */
  public static Schedule of(Feed feed, Policy policy, Worker worker, long meanNanos, int cameras) {
    if (cameras < 1) {
      throw new IllegalArgumentException("schedule: " + cameras + " cameras");
    }
    return new Schedule(
        policy == Policy.QUEUE
            ? inTurn(feed, worker, cameras)
            : newest(feed, policy, worker, meanNanos, cameras));
  }

  private static List<Answer> inTurn(Feed feed, Worker worker, int cameras) {
    List<Answer> out = new ArrayList<>();
    long free = 0;
    for (Arrival arrival : feed.arrivals()) {
      for (int camera = 0; camera < cameras; camera++) {
        long start = Math.max(free, arrival.time());
        free = worker.answer(camera, arrival.picture(), start);
        if (camera == 0) {
          out.add(answer(feed.clock(), arrival, start, free));
        }
      }
    }
    return out;
  }

  private static List<Answer> newest(
      Feed feed, Policy policy, Worker worker, long meanNanos, int cameras) {
    List<Arrival> arrivals = feed.arrivals();
    List<Answer> out = new ArrayList<>();
    int[] taken = new int[cameras];
    Arrays.fill(taken, -1);
    int camera = 0;
    int newest = 0;
    long time = arrivals.isEmpty() ? 0 : arrivals.get(0).time();
    while (newest < arrivals.size()) {
      while (newest + 1 < arrivals.size() && arrivals.get(newest + 1).time() <= time) {
        newest++;
      }
      boolean arrives = arrivals.get(newest).time() == time;
      if (taken[camera] == newest || !arrives && waits(feed.clock(), policy, time, meanNanos)) {
        newest++;
        time = newest < arrivals.size() ? arrivals.get(newest).time() : time;
        continue;
      }
      long finish = worker.answer(camera, arrivals.get(newest).picture(), time);
      if (camera == 0) {
        out.add(answer(feed.clock(), arrivals.get(newest), time, finish));
      }
      taken[camera] = newest;
      camera = (camera + 1) % cameras;
      time = finish;
    }
    return out;
  }

  private static Answer answer(CameraClock clock, Arrival arrival, long start, long finish) {
    return new Answer(arrival.picture(), clock.exposure(arrival.picture()), start, finish);
  }

  /** Whether a worker that is free between two arrivals waits for the next one. */
  private static boolean waits(CameraClock clock, Policy policy, long time, long meanNanos) {
    return switch (policy) {
      case LATEST, QUEUE -> false;
      case WAIT_NEXT -> true;
      case SHRINKING_TAIL ->
          meanNanos > clock.periodNanos()
              && clock.sinceArrival(time) > clock.sinceArrival(time + meanNanos);
    };
  }

  /**
   * The newest answer at a time, as an index; {@link #NONE} if none is there yet. One that finishes
   * at that very time is there.
   */
  public int newestAt(long time) {
    int low = 0;
    int high = answers.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (answers.get(middle).finish() <= time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  /**
   * By how many pictures a queue grows each second: how much faster pictures come than they can be
   * answered; 0 where the worker keeps up.
   *
   * @param meanNanos of a run
   * @param cameras that one worker serves
   */
  public static double queueGrowth(CameraClock clock, long meanNanos, int cameras) {
    return Math.max(0, cameras * clock.cameraRate() - 1e9 / meanNanos);
  }
}
