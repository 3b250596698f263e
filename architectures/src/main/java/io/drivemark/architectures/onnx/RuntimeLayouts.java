package io.drivemark.architectures.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.drivemark.architectures.graph.op.Opaque;
import io.drivemark.problem.BadInputException;

/** Refuses what a runtime saved for one machine alone. Stateless. */
final class RuntimeLayouts {
  /** Operators of ONNX Runtime on maps in its own layout, whose blocks are the processor's. */
  private static final String DOMAIN = "com.microsoft.nchwc";

  private RuntimeLayouts() {}

  /**
   * Lets other operators pass.
   *
   * @throws BadInputException if the operator, or one in its branches, is of such a layout
   */
  static void refuse(Opaque op, NodeProto node, String source) {
    if (Opaques.opsets(op).stream().anyMatch(o -> o.getDomain().equals(DOMAIN))) {
      throw new BadInputException(
          source
              + ": operator "
              + node.getOpType()
              + " ("
              + node.getName()
              + ") is of "
              + DOMAIN
              + ", the layout that ONNX Runtime chose for the processor of the machine that saved the"
              + " file; on another it gives wrong numbers or crashes: take the model as it was before"
              + " it was optimised, or save it at optimisation level extended or below");
    }
  }
}
