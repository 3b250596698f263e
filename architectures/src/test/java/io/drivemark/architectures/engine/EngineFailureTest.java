package io.drivemark.architectures.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineFailureTest {
  private static final Shape INPUT = Shape.of(1, 3, 48, 64);

  private static EngineFailure failure(Throwable thrown) {
    return assertThrows(
        EngineFailure.class,
        () -> EngineFailure.running("fast", "net", INPUT, () -> sneak(thrown)));
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> Void sneak(Throwable thrown) throws E {
    throw (E) thrown;
  }

  @Test
  void whateverARuntimeThrowsIsAFailureOfTheOneNetwork() {
    for (Throwable thrown :
        List.of(
            new IllegalStateException("no"),
            new IOException("no"),
            new NullPointerException("no"),
            new UnsatisfiedLinkError("no"))) {
      EngineFailure e = failure(thrown);
      assertEquals(
          "engine fast failed while it ran network net at 48x64: no; try another engine, or a smaller"
              + " size if memory is short",
          e.getMessage());
      assertSame(thrown, e.getCause());
    }
    assertEquals(
        "engine fast failed while it opened network net at 4x5: out of memory (Cannot reserve 8 bytes"
            + " of direct buffer memory); try another engine, or a smaller size if memory is short",
        assertThrows(
                EngineFailure.class,
                () ->
                    EngineFailure.opening(
                        "fast",
                        "net",
                        4,
                        5,
                        () -> {
                          throw new OutOfMemoryError(
                              "Cannot reserve 8 bytes of direct buffer memory");
                        }))
            .getMessage());
  }

  @Test
  void whatIsSaidAlreadyStaysAsItIsAndOtherErrorsGoThrough() {
    for (Throwable thrown :
        List.of(
            new BadInputException("said"),
            new UnavailableException("said"),
            new StackOverflowError(),
            new AssertionError("a bug"))) {
      assertSame(
          thrown,
          assertThrows(
              Throwable.class,
              () -> EngineFailure.running("fast", "net", INPUT, () -> sneak(thrown))));
    }
  }

  @Test
  void anInterruptIsKept() {
    failure(new InterruptedException("stop"));
    assertTrue(Thread.interrupted());
  }

  @Test
  void aPlaceIsPutBeforeTheMessage() {
    EngineFailure e = failure(new IllegalStateException("no")).at("frame f7");
    assertEquals(
        "frame f7: engine fast failed while it ran network net at 48x64: no; try another engine, or a"
            + " smaller size if memory is short",
        e.getMessage());
  }

  @Test
  void aReasonIsOneLineThatNamesTheError() {
    assertEquals("IllegalStateException", EngineFailure.reason(new IllegalStateException()));
    assertEquals(
        "RuntimeError: index out of range",
        EngineFailure.reason(
            new IllegalStateException(
                "The following failed.\nTraceback:\n  here\nRuntimeError: index out of range\n")));
    assertEquals(
        "(-215:Assertion failed) a > b in function 'f'",
        EngineFailure.reason(
            new IllegalStateException(
                "cv::Exception: OpenCV(4.13.0) /home/x/y.cpp:7: error: (-215:Assertion failed)\n> a >"
                    + " b in function\n> 'f'\n")));
    assertEquals(402, EngineFailure.reason(new IllegalStateException("x".repeat(900))).length());
  }
}
