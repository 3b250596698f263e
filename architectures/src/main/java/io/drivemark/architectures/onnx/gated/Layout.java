package io.drivemark.architectures.onnx.gated;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Optional;

/** How maps and filters lie in memory, so how a narrow convolution gets its filters. */
interface Layout {
  /** Channels that can only be gathered together. */
  int smallest();

  /**
   * Channels that are best gathered together where units are so many, a multiple of the smallest.
   */
  int piece(int unit);

  /** Whether the node is a convolution of one group that filters can be gathered for. */
  boolean convolves(NodeProto node, TensorProto weight);

  /** Whether a node makes each channel from the same channel alone, and zeros from zeros. */
  boolean keepsZeros(NodeProto node, Edited to);

  /** Whether a node brings a map out of this layout into the standard one. */
  boolean isReordering(NodeProto node);

  /**
   * Writes the gathering of a convolution's filters.
   *
   * @param weight name of the stored filters
   * @param out live filters, if some are not made
   * @param in live channels of the map it reads, if that is narrow
   * @return the value of the filters
   */
  String filters(Indices to, NodeProto node, String weight, Optional<Live> out, Optional<Live> in);
}
