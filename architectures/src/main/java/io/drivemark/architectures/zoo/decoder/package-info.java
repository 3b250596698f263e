/**
 * The decoders of the zoo: an encoder's feature maps to logits. Start with {@link
 * io.drivemark.architectures.zoo.decoder.Decoder}. Knows encoders by their interface alone, and no
 * network.
 */
package io.drivemark.architectures.zoo.decoder;
