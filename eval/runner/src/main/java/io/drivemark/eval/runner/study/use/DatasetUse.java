package io.drivemark.eval.runner.study.use;

import io.drivemark.eval.runner.study.driving.DrivingKeys;
import io.drivemark.eval.runner.study.robust.RobustnessKeys;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What of a study meets one of its datasets. Immutable.
 *
 * @param models of the study, as it names them, each with the variants made of it; empty = all
 * @param engines of the study, by name; empty = all
 * @param sections which of {@link #SECTIONS} are asked of the dataset, where the study has them
 */
public record DatasetUse(Set<String> models, Set<String> engines, List<String> sections) {
  /** The key of a study that names gauges on request. */
  public static final String GAUGES = "gauges";

  /** The sections of a study that can be asked of some of its datasets alone. */
  public static final List<String> SECTIONS = List.of(DrivingKeys.KEY, RobustnessKeys.KEY, GAUGES);

  /** All of the study. */
  public static final DatasetUse ALL = new DatasetUse(Set.of(), Set.of(), SECTIONS);

  public DatasetUse {
    models = inOrder(models);
    engines = inOrder(engines);
    sections = SECTIONS.stream().filter(sections::contains).toList();
  }

  private static Set<String> inOrder(Collection<String> names) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(names));
  }

  /** Whether a model that the study names so meets the dataset. */
  public boolean hasModel(String name) {
    return models.isEmpty() || models.contains(name);
  }

  /** Whether an engine of this name does. */
  public boolean hasEngine(String name) {
    return engines.isEmpty() || engines.contains(name);
  }

  /** Whether a section of the study is asked of the dataset. */
  public boolean hasSection(String section) {
    return sections.contains(section);
  }
}
