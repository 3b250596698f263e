package io.drivemark.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.eval.runner.accuracy.FrameRange;
import io.drivemark.eval.runner.shard.lease.WorkUnit;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What goes over the wire comes back as it was. */
class DeliveryTest {
  @Test
  void aShardComesBack() {
    byte[] shard = {1, 0, -1, 7};
    Delivery read = Delivery.read(Delivery.found("host-executor-3-77", shard).bytes());
    assertEquals("host-executor-3-77", read.worker());
    assertArrayEquals(shard, read.shard().orElseThrow());
    assertEquals(Optional.empty(), read.failure());
  }

  @Test
  void aFailureComesBackHoweverLong() {
    String why = "frame ä: ".repeat(20_000);
    Delivery read = Delivery.read(Delivery.failed("w", why).bytes());
    assertEquals(Optional.of(why), read.failure());
    assertEquals(Optional.empty(), read.shard());
  }

  @Test
  void bytesOfSomethingElseAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Delivery.read(new byte[] {0, 9, 1}));
  }

  @Test
  void aRangeComesBackFromItsText() {
    WorkUnit unit =
        new WorkUnit("enet_camvid-val_onnxruntime_360x480-0c1d2e3f", new FrameRange(3, 8));
    assertEquals("3 8 enet_camvid-val_onnxruntime_360x480-0c1d2e3f", Parcel.text(unit));
    assertEquals(unit, Parcel.unit(Parcel.text(unit)));
    assertThrows(IllegalArgumentException.class, () -> Parcel.unit("3 8"));
    assertThrows(IllegalArgumentException.class, () -> Parcel.unit("a b c"));
  }
}
