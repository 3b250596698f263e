/**
 * Trains a network on labelled frames: augmentation, class weights, optimisers, schedule,
 * evaluation on val, and checkpoints from which a killed training resumes. Void pixels have no
 * influence. Start with {@link io.drivemark.architectures.training.Trainer} and {@link
 * io.drivemark.architectures.training.TrainingRecipe}. Gradients come from {@link
 * io.drivemark.architectures.engine.pytorch.Learner}; nothing here touches native memory or knows
 * pruning.
 */
package io.drivemark.architectures.training;
