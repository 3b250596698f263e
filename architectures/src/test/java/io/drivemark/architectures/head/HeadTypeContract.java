package io.drivemark.architectures.head;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.HeadSite.Extents;
import io.drivemark.config.ConfigFile;
import io.drivemark.datasets.CameraPair;
import io.drivemark.problem.BadInputException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What every kind of head keeps to; a new one gets these tests by a subclass. The values of its
 * decoder have {@code equals}, or {@link #same} says what equal is.
 */
abstract class HeadTypeContract {
  /** The entry of a model file, in YAML's flow style. */
  abstract String entry();

  /** What that entry says. */
  abstract HeadKind kind();

  /** Where an output of it is decoded. */
  abstract HeadSite site();

  /** Numbers of an output there that can be decoded. */
  abstract float[] output();

  /** Numbers that cannot be, and the message that says so. */
  abstract Refused refused();

  record Refused(float[] output, String message) {}

  /** The cameras of the frames that outputs are decoded for. */
  Optional<CameraPair> cameras() {
    return Optional.empty();
  }

  /** Shapes that an output of it cannot have. */
  abstract List<Shape> misfits();

  boolean same(Object one, Object other) {
    return one.equals(other);
  }

  private HeadKind read(String entry) {
    ConfigFile file = ConfigFile.parse("test", entry);
    HeadKind kind = type().read(file.root(), Path.of(""));
    file.finish();
    return kind;
  }

  private HeadType type() {
    return HeadTypes.named(kind().type()).orElseThrow();
  }

  @Test
  void isFoundByTheNameOfItsKind() {
    assertEquals(kind().type(), type().name());
    assertTrue(HeadTypes.names().contains(type().name()));
  }

  @Test
  void whatAFileSaysIsReadAndWrittenWithoutLoss() {
    assertEquals(kind(), read(entry()));
    assertEquals(kind(), read(HeadText.flow(kind().keys())));
    assertEquals(kind().keys(), read(entry()).keys());
  }

  @Test
  void aMissingKeyIsAProblemAndNoException() {
    BadInputException e = assertThrows(BadInputException.class, () -> read("{}"));
    assertTrue(e.getMessage().startsWith("test: "), e.getMessage());
  }

  @Test
  void shapesThatItCannotHaveAreToldFromThoseItCan() {
    assertEquals(Optional.empty(), kind().misfit(site().output()));
    assertEquals(Optional.empty(), kind().misfit(Shape.unknown()));
    for (Shape shape : misfits()) {
      Optional<String> why = kind().misfit(shape);
      assertTrue(why.isPresent() && why.get().startsWith("is " + shape), shape + ": " + why);
    }
    assertTrue(!misfits().isEmpty(), "no misfit was tried");
  }

  @Test
  void theSameOutputGivesTheSameValueOnAnyNumberOfThreadsAndIsLeftAlone() {
    HeadDecoder<?> decoder = kind().decoder(site());
    FloatBuffer buffer = filled(decoder, output());
    Object value = decoder.decode(buffer, 5, 7, cameras(), 1);
    assertTrue(decoder.decodesTo().isInstance(value), value.getClass().toString());
    for (int threads = 1; threads <= 3; threads++) {
      assertTrue(
          same(value, decoder.decode(buffer, 5, 7, cameras(), threads)), threads + " threads");
    }
    float[] after = new float[output().length];
    buffer.duplicate().clear().get(0, after);
    assertEquals(java.util.Arrays.toString(output()), java.util.Arrays.toString(after));
    assertSame(0, buffer.position());
  }

  @Test
  void numbersThatItCannotHaveAreRefused() {
    HeadDecoder<?> decoder = kind().decoder(site());
    FloatBuffer buffer = filled(decoder, refused().output());
    BadInputException e =
        assertThrows(BadInputException.class, () -> decoder.decode(buffer, 5, 7, cameras(), 1));
    assertEquals(refused().message(), e.getMessage());
    assertNotEquals("", kind().description());
  }

  private static FloatBuffer filled(HeadDecoder<?> decoder, float[] values) {
    assertTrue(decoder.buffer().elements() >= values.length);
    FloatBuffer buffer = Session.buffer(decoder.buffer());
    decoder.prepare(buffer);
    return buffer.put(0, values);
  }

  static HeadSite site(Shape output, int height, int width) {
    Extents whole = new Extents(height, width);
    return new HeadSite("model m, head h", output, whole, whole, Optional.empty());
  }
}
