package io.drivemark.architectures.zoo;

import java.util.List;

/**
 * Architectures that come about by rule instead of one class each, for example every {@link
 * Encoder} with each decoder. Found through ServiceLoader. Implementations have no state and are
 * safe to share between threads.
 */
public interface ArchitectureSource {
  /** All of them; their names differ from each other and from all others'. */
  List<Architecture> architectures();
}
