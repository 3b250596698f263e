package io.drivemark.architectures.sheet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.sheet.Outline.Block;
import io.drivemark.architectures.sheet.Outline.Kind;
import io.drivemark.architectures.sheet.Outline.Link;
import io.drivemark.architectures.zoo.Architectures;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutlineTest {
  @Test
  void enetIsItsStagesWithRepeatedBottlenecksCounted() {
    Outline outline = of("enet");
    assertEquals(
        List.of(
            "image",
            "initial",
            "stage1.0",
            "stage1.1–4",
            "stage2.0",
            "stage2.1–8",
            "stage3.1–8",
            "stage4.0",
            "stage4.1–2",
            "stage5.0",
            "stage5.1",
            "head",
            "logits"),
        outline.blocks().stream().map(Block::name).toList());
    Block dilated = named(outline, "stage2.1–8");
    assertEquals(8, dilated.repeats());
    assertEquals(Shape.of(1, 128, 45, 60), dilated.shape());
  }

  @Test
  void unpoolingReadsTheStageThatPooled() {
    Outline outline = of("enet");
    int pooled = index(outline, "stage2.0");
    int unpooled = index(outline, "stage4.0");
    assertTrue(outline.links().contains(new Link(pooled, unpooled)), outline.links().toString());
  }

  @Test
  void unetJoinsEachLevelWithItsCounterpart() {
    Outline outline = of("unet");
    for (int level = 1; level <= 4; level++) {
      Link skip = new Link(index(outline, "down" + level), index(outline, "up" + level));
      assertTrue(outline.links().contains(skip), "level " + level + ": " + outline.links());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bisenetv2",
        "cgnet",
        "dabnet",
        "ddrnet-23-slim",
        "deeplabv3plus-mobilenetv2",
        "edanet",
        "enet",
        "erfnet",
        "espnet",
        "espnetv2",
        "fast-scnn",
        "linknet",
        "pidnet-s",
        "segnet",
        "skipnet-mobilenet",
        "unet-shufflenet",
        "dilation2-xception"
      })
  void nothingIsLostAndFewBlocksAreLeft(String architecture) {
    Network network = Architectures.build(architecture, Map.of(), 11, 1);
    Outline outline = Outline.of(network, 360, 480);
    Cost cost = Cost.ofAllOutputs(network, 360, 480);
    List<Block> blocks = outline.blocks();
    assertEquals(cost.parameters(), blocks.stream().mapToLong(Block::parameters).sum());
    assertEquals(cost.macs(), blocks.stream().mapToLong(Block::macs).sum());
    assertTrue(blocks.size() >= 6 && blocks.size() <= 40, blocks.size() + " blocks");
    assertEquals(Kind.IMAGE, blocks.get(0).kind());
    assertEquals(1, blocks.stream().filter(b -> b.kind() == Kind.IMAGE).count());
    for (int i = 1; i < blocks.size(); i++) {
      int block = i;
      assertTrue(
          outline.links().stream().anyMatch(l -> l.to() == block),
          blocks.get(i).name() + " reads nothing");
    }
  }

  private static Outline of(String architecture) {
    return Outline.of(Architectures.build(architecture, Map.of(), 11, 1), 360, 480);
  }

  private static Block named(Outline outline, String name) {
    return outline.blocks().get(index(outline, name));
  }

  private static int index(Outline outline, String name) {
    return outline.blocks().stream().map(Block::name).toList().indexOf(name);
  }
}
