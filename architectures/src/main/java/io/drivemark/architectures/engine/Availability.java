package io.drivemark.architectures.engine;

/** Whether an engine can run on this machine. Immutable. */
public sealed interface Availability {
  /**
   * It can.
   *
   * @param version what the runtime says of itself
   */
  record Ready(String version) implements Availability {}

  /**
   * It cannot.
   *
   * @param reason why, for people
   * @param remedy what to do about it
   */
  record Missing(String reason, String remedy) implements Availability {}
}
