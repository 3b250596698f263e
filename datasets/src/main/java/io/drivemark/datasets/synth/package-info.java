/**
 * SynthDrive: driving scenes drawn from a seed, the dataset that is always there. Start with {@link
 * io.drivemark.datasets.synth.SynthDrive} and {@link io.drivemark.datasets.synth.SynthOptions}.
 *
 * <p>The way of a frame: a seed makes a {@code Drive} (its {@code Street} from {@code
 * DriveBuilder}, its {@code Light}, its objects as {@code Item}s); at a time, the items in view
 * describe themselves to a {@code Scene} as planar {@code Surface}s with {@code Material}s; the
 * {@code Renderer} draws them over {@code Ground} and sky; the {@code Developer} makes a photograph
 * of it.
 *
 * <p>Plain Java: no OpenCV, no AWT. Bits must not depend on platform, thread or run, so {@code
 * StrictMath} where a function is not exactly specified, counter-based random numbers, no hash
 * order.
 */
package io.drivemark.datasets.synth;
