/**
 * Whole networks, one class each, and the compositions of encoders with decoders ({@link
 * io.drivemark.architectures.zoo.network.EncoderDecoder}). Each class says which paper it follows
 * and how it treats sizes its strides do not divide. Nothing but {@code META-INF/services} names
 * these classes: they are found through {@link io.drivemark.architectures.zoo.Architectures}.
 */
package io.drivemark.architectures.zoo.network;
