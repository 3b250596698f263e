/**
 * Between files and pixels: {@link io.drivemark.datasets.image.ImageCodec} reads and writes
 * photographs through OpenCV and label PNGs by their stored values, and {@link
 * io.drivemark.datasets.image.Preprocess} makes a network's input of a photograph. A file that is
 * damaged or of an unexpected kind is refused with its name and the pixel. The only package of this
 * module that may use OpenCV; no native object leaves it.
 */
package io.drivemark.datasets.image;
