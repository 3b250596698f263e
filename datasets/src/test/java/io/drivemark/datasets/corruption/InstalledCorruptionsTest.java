package io.drivemark.datasets.corruption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.RgbImage;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.UnavailableException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class InstalledCorruptionsTest {
  private static final Corruptions INSTALLED = Corruptions.installed();

  private static final class Named extends InvertForTest {
    private final String name;
    private final int derivation;

    Named(String name, int derivation) {
      this.name = name;
      this.derivation = derivation;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public int derivation() {
      return derivation;
    }
  }

  /** A plug-in as a user would write one. */
  private static class InvertForTest implements Corruption {
    @Override
    public String name() {
      return "negative";
    }

    @Override
    public String summary() {
      return "towards the negative";
    }

    @Override
    public List<String> settings() {
      return List.of("20 %", "40 %", "60 %", "80 %", "100 %");
    }

    @Override
    public int derivation() {
      return 1;
    }

    @Override
    public RgbImage apply(
        RgbImage image, int severity, Draws draws, Optional<Distances> distances) {
      byte[] to = image.pixels().clone();
      for (int i = 0; i < to.length; i++) {
        int value = to[i] & 0xFF;
        to[i] = (byte) ((value * (5 - severity) + (255 - value) * severity) / 5);
      }
      return RgbImage.of(image.height(), image.width(), to);
    }
  }

  @Nested
  class AUsersOwn extends CorruptionContract {
    @Override
    protected Corruption corruption() {
      return new InvertForTest();
    }
  }

  @Test
  void theProjectsTwelveAreInstalledInTheirOrder() {
    assertEquals(
        List.of(
            "gaussian-noise",
            "shot-noise",
            "impulse-noise",
            "defocus-blur",
            "motion-blur",
            "brightness",
            "contrast",
            "dark",
            "jpeg",
            "quantise",
            "fog",
            "lens-dirt"),
        INSTALLED.names());
  }

  @Test
  void anUnknownNameIsToldWithTheNearest() {
    BadInputException e =
        assertThrows(BadInputException.class, () -> INSTALLED.level("gausian-noise", 1));
    assertEquals(
        "no corruption is called 'gausian-noise' (did you mean 'gaussian-noise'?); known: "
            + String.join(", ", INSTALLED.names()),
        e.getMessage());
  }

  @Test
  void thereAreFiveSeverities() {
    for (int severity : new int[] {0, 6, -1}) {
      BadInputException e =
          assertThrows(BadInputException.class, () -> INSTALLED.level("dark", severity));
      assertEquals(
          "corruption dark: severity is " + severity + ", expected 1 to 5", e.getMessage());
    }
  }

  @Test
  void twoOfOneNameAreRefused() {
    UnavailableException e =
        assertThrows(
            UnavailableException.class,
            () -> Corruptions.of(List.of(new InvertForTest(), new Named("negative", 1))));
    assertEquals(
        "corruption name 'negative' is of "
            + InvertForTest.class.getName()
            + " and of "
            + Named.class.getName()
            + "; rename one, or remove one from the class path",
        e.getMessage());
  }

  @Test
  void oneThatDescribesItselfBadlyIsRefused() {
    for (Corruption bad : List.of(new Named("No Name", 1), new Named("fine", 0))) {
      UnavailableException e =
          assertThrows(UnavailableException.class, () -> Corruptions.of(List.of(bad)));
      assertTrue(e.getMessage().startsWith("corruption " + Named.class.getName() + ": its name '"));
    }
  }

  @Test
  void jpegNamesTheLibraryThatItsBytesDependOn() {
    String identity = INSTALLED.level("jpeg", 2).identity();
    assertTrue(identity.matches("jpeg/2 derivation 1 OpenCV \\d+\\.\\d+\\.\\d+.*"), identity);
    assertEquals("dark/4 derivation 1", INSTALLED.level("dark", 4).identity());
  }
}
