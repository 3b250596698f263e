/**
 * The encoders of the zoo, one class each: images to feature maps. A new one implements {@link
 * io.drivemark.architectures.zoo.Encoder} and is named in {@code META-INF/services}. Knows no
 * decoder and no network.
 */
package io.drivemark.architectures.zoo.encoder;
