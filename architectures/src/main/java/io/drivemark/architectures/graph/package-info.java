/**
 * The network as a value: an immutable, topologically ordered graph of operators with named
 * weights, from which shapes, cost, the ONNX file and the trainable block are derived. Start with
 * {@link io.drivemark.architectures.graph.Network} and {@link
 * io.drivemark.architectures.graph.NetworkBuilder}. Knows no engine and no file format.
 */
package io.drivemark.architectures.graph;
