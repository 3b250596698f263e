package io.drivemark.architectures.head;

import io.drivemark.config.ConfigMap;
import java.nio.file.Path;

/**
 * Reads heads of one kind from model files and metadata. Found by name through {@link HeadTypes}
 * (ServiceLoader). Stateless.
 */
public interface HeadType {
  /** The word after {@code kind:} in a model file. */
  String name();

  /**
   * Reads what a model file says of a head.
   *
   * @param keys the head's entry; {@code name}, {@code output} and {@code kind} have been read.
   *     What is wrong is recorded there, and something harmless is returned
   * @param folder that paths in it are relative to
   */
  HeadKind read(ConfigMap keys, Path folder);
}
