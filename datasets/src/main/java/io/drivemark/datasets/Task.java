package io.drivemark.datasets;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a network is asked for: the class of each pixel or its distance. A dataset says which tasks
 * it has truth for ({@link Dataset#tasks}), a model which one it answers; results of two tasks are
 * never held side by side.
 */
public enum Task {
  /** The class of each pixel; its truth is a frame's labels. */
  SEGMENTATION,
  /** The distance of each pixel along the camera axis in metres; its truth is a frame's depth. */
  DEPTH;

  private static final List<String> WORDS = Arrays.stream(values()).map(Task::word).toList();

  /** How files, commands and reports call it: {@code segmentation} or {@code depth}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The words of all tasks, in their order. */
  public static List<String> words() {
    return WORDS;
  }

  /** The task of that word; empty if there is none. */
  public static Optional<Task> of(String word) {
    return Arrays.stream(values()).filter(t -> t.word().equals(word)).findFirst();
  }
}
