package io.drivemark.architectures.latency;

import io.drivemark.problem.Progress;
import java.util.Collection;
import java.util.Map;

/** Says how long pieces take; tests bring their own. */
@FunctionalInterface
interface PieceTimer {
  /** Nanoseconds of each piece run alone, with what a call costs by itself. */
  Map<Piece, Double> nanos(Collection<Piece> pieces, Progress progress);
}
