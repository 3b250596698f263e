package io.drivemark.architectures.engine.pytorch;

/** What a script is for. */
enum ScriptMode {
  /** Nothing is dropped, and normalisation is by the running statistics. */
  INFERENCE,
  /** Dropout, and normalisation by the batch, which moves the running statistics. */
  TRAINING,
  /** Dropout, and normalisation by the running statistics, which stay what they are. */
  TRAINING_WITH_FIXED_STATISTICS;

  /** Whether gradients will be taken and units dropped. */
  boolean isTraining() {
    return this != INFERENCE;
  }

  boolean usesBatchStatistics() {
    return this == TRAINING;
  }
}
