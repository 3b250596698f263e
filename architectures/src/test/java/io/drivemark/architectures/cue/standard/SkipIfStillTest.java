package io.drivemark.architectures.cue.standard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.architectures.cue.Cue;
import io.drivemark.architectures.cue.CueContract;
import io.drivemark.architectures.cue.FramePath;
import io.drivemark.architectures.cue.PathFrame;
import io.drivemark.architectures.cue.PlantedData;
import io.drivemark.architectures.cue.PlantedPath;
import io.drivemark.architectures.head.LabelsHead.Form;
import io.drivemark.datasets.RgbImage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SkipIfStillTest extends CueContract {
  private final PlantedPath network =
      PlantedPath.random(
          "model m", PlantedPath.site(PlantedPath.space(3), Form.LOGITS, 2, 3, 8, 80), 1);

  @Override
  protected String entry() {
    return "{change: 0.25}";
  }

  @Override
  protected Cue cue() {
    return new SkipIfStill(0.25);
  }

  @Override
  protected Cue other() {
    return new SkipIfStill(0);
  }

  @Override
  protected Optional<Cue> neutral() {
    return Optional.empty(); // what hardly changes is always kept
  }

  /** Ten blocks of 8x8 pixels, some of them lighter. */
  private static RgbImage picture(int blocks, int lighter) {
    byte[] pixels = new byte[3 * 8 * 80];
    for (int i = 0; i < pixels.length; i++) {
      boolean light = i / 3 % 80 / 8 < blocks;
      pixels[i] = (byte) (100 + (light ? lighter : 0));
    }
    return RgbImage.of(8, 80, pixels);
  }

  private List<Integer> seen(double change, RgbImage... pictures) {
    network.seen().clear();
    FramePath path =
        new SkipIfStill(change).ready(new PlantedData()).around().of(network, name -> null);
    path.begin();
    for (int i = 0; i < pictures.length; i++) {
      path.next(new PathFrame(i, pictures[i]));
    }
    return List.copyOf(network.seen());
  }

  @Test
  void runsWhereMoreThanTheShareChangedByMoreThanTenLevels() {
    RgbImage before = picture(0, 0);
    assertEquals(List.of(0), seen(0.1, before, picture(1, 11)));
    assertEquals(List.of(0, 1), seen(0.1, before, picture(2, 11)));
    assertEquals(List.of(0), seen(0.1, before, picture(10, 10)));
    assertEquals(List.of(0), seen(0.3, before, picture(3, 50)));
    assertEquals(List.of(0, 1), seen(0.3, before, picture(4, 50)));
    assertEquals(List.of(0, 1), seen(0, before, picture(1, 11)));
    assertEquals(List.of(0), seen(0, before, before, before));
  }

  @Test
  void slowChangesAddUpFromTheFrameThatTheNetworkRanOn() {
    RgbImage[] pictures = new RgbImage[8];
    for (int i = 0; i < pictures.length; i++) {
      pictures[i] = picture(10, 4 * i);
    }
    assertEquals(List.of(0, 3, 6), seen(0.1, pictures));
  }
}
