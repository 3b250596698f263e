package io.drivemark.datasets.catalog;

import io.drivemark.datasets.DatasetDescription;
import io.drivemark.datasets.Frame;
import io.drivemark.datasets.LabelFacts;
import io.drivemark.datasets.Task;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A split of a dataset that lies in folders, as a {@link DatasetFormat} declares it. Thread-safe.
 */
final class FolderDataset extends FileDataset<FrameFiles> {
  private final DatasetFormat format;
  private final Path root;
  private final FrameReader reader;
  private final LabelFacts facts;

  /** The first {@code count} of the split's frames. */
  FolderDataset(DatasetFormat format, Path root, String split, List<FrameFiles> all, int count) {
    super(format.name(), split, format.coding(), all, count, FrameFiles::id);
    this.format = format;
    this.root = root;
    this.facts =
        format.facts().withConfidence(files().stream().anyMatch(f -> f.confidence().isPresent()));
    this.reader =
        new FrameReader(
            format,
            format.truthReader(root, split),
            new FileAttributes(
                format.attributeFiles(), root, format.folderOf(split), Set.copyOf(ids())));
  }

  @Override
  public Frame frame(int index) {
    return new FolderFrame(reader, files().get(index));
  }

  /** Where the files of labels are those of distances, there are distances alone. */
  @Override
  public boolean labelled() {
    return files().stream().anyMatch(f -> !f.depth().equals(Optional.of(f.truth())));
  }

  @Override
  public Set<Task> tasks() {
    Set<Task> tasks = EnumSet.noneOf(Task.class);
    if (labelled()) {
      tasks.add(Task.SEGMENTATION);
    }
    if (format.depth().isPresent() && files().stream().anyMatch(f -> f.depth().isPresent())) {
      tasks.add(Task.DEPTH);
    }
    return Collections.unmodifiableSet(tasks);
  }

  @Override
  public OptionalDouble rate(String sequence) {
    return format.rate();
  }

  @Override
  public LabelFacts facts() {
    return facts;
  }

  @Override
  String readDigest(List<FrameFiles> all) {
    return ContentDigest.of(format, root, split(), all);
  }

  @Override
  public String description() {
    DatasetDescription out = DatasetDescription.of(this);
    out.fact("truth", format.truth().canonical());
    out.fact(
        "objects",
        format.objects().numbers().name(),
        format.objects().channel().map(Enum::name).orElse("one channel"));
    format
        .depth()
        .ifPresent(
            depth ->
                out.fact(
                    "depth", Double.toString(depth.metresPerUnit()), depth.unknown().toString()));
    return out.toString();
  }
}
