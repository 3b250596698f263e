package io.drivemark.datasets.catalog;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetProvider;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.Task;
import io.drivemark.datasets.catalog.UnlabelledDataset.Picture;
import io.drivemark.datasets.files.FileTree;
import io.drivemark.datasets.files.FolderShape;
import io.drivemark.datasets.files.ReadPlaces;
import io.drivemark.datasets.view.Limited;
import io.drivemark.datasets.view.Where;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import io.drivemark.problem.Plugins;
import io.drivemark.problem.UnavailableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Opens datasets by name: those shipped as declarations, those a {@link DatasetProvider} on the
 * class path adds, and a user's own YAML file.
 *
 * <pre>{@code
 * Dataset val = Datasets.open("camvid", Path.of("data/camvid"), "val", OptionalInt.empty());
 * LabelMap truth = val.frame(0).truth();
 * }</pre>
 *
 * <p>Stateless: each call looks anew, nothing is loaded when the class is. Thread-safe.
 */
public final class Datasets {
  private Datasets() {}

  /**
   * What {@code drivemark list datasets} prints of one.
   *
   * @param name its name
   * @param description one line
   * @param splits its splits
   * @param labels its label space
   * @param tasks what it has truth for, in their order
   * @param needsRoot whether it lies in files, so that a root must be given
   */
  public record Info(
      String name,
      String description,
      List<String> splits,
      LabelSpace labels,
      List<Task> tasks,
      boolean needsRoot) {
    public Info {
      splits = List.copyOf(splits);
      tasks = List.copyOf(tasks);
    }
  }

  /** The names of all datasets, sorted. */
  public static List<String> names() {
    List<String> out = new ArrayList<>(ShippedFormats.NAMES);
    out.addAll(providers().keySet());
    return out.stream().sorted().toList();
  }

  /** All datasets, sorted by name. */
  public static List<Info> infos() {
    Map<String, DatasetProvider> providers = providers();
    return names().stream()
        .map(
            name ->
                providers.containsKey(name)
                    ? info(providers.get(name))
                    : info(ShippedFormats.of(name)))
        .toList();
  }

  /**
   * Opens a split of a dataset that lies in files.
   *
   * @param nameOrYaml a name, or the path of a declaration that ends in .yaml or .yml
   * @param root the dataset's folder
   * @param split for example {@code val}
   * @param limit take the first so many samples only
   * @throws BadInputException as {@link #open(DatasetRequest)}
   */
  public static Dataset open(String nameOrYaml, Path root, String split, OptionalInt limit) {
    DatasetRequest request = DatasetRequest.of(nameOrYaml, split).withRoot(root);
    return open(limit.isPresent() ? request.withLimit(limit.getAsInt()) : request);
  }

  /**
   * Opens a split of any dataset.
   *
   * @throws BadInputException if the name is unknown (the message lists the known ones and the
   *     nearest), the root or the split is missing, files do not pair up, or no frame has the
   *     attributes that are asked for
   */
  public static Dataset open(DatasetRequest request) {
    if (!request.where().isEmpty()) {
      Dataset chosen = Where.of(open(request.whole()), request.where());
      return request.limit().isPresent() ? Limited.of(chosen, request.limit().getAsInt()) : chosen;
    }
    Optional<DatasetProvider> provider = provider(request.name());
    if (provider.isPresent()) {
      return open(provider.get(), request);
    }
    DatasetFormat format = format(request.name());
    FolderScan scan;
    try {
      scan = scan(format, request).requireComplete(format.name(), request.split());
    } catch (BadInputException e) {
      return unlabelled(format, request, e);
    }
    List<FrameFiles> frames = scan.frames();
    int count = Math.min(frames.size(), request.limit().orElse(frames.size()));
    return new FolderDataset(format, scan.root(), request.split(), frames, count);
  }

  /** Opens what a provider has; a limit that it does not heed is set here. */
  static Dataset open(DatasetProvider provider, DatasetRequest request) {
    Dataset dataset = provider.open(request);
    return request.limit().isPresent() ? Limited.of(dataset, request.limit().getAsInt()) : dataset;
  }

  /** A split without any label, which can be predicted and nothing else. */
  private static Dataset unlabelled(
      DatasetFormat format, DatasetRequest request, BadInputException refused) {
    Path root = request.root().or(format::root).orElseThrow(() -> refused);
    List<Picture> pictures = FolderScan.unlabelled(format, root, request.split());
    if (pictures.isEmpty()) {
      throw refused;
    }
    if (!request.labelsOptional()) {
      if (!FileTree.below(root).brokenLinks().isEmpty()) {
        throw refused; // labels may lie behind them
      }
      throw new BadInputException(
          refused.getMessage()
              + ". None of the "
              + pictures.size()
              + " photographs there has labels: such a split can be predicted ('drivemark predict')"
              + " and nothing else",
          refused);
    }
    return new UnlabelledDataset(
        format.name(),
        request.split(),
        format.coding(),
        pictures,
        Math.min(pictures.size(), request.limit().orElse(pictures.size())),
        format.facts().predictionsMayHaveSuffix());
  }

  /** The provider of this name; empty for a dataset that is declared. */
  public static Optional<DatasetProvider> provider(String name) {
    return Optional.ofNullable(providers().get(name));
  }

  /**
   * The splits of a dataset: those it declares, or what its folders tell where it declares none.
   *
   * @param root the folder it lies in, where one was given
   * @throws BadInputException if the name is unknown, or no split is declared and none is there
   */
  public static List<String> splits(String nameOrYaml, Optional<Path> root) {
    Optional<DatasetProvider> provider = provider(nameOrYaml);
    if (provider.isPresent()) {
      return provider.get().splits();
    }
    DatasetFormat format = format(nameOrYaml);
    if (!format.splits().isEmpty()) {
      return format.splits();
    }
    DatasetRequest request =
        new DatasetRequest(nameOrYaml, root, "", OptionalInt.empty(), Map.of(), true);
    List<String> found = FormatPlaces.splits(format, root(format, request));
    if (found.isEmpty()) {
      throw new BadInputException(
          "dataset "
              + format.name()
              + " declares no splits, and "
              + root(format, request)
              + " has no folder of one; write 'splits: [val]' into "
              + nameOrYaml
              + ", or name one with --split");
    }
    return found;
  }

  /**
   * The files and folders that a dataset is read from, all of its splits, so that nothing is
   * written there; all below the root of one that a {@link DatasetProvider} opens. No frame is
   * looked for.
   *
   * @throws BadInputException if the name is unknown or a root is missing
   */
  public static ReadPlaces places(DatasetRequest request) {
    Optional<DatasetProvider> provider = provider(request.name());
    if (provider.isPresent()) {
      return request
          .root()
          .map(
              root ->
                  ReadPlaces.of(
                      "dataset " + request.name(), List.of(FolderShape.tree(root)), List.of()))
          .orElse(ReadPlaces.NONE);
    }
    DatasetFormat format = format(request.name());
    return FormatPlaces.of(format, root(format, request), request);
  }

  /**
   * Looks through a dataset's folders without insisting that they are in order: for the linter.
   *
   * @throws BadInputException if the root or the split is not there at all
   */
  public static FolderScan scan(DatasetFormat format, DatasetRequest request) {
    if (!request.options().isEmpty()) {
      throw new BadInputException(
          "dataset "
              + format.name()
              + " lies in files and takes no options; found: "
              + String.join(", ", request.options().keySet()));
    }
    return FolderScan.of(format, root(format, request), request.split(), request.labelsOnly());
  }

  private static Path root(DatasetFormat format, DatasetRequest request) {
    return request
        .root()
        .or(format::root)
        .orElseThrow(
            () ->
                new BadInputException(
                    "dataset "
                        + format.name()
                        + " lies in files: give the folder they are in as its root"));
  }

  /**
   * The declaration of a dataset that lies in files.
   *
   * @param nameOrYaml a shipped name, or the path of a declaration
   * @throws BadInputException if there is none, or it has problems
   */
  public static DatasetFormat format(String nameOrYaml) {
    if (LabelSpaces.isYaml(nameOrYaml)) {
      return FormatReader.read(Path.of(nameOrYaml));
    }
    if (!ShippedFormats.NAMES.contains(nameOrYaml)) {
      List<String> names = names();
      throw new BadInputException(
          "no dataset is called '"
              + nameOrYaml
              + "'"
              + Nearest.hint(nameOrYaml, names)
              + "; known: "
              + String.join(", ", names)
              + ", or the path of a .yaml file that declares one");
    }
    return ShippedFormats.of(nameOrYaml);
  }

  private static Map<String, DatasetProvider> providers() {
    return unique(Plugins.load(DatasetProvider.class));
  }

  /** By name; refuses two with one name. */
  static Map<String, DatasetProvider> unique(Iterable<DatasetProvider> found) {
    Map<String, DatasetProvider> out = new TreeMap<>();
    for (DatasetProvider provider : found) {
      DatasetProvider other = out.put(provider.name(), provider);
      if (other != null || ShippedFormats.NAMES.contains(provider.name())) {
        throw new UnavailableException(
            "two datasets are called '"
                + provider.name()
                + "': "
                + (other == null ? "the shipped one" : origin(other))
                + " and "
                + origin(provider)
                + "; take one from the class path");
      }
    }
    return out;
  }

  private static String origin(DatasetProvider provider) {
    Class<?> type = provider.getClass();
    var source = type.getProtectionDomain().getCodeSource();
    return type.getName() + (source == null ? "" : " in " + source.getLocation());
  }

  private static Info info(DatasetProvider provider) {
    return new Info(
        provider.name(),
        provider.description(),
        provider.splits(),
        provider.labels(),
        provider.tasks().stream().sorted().toList(),
        provider.needsRoot());
  }

  private static Info info(DatasetFormat format) {
    return new Info(
        format.name(),
        format.about().description(),
        format.splits(),
        format.labels(),
        format.tasks(),
        true);
  }
}
