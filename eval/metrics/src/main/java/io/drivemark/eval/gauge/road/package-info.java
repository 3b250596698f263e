/**
 * Gauges in metres of road, each on request: who is found how far away, where the drivable ground
 * ends, which obstacles are there and which are not, stixels. They need the camera of each frame,
 * or its distances, and refuse a dataset without.
 */
package io.drivemark.eval.gauge.road;
