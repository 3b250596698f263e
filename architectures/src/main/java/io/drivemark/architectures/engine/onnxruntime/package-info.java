/**
 * The default engine for speed: ONNX Runtime on the CPU. Start with {@link
 * io.drivemark.architectures.engine.onnxruntime.OnnxRuntimeEngine}. The only package that knows
 * ONNX Runtime; nothing of it crosses the border.
 */
package io.drivemark.architectures.engine.onnxruntime;
