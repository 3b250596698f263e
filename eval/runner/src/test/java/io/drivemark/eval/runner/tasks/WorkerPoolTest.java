package io.drivemark.eval.runner.tasks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkerPoolTest {
  @Test
  void anErrorOfAPieceIsThrownAsItIs() {
    StackOverflowError error = new StackOverflowError();
    List<Callable<Integer>> pieces =
        List.of(
            () -> 1,
            () -> {
              throw error;
            });
    assertSame(
        error,
        assertThrows(
            StackOverflowError.class,
            () -> FrameTasks.run(pieces, "count", "here", Progress.NONE, new ArrayList<>())));
  }

  @Test
  void badInputIsAProblemAndTheOthersHaveResults() {
    List<String> problems = new ArrayList<>();
    List<Callable<Integer>> pieces =
        List.of(
            () -> 1,
            () -> {
              throw new BadInputException("frame 2 is damaged");
            },
            () -> 3);
    assertEquals(List.of(1, 3), FrameTasks.run(pieces, "count", "here", Progress.NONE, problems));
    assertEquals(List.of("frame 2 is damaged"), problems);
  }

  @Test
  void noPieceIsAtWorkAnyMoreWhenOneHasFailed() {
    AtomicInteger atWork = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    List<Callable<Integer>> pieces =
        List.of(
            () -> {
              begun.await();
              throw new IllegalStateException("broke");
            },
            () -> {
              atWork.incrementAndGet();
              begun.countDown();
              long until = System.nanoTime() + 200_000_000;
              while (System.nanoTime() < until) {
                Thread.onSpinWait(); // as decoding, it heeds no interrupt
              }
              return atWork.decrementAndGet();
            });
    try (WorkerPool pool = new WorkerPool("test", 2)) {
      List<java.util.concurrent.Future<Integer>> futures =
          pieces.stream().map(pool::submit).toList();
      assertThrows(IllegalStateException.class, () -> WorkerPool.result(futures.get(0)));
    }
    assertEquals(0, atWork.get());
  }
}
