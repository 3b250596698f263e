/**
 * Between files and pixels: photographs through OpenCV, label PNGs by their stored values, and the
 * way from a photograph to a network's input. Start with {@link
 * io.drivemark.datasets.image.ImageCodec} and {@link io.drivemark.datasets.image.Preprocess}. The
 * only package of this module that may use OpenCV; no native object leaves it.
 */
package io.drivemark.datasets.image;
