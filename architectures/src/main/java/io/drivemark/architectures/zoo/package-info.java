/**
 * The architectures we can build: functions from options to a {@link
 * io.drivemark.architectures.graph.Network} with random weights. Start with {@link
 * io.drivemark.architectures.zoo.Architectures}. A new architecture implements {@link
 * io.drivemark.architectures.zoo.Architecture}; a new encoder implements {@link
 * io.drivemark.architectures.zoo.Encoder} and gives four architectures at once. Networks take
 * images of any size; each class says how it treats sizes its strides do not divide. Nodes are
 * called as in the published PyTorch code where there is one, so that its state dicts load. Knows
 * no engine and no file format.
 */
package io.drivemark.architectures.zoo;
