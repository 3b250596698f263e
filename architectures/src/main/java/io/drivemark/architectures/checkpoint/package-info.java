/**
 * PyTorch checkpoints: reads state dicts, in the zip and in the legacy format, with a pickle reader
 * that builds tensors and nothing else, and loads them into networks of the zoo. Start with {@link
 * io.drivemark.architectures.checkpoint.StateDict} and {@link
 * io.drivemark.architectures.checkpoint.StateDictImport}. Depends on graph and zoo; runs no code
 * from a file, needs no PyTorch.
 */
package io.drivemark.architectures.checkpoint;
