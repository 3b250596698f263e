/**
 * Teaching a network from labelled frames: augmentation, class weights, void ignored exactly,
 * optimisers, schedule, evaluation on val, checkpoints that survive a kill. Start with {@link
 * io.drivemark.architectures.training.Trainer} and {@link
 * io.drivemark.architectures.training.TrainingRecipe}. Gradients come from {@link
 * io.drivemark.architectures.engine.pytorch.Learner}; nothing here touches native memory.
 */
package io.drivemark.architectures.training;
