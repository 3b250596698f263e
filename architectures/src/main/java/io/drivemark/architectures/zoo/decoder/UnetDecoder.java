package io.drivemark.architectures.zoo.decoder;

import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.op.Dropout;
import io.drivemark.architectures.zoo.Encoder;
import io.drivemark.architectures.zoo.FeatureMaps;
import io.drivemark.architectures.zoo.Finish;
import io.drivemark.architectures.zoo.Option;
import io.drivemark.architectures.zoo.Options;
import io.drivemark.architectures.zoo.UnetStyle;
import io.drivemark.architectures.zoo.option.Up;
import java.util.List;

/**
 * UNet as RTSeg has it: five steps of two up to full size; where the original joins, this adds the
 * encoder's map. What a step consists of depends on the encoder ({@link UnetStyle}).
 */
public final class UnetDecoder implements Decoder {
  @Override
  public String name() {
    return "unet";
  }

  @Override
  public String summary() {
    return "UNet decoder that adds the encoder's maps (arXiv 1803.02758)";
  }

  @Override
  public List<Option> options() {
    return List.of(Up.OPTION);
  }

  @Override
  public int outputStride() {
    return 32;
  }

  @Override
  public String write(
      NetworkBuilder b,
      String image,
      Encoder encoder,
      FeatureMaps maps,
      Options options,
      int classes) {
    ClassSpace space = new ClassSpace(b, Up.bilinear(options));
    Writer writer = new Writer(b, space, encoder.finish(), image, maps, classes);
    return switch (encoder.unetStyle()) {
      case POINTWISE -> writer.pointwise();
      case PLAIN -> writer.plain();
      case LINK -> writer.link();
    };
  }

  /** One decoder being written. */
  private record Writer(
      NetworkBuilder b,
      ClassSpace space,
      Finish finish,
      String image,
      FeatureMaps maps,
      int classes) {

    String pointwise() {
      String x = maps.deepest();
      int step = 1;
      for (String skip : List.of(maps.sixteenth(), maps.eighth(), maps.quarter(), maps.half())) {
        String name = "step" + step++;
        int width = b.channels(skip);
        x = finish.of(b, name + ".narrow", b.conv(name + ".narrow", x, width, 1));
        x = raised(name, x, width, 4, skip);
        x = b.sum(name + ".sum", x, skip);
        x = finish.of(b, name + ".mix", b.conv(name + ".mix", x, width, 1));
      }
      x = raised("step5", x, b.channels(x), 4, image);
      x = finish.of(b, "step5.mix", b.conv("step5.mix", x, b.channels(maps.stem()), 1));
      x = b.add("step5.dropout", new Dropout(0.5), x);
      return b.conv("score", x, classes, 1).bias().build();
    }

    String plain() {
      String x = maps.deepest();
      int step = 1;
      for (String skip : List.of(maps.sixteenth(), maps.eighth(), maps.quarter(), maps.half())) {
        String name = "step" + step++;
        x = raised(name, x, b.channels(skip), 4, skip);
        x = twice(name, b.sum(name + ".sum", x, skip));
      }
      x = twice("step5", raised("step5", x, b.channels(maps.stem()), 4, image));
      return b.conv("score", x, classes, 1).bias().build();
    }

    private String twice(String name, String x) {
      String y = x;
      for (int i = 1; i <= 2; i++) {
        String conv = name + ".conv" + i;
        y = finish.of(b, conv, b.conv(conv, y, b.channels(y), 3).padding(1));
      }
      return y;
    }

    String link() {
      String x = block("decoder4", maps.deepest(), maps.sixteenth());
      x = block("decoder3", x, maps.eighth());
      x = block("decoder2", x, maps.quarter());
      int width = b.channels(x);
      x = narrow("decoder1", x);
      String same = b.convTranspose("decoder1.up", x, b.channels(x), 3).padding(1).build();
      x = finish.after(b, "decoder1.up", same);
      x = finish.of(b, "decoder1.widen", b.conv("decoder1.widen", x, width, 1));
      x = raised("tail1", x, width / 2, 3, maps.half());
      x = b.add("tail1.relu", finish.activation(), x);
      x = finish.of(b, "tail2", b.conv("tail2", x, width / 2, 3).padding(1));
      return space.doubled("tail3", x, classes, 2, image, true);
    }

    private String block(String name, String x, String skip) {
      String y = narrow(name, x);
      y = raised(name + ".up", y, b.channels(y), 3, skip);
      y = b.add(name + ".up.relu", finish.activation(), y);
      y = finish.of(b, name + ".widen", b.conv(name + ".widen", y, b.channels(skip), 1));
      return b.sum(name + ".sum", y, skip);
    }

    private String narrow(String name, String x) {
      String conv = name + ".narrow";
      return finish.of(b, conv, b.conv(conv, x, b.channels(x) / 4, 1));
    }

    /** Twice the extent, normalised where the encoder does so; no activation. */
    private String raised(String name, String x, int width, int kernel, String like) {
      String up = space.doubled(name + ".raise", x, width, kernel, like, finish.hasBias());
      return finish.normalised(b, name + ".raise", up);
    }
  }
}
