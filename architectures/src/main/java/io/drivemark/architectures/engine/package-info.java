/**
 * Running a network: an {@link io.drivemark.architectures.engine.Engine} opens a network at a fixed
 * input size into a {@link io.drivemark.architectures.engine.Session}. Start with {@link
 * io.drivemark.architectures.engine.Engines}. Natives stay inside the engine's own package; across
 * the border go direct buffers that the caller owns.
 */
package io.drivemark.architectures.engine;
