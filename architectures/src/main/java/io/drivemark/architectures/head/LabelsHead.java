package io.drivemark.architectures.head;

import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.config.ConfigMap;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.Task;
import io.drivemark.datasets.catalog.LabelSpaces;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The class of each pixel: scores [1, K, h, w], or labels [1, h, w]. Decoded to a {@link
 * io.drivemark.datasets.LabelMap} of the dataset's classes.
 *
 * @param space what the channels mean: the classes themselves; outputs beyond them are void
 * @param form what the numbers are
 */
public record LabelsHead(LabelSpace space, Form form) implements HeadKind {
  /** The word of model files. */
  public static final String TYPE = "labels";

  private static final LabelSpace UNKNOWN =
      new LabelSpace("", List.of(new LabelClass("", 0, "", false, false)));
  private static final int RANK = 4;

  /** What the numbers of the output are. */
  public enum Form {
    LOGITS,
    PROBABILITIES,
    LABELS;

    /** The words of model files. */
    public static final List<String> KEYS = Arrays.stream(values()).map(Form::key).toList();

    /** The word of model files. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The form of this word, one of {@link #KEYS}. */
    public static Form of(String key) {
      return valueOf(key.toUpperCase(Locale.ROOT));
    }
  }

  /** Reads them: {@code {labels: camvid-11, form: logits}}. */
  public static final class Type implements HeadType {
    @Override
    public String name() {
      return TYPE;
    }

    @Override
    public HeadKind read(ConfigMap keys, Path folder) {
      LabelSpace space = UNKNOWN;
      String wanted = keys.string("labels");
      if (!wanted.isEmpty()) {
        try {
          space = LabelSpaces.named(wanted, folder);
        } catch (BadInputException e) {
          keys.problem("labels", e.getMessage());
        }
      }
      return new LabelsHead(space, Form.of(keys.choice("form", Form.LOGITS.key(), Form.KEYS)));
    }
  }

  public LabelsHead {
    Objects.requireNonNull(space, "space");
    Objects.requireNonNull(form, "form");
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String description() {
    return "labels of " + space.name() + ", " + form.key();
  }

  @Override
  public Map<String, Object> keys() {
    return Map.of("form", form.key(), "labels", space.name());
  }

  @Override
  public Optional<String> misfit(Shape shape) {
    boolean labels = form == Form.LABELS;
    boolean fits = !shape.hasRank() || shape.rank() == RANK || labels && shape.rank() == RANK - 1;
    return fits
        ? Optional.empty()
        : Optional.of(
            "is "
                + shape
                + ", expected "
                + (labels ? "labels [1, height, width]" : "scores [1, classes, height, width]"));
  }

  @Override
  public Optional<Task> task() {
    return Optional.of(Task.SEGMENTATION);
  }

  @Override
  public LabelsDecoder decoder(HeadSite site) {
    return new LabelsDecoder(site);
  }
}
