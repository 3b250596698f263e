package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.problem.BadInputException;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("text")
class FailureTest {
  static Stream<Arguments> failures() {
    long heap = Runtime.getRuntime().maxMemory() >> 20;
    String more = "; the heap may grow to " + heap + " MB): give more with DRIVEMARK_OPTS=";
    String less = ", or work with smaller sizes, batches or fewer threads";
    return Stream.of(
        Arguments.of(new BadInputException("x.yaml: no such file"), 2, "x.yaml: no such file"),
        Arguments.of(new UnavailableException("no engine"), 3, "no engine"),
        Arguments.of(
            new OutOfMemoryError("Java heap space"),
            3,
            "memory is used up (Java heap space" + more + "-Xmx8g" + less),
        Arguments.of(
            new IllegalStateException("wrapped", new OutOfMemoryError("Java heap space")),
            3,
            "memory is used up (Java heap space" + more + "-Xmx8g" + less),
        Arguments.of(
            new OutOfMemoryError("Direct buffer memory"),
            3,
            "memory is used up (Direct buffer memory" + more + "-XX:MaxDirectMemorySize=8g" + less),
        Arguments.of(
            new OutOfMemoryError("unable to create native thread"),
            3,
            "the system gives no further thread (unable to create native thread): fewer threads, or a"
                + " larger limit (ulimit -u), help"),
        Arguments.of(
            new StackOverflowError(),
            3,
            "the stack of a thread is used up: something is nested too deeply, or holds itself; if"
                + " the input is as it should be, give more with DRIVEMARK_OPTS=-Xss16m"),
        Arguments.of(
            new UnsatisfiedLinkError("libonnxruntime.so: file too short"),
            3,
            "a native library cannot be loaded: libonnxruntime.so: file too short; 'drivemark list"
                + " engines' says which engines run here"),
        Arguments.of(
            new ExceptionInInitializerError(new UnsatisfiedLinkError("no jnijavacpp")),
            3,
            "a native library cannot be loaded: no jnijavacpp; 'drivemark list engines' says which"
                + " engines run here"),
        Arguments.of(
            new NoClassDefFoundError("ai/djl/Model"),
            3,
            "a part of the program cannot be loaded: java.lang.NoClassDefFoundError: ai/djl/Model;"
                + " the distribution's lib folder may be incomplete: install it again"),
        Arguments.of(
            new ExceptionInInitializerError(new IllegalArgumentException("table")),
            3,
            "a part of the program cannot be loaded: java.lang.IllegalArgumentException: table; the"
                + " distribution's lib folder may be incomplete: install it again"),
        Arguments.of(
            new NoSuchFileException("/x"),
            3,
            "reading or writing failed: java.nio.file.NoSuchFileException: /x"),
        Arguments.of(
            new UncheckedIOException("the frames of /data/x", new IOException("disk full")),
            3,
            "reading or writing failed: the frames of /data/x: java.io.IOException: disk full"),
        Arguments.of(
            new UncheckedIOException(new IOException("disk full")),
            3,
            "reading or writing failed: java.io.IOException: disk full"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void hasOneSentenceAndACodeThatIsNotOne(Throwable thrown, int code, String sentence) {
    StringWriter text = new StringWriter();
    int actual =
        Failure.guarded(
            new PrintWriter(text),
            () -> "drivemark run",
            () -> {
              throw FailureTest.<RuntimeException>asIs(thrown);
            });
    assertEquals("drivemark run: " + sentence, text.toString().strip());
    assertEquals(code, actual);
  }

  @Test
  void aFaultOfTheProgramsOwnComesWithItsStack() {
    for (Throwable thrown : new Throwable[] {new AssertionError("x"), new NullPointerException()}) {
      StringWriter text = new StringWriter();
      assertEquals(3, Failure.report(new PrintWriter(text, true), "drivemark run", thrown));
      assertTrue(
          text.toString()
              .startsWith(
                  "drivemark run: this should not happen; please report it with the lines below"
                      + System.lineSeparator()
                      + thrown
                      + System.lineSeparator()
                      + "\tat "),
          text.toString());
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T asIs(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
