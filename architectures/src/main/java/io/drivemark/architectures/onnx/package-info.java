/**
 * The model file: {@link io.drivemark.architectures.onnx.OnnxWriter} turns a network into standard
 * ONNX at a given input size, {@link io.drivemark.architectures.onnx.OnnxReader} turns an ONNX file
 * into a network. The only package that knows the ONNX protobuf classes; knows no engine.
 */
package io.drivemark.architectures.onnx;
