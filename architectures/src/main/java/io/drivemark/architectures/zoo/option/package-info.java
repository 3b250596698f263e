/**
 * Options that several networks of the zoo have in common: {@link
 * io.drivemark.architectures.zoo.option.Width}, {@link
 * io.drivemark.architectures.zoo.option.Heads}, {@link io.drivemark.architectures.zoo.option.Up},
 * {@link io.drivemark.architectures.zoo.option.Tail}. An option that one network alone has stands
 * in its class. What an option is, and how given values are checked, is {@link
 * io.drivemark.architectures.zoo.Option} and {@link io.drivemark.architectures.zoo.Options}: they
 * are part of what plug-ins are written against. Knows no encoder, no decoder and no network.
 */
package io.drivemark.architectures.zoo.option;
