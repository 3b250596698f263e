package io.drivemark.eval.decide.road;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.runner.record.DatasetFacts;
import io.drivemark.eval.runner.record.EngineFacts;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.eval.runner.record.ModelFacts;
import io.drivemark.eval.runner.record.ProtocolFacts;
import io.drivemark.eval.runner.record.driving.Driving;
import io.drivemark.eval.runner.record.driving.Driving.Deadline;
import io.drivemark.eval.runner.record.driving.Driving.Road;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RoadLadderTest {
  static Road road(double camera, double miou, double tieLow, double tieHigh, double onTime) {
    return new Road(
        camera,
        "latest",
        1,
        miou < 0 ? OptionalDouble.empty() : OptionalDouble.of(miou),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        miou < 0 ? OptionalDouble.empty() : OptionalDouble.of(tieLow),
        miou < 0 ? OptionalDouble.empty() : OptionalDouble.of(tieHigh),
        OptionalDouble.of(onTime),
        10,
        0,
        0,
        Optional.empty(),
        Optional.empty(),
        new Deadline(33, 10, 0, 0, 0.3, 0, 0),
        0,
        Optional.empty(),
        Optional.empty());
  }

  private static Entry entry(Road... roads) {
    return entry("cell", roads);
  }

  static Entry entry(String folder, Road... roads) {
    return new Entry(
            folder,
            new ModelFacts(
                "net",
                "net",
                "dense",
                Optional.empty(),
                Optional.empty(),
                "camvid-11",
                "",
                Map.of(),
                Map.of()),
            true,
            List.of(),
            new EngineFacts("engine", Optional.empty(), 1, "fp32", Optional.empty()),
            new DatasetFacts("data", "val", 1, 1, 1, ""),
            new FrameSize(1, 1),
            new ProtocolFacts("cityscapes", "", "", ""),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            Map.of())
        .withDriving(
            Optional.of(
                new Driving(
                    1, 30, 1, 1, 1, 0, 1, List.of(50.0), 0.2, 6, List.of(), List.of(roads))));
  }

  @Test
  void theMostAccurateOnTimeNeedNotBeBestOnTheRoad() {
    RoadLadder ladder =
        RoadLadder.of(
            List.of(
                entry(road(30, 0.40, 0.39, 0.41, 0.60), road(10, 0.45, 0.45, 0.45, 0.60)),
                entry(road(30, 0.48, 0.47, 0.49, 0.50), road(10, 0.44, 0.44, 0.44, 0.50)),
                entry(road(30, -1, 0, 0, 0.30))));
    assertEquals(2, ladder.rungs().size());
    RoadLadder.Rung at30 = ladder.rungs().get(0);
    assertEquals(List.of(1, 0), at30.order().stream().map(RoadLadder.Place::entry).toList());
    assertEquals(List.of(), at30.ties());
    assertEquals(List.of(2), at30.without().stream().map(RoadLadder.Place::entry).toList());
    assertEquals(Optional.of(0), at30.onTime());
    assertFalse(at30.onTimeIsBest());
    assertTrue(ladder.rungs().get(1).onTimeIsBest());
  }

  @Test
  void rangesThatMeetAreATie() {
    RoadLadder ladder =
        RoadLadder.of(
            List.of(
                entry(road(30, 0.450, 0.44, 0.46, 0.5)),
                entry(road(30, 0.470, 0.46, 0.48, 0.6)),
                entry(road(30, 0.4696, 0.4696, 0.4696, 0.4)),
                entry(road(30, 0.400, 0.39, 0.41, 0.4))));
    RoadLadder.Rung rung = ladder.rungs().get(0);
    assertEquals(List.of(2, 0), rung.ties().stream().map(RoadLadder.Place::entry).toList());
    assertTrue(rung.onTimeIsBest());
  }

  @Test
  void withoutRoadsThereIsNoLadder() {
    assertEquals(List.of(), RoadLadder.of(List.of(entry())).rungs());
  }
}
