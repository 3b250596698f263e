/**
 * Weights as people publish them: PyTorch checkpoints in the zip and in the legacy format, with a
 * pickle reader that builds tensors and nothing else, and safetensors files, loaded into networks
 * of the zoo. Start with {@link io.drivemark.architectures.checkpoint.PublishedWeights}. Depends on
 * the graph alone; runs no code from a file, needs no PyTorch.
 */
package io.drivemark.architectures.checkpoint;
