package io.drivemark.datasets.view;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.Frame;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The first frames of a dataset, for one that cannot be opened with fewer. Its frames are the
 * dataset's own, and so is its name: how many there are shows wherever it is named.
 */
public final class Limited extends DatasetView {
  private final List<String> ids;

  private Limited(Dataset origin, int count) {
    super(origin, "limit", Map.of("frames", Integer.toString(count)));
    this.ids = origin.ids().subList(0, count);
  }

  /**
   * The first frames; the dataset itself if it has no more.
   *
   * @param count how many, at least 1
   */
  public static Dataset of(Dataset dataset, int count) {
    if (count < 1) {
      throw new IllegalArgumentException("limit is " + count + ", expected at least 1");
    }
    return count < dataset.ids().size() ? new Limited(dataset, count) : dataset;
  }

  @Override
  public String name() {
    return origin().name();
  }

  @Override
  public List<String> ids() {
    return ids;
  }

  @Override
  public Map<String, List<String>> conditions() {
    return origin().conditions();
  }

  @Override
  public Dataset under(Map<String, String> values) {
    return new Limited(origin().under(values), ids.size());
  }

  @Override
  public Frame frame(int index) {
    return origin().frame(Objects.checkIndex(index, ids.size()));
  }
}
