/**
 * The {@code pytorch} engine: a network's graph is written as TorchScript text, operator by
 * operator, and PyTorch's interpreter executes it eagerly through DJL. One table of operators
 * serves inference and training. Start with {@link
 * io.drivemark.architectures.engine.pytorch.PytorchEngine} and, for training, {@link
 * io.drivemark.architectures.engine.pytorch.Learner}, which minimises a {@link
 * io.drivemark.architectures.engine.pytorch.Loss}: a weighted sum of {@link
 * io.drivemark.architectures.engine.pytorch.LossTerm}s over named outputs. DJL appears only here,
 * and none of its types leaves this package.
 */
package io.drivemark.architectures.engine.pytorch;
