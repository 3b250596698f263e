/**
 * A network together with what one must know to use it: input normalisation, what its outputs mean,
 * where it came from. Start with {@link io.drivemark.architectures.model.Model} and {@link
 * io.drivemark.architectures.model.ModelSpec}. Depends on graph, head, onnx, zoo and checkpoint;
 * knows no engine.
 */
package io.drivemark.architectures.model;
