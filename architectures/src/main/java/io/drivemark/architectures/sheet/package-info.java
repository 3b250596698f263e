/**
 * Everything that follows from a network's graph, for people: figures at several sizes, foreign
 * operators and what they stop, and an outline of its blocks to draw. Start with {@link
 * io.drivemark.architectures.sheet.NetworkSheet}. Runs nothing and knows no engine.
 */
package io.drivemark.architectures.sheet;
