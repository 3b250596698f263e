/**
 * OpenCV's DNN module as an engine. Start with {@link
 * io.drivemark.architectures.engine.opencv.OpenCvEngine}. The only package of this module that
 * knows OpenCV; nothing of it crosses the border.
 */
package io.drivemark.architectures.engine.opencv;
