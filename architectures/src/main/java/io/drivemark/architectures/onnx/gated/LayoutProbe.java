package io.drivemark.architectures.onnx.gated;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.drivemark.architectures.onnx.OnnxWriter;

/** A model of the one operator that brings a map into ONNX Runtime's own layout. Stateless. */
final class LayoutProbe {
  private static final int IR_VERSION = 8;

  private LayoutProbe() {}

  static byte[] model(int channels, int width) {
    GraphProto graph =
        GraphProto.newBuilder()
            .setName("layout")
            .addNode(
                NodeProto.newBuilder()
                    .setDomain(Blocks.DOMAIN)
                    .setOpType("ReorderInput")
                    .setName("reorder")
                    .addInput("map")
                    .addOutput("blocks"))
            .addInput(map("map", channels, width))
            .addOutput(map("blocks", channels, width))
            .build();
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OnnxWriter.OPSET))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(Blocks.DOMAIN).setVersion(1))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static ValueInfoProto map(String name, int channels, int width) {
    TypeProto.Tensor.Builder type =
        TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT_VALUE);
    for (int extent : new int[] {1, channels, 1, width}) {
      type.getShapeBuilder().addDimBuilder().setDimValue(extent);
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }
}
