package io.drivemark.eval.statistics;

/**
 * The ways in use to read a percentile off n sorted samples; they disagree most where it matters,
 * in the tail. Each names who uses it.
 */
public enum PercentileEstimator {
  /** The ⌈n·p⌉-th smallest, an observed value; OpenVINO's and ours. */
  NEAREST_RANK,
  /** The sample at index ⌊n·p⌋, counting from 0; MLPerf LoadGen, ONNX Runtime, DJL. */
  FLOOR_INDEX,
  /** The sample at index ⌊n·p⌋ − 1, counting from 0; PerceptionMetrics. */
  FLOOR_INDEX_MINUS_ONE,
  /** Linear between the two nearest, NumPy's default (type 7). */
  LINEAR,
  /** Position p·(n+1), Commons Math's and JMH's default. */
  COMMONS_MATH_LEGACY
}
