package io.drivemark.eval.runner.accuracy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class GalleryTest {
  @Test
  void upToFourFramesEvenlySpreadAreShown() {
    assertEquals(List.of(0), List.copyOf(Gallery.choose(1)));
    assertEquals(List.of(0, 1, 2), List.copyOf(Gallery.choose(3)));
    assertEquals(List.of(1, 3, 6, 8), List.copyOf(Gallery.choose(10)));
    assertEquals(List.of(12, 37, 63, 88), List.copyOf(Gallery.choose(101)));
  }
}
