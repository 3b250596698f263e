package io.drivemark.architectures.zoo.decoder;

import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.zoo.Encoder;
import io.drivemark.architectures.zoo.FeatureMaps;
import io.drivemark.architectures.zoo.Option;
import io.drivemark.architectures.zoo.Options;
import java.util.List;

/**
 * The half of a segmentation network that turns an encoder's maps into logits. RTSeg calls these
 * meta-architectures (arXiv 1803.02758). Implementations have no state.
 */
public interface Decoder {
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
