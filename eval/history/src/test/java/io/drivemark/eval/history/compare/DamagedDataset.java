package io.drivemark.eval.history.compare;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.Frame;
import io.drivemark.datasets.LabelCoding;
import io.drivemark.datasets.LabelFacts;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.Task;
import io.drivemark.problem.BadInputException;
import java.util.List;
import java.util.Set;

/**
 * A dataset of which one frame cannot be read since its digest was taken.
 *
 * @param index of that frame
 */
record DamagedDataset(Dataset origin, int index) implements Dataset {
  @Override
  public String name() {
    return origin.name();
  }

  @Override
  public String split() {
    return origin.split();
  }

  @Override
  public Set<Task> tasks() {
    return origin.tasks();
  }

  @Override
  public LabelSpace labels() {
    return origin.labels();
  }

  @Override
  public List<String> ids() {
    return origin.ids();
  }

  @Override
  public String digest() {
    return origin.digest();
  }

  @Override
  public String description() {
    return origin.description();
  }

  @Override
  public Frame frame(int at) {
    Frame frame = origin.frame(at);
    if (at != index) {
      return frame;
    }
    return Frame.of(
        frame.id(),
        () -> {
          throw new BadInputException(frame.id() + " is damaged");
        });
  }

  @Override
  public LabelCoding coding() {
    return origin.coding();
  }

  @Override
  public LabelFacts facts() {
    return origin.facts();
  }
}
