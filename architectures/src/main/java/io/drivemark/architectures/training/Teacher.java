package io.drivemark.architectures.training;

import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.engine.pytorch.Loss;
import io.drivemark.architectures.engine.pytorch.LossInputs;
import io.drivemark.architectures.engine.pytorch.SoftLabels;
import io.drivemark.architectures.engine.pytorch.SoftTargets;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.problem.BadInputException;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * A network whose logits another one learns from: at inference, on the crops the other one is
 * given. Not thread-safe.
 */
final class Teacher implements Lesson {
  private static final String ENGINE = "onnxruntime";

  private final Distillation distillation;
  private final Session session;
  private final Shape logits;
  private final int images;
  private final FloatBuffer input;
  private final FloatBuffer output;
  private final FloatBuffer all;

  /**
   * Opens the network.
   *
   * @param student the other one, of as many outputs
   * @param recipe one that distils
   * @throws BadInputException if it has not as many
   */
  Teacher(Network network, Network student, TrainingRecipe recipe) {
    this.distillation = recipe.distillation().orElseThrow();
    Network first = network.forInference();
    this.logits = outputOf(first, recipe);
    int expected = outputOf(student, recipe).channels();
    if (logits.channels() != expected) {
      throw new BadInputException(
          "distillation: network "
              + network.name()
              + " has "
              + logits.channels()
              + " outputs, the one that learns from it "
              + expected
              + "; a parent and its pruned network have as many");
    }
    this.images = recipe.batch();
    this.session =
        Engines.named(ENGINE)
            .open(
                first,
                recipe.cropHeight(),
                recipe.cropWidth(),
                new EngineOptions(recipe.threads()));
    this.input = Session.buffer(session.inputShape());
    this.output = Session.buffer(session.outputShapes().get(0));
    this.all = FloatBuffer.allocate(Math.multiplyExact(images, output.capacity()));
  }

  private static Shape outputOf(Network network, TrainingRecipe recipe) {
    return network.shapesAt(recipe.cropHeight(), recipe.cropWidth()).get(network.outputs().get(0));
  }

  @Override
  public Loss loss(Loss before) {
    return before.withSoft(
        new SoftTargets(
            distillation.weight(), distillation.temperature(), logits.height(), logits.width()));
  }

  @Override
  public LossInputs inputs(LossInputs before, Batches.Batch batch, int epoch) {
    for (int i = 0; i < images; i++) {
      input.put(0, batch.images(), i * input.capacity(), input.capacity());
      session.run(input, List.of(output));
      all.put(i * output.capacity(), output, 0, output.capacity());
    }
    return before.with(SoftLabels.TARGET, all);
  }

  @Override
  public void close() {
    session.close();
  }
}
