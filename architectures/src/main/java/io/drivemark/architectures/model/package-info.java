/**
 * A network together with what one must know to use it: input normalisation, label space, where it
 * came from. Start with {@link io.drivemark.architectures.model.Model} and {@link
 * io.drivemark.architectures.model.ModelSpec}. Depends on graph, onnx, zoo and checkpoint; knows no
 * engine.
 */
package io.drivemark.architectures.model;
