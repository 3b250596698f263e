/**
 * The architectures we can build: functions from options to a {@link
 * io.drivemark.architectures.graph.Network} with random weights. Users start with {@link
 * io.drivemark.architectures.zoo.Architectures}; plug-ins are written against this package alone. A
 * new architecture implements {@link io.drivemark.architectures.zoo.Architecture}; a new encoder
 * implements {@link io.drivemark.architectures.zoo.Encoder} and gives four architectures at once.
 * Networks take images of any size; each class says how it treats sizes its strides do not divide.
 * Nodes are called as in the published PyTorch code where there is one, so that its state dicts
 * load. The networks themselves lie in {@code zoo.network}, made of {@code zoo.encoder}, {@code
 * zoo.decoder} and {@code zoo.option}; this package knows none of them. Knows no engine and no file
 * format.
 */
package io.drivemark.architectures.zoo;
