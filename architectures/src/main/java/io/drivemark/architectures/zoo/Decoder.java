package io.drivemark.architectures.zoo;

import io.drivemark.architectures.graph.NetworkBuilder;
import java.util.List;

/**
 * The half of a segmentation network that turns an encoder's maps into logits. RTSeg calls these
 * meta-architectures (arXiv 1803.02758). Implementations have no state.
 */
interface Decoder {
  /** The option {@code up} of decoders with steps of two. */
  Option UP =
      Option.word(
          "up",
          List.of("transposed", "bilinear"),
          "steps of two: learned transposed convolution, or bilinear and a 3x3 convolution");

  /** The option {@code tail} of decoders that end at 1/8. */
  Option TAIL =
      Option.word(
          "tail",
          List.of("transposed", "bilinear"),
          "last step from 1/8 to full size: transposed convolution, or left to the caller");

  /** All of them, in the order of RTSeg. */
  static List<Decoder> all() {
    return List.of(
        new SkipnetDecoder(), new UnetDecoder(), new DilationDecoder(1), new DilationDecoder(2));
  }

  /** What stands before the dash. */
  String name();

  /** For people. */
  String summary();

  /** What can be chosen besides the encoder's width. */
  List<Option> options();

  /** The stride of the deepest map it wants. */
  int outputStride();

  /** Writes its nodes and gives the name of the logits. */
  String write(
      NetworkBuilder b,
      String image,
      Encoder encoder,
      FeatureMaps maps,
      Options options,
      int classes);
}
