/**
 * Forms of gated networks that do not compute what a frame leaves out, as ONNX. Start with {@link
 * io.drivemark.architectures.onnx.gated.GatedForms}. Knows no engine: what is made for one is text
 * and tensors here, and the engine runs it.
 */
package io.drivemark.architectures.onnx.gated;
