/**
 * Which network is best where answers come late. Start with {@link
 * io.drivemark.eval.decide.road.RoadLadder}.
 */
package io.drivemark.eval.decide.road;
