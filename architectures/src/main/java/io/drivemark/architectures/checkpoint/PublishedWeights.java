package io.drivemark.architectures.checkpoint;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipFile;

/**
 * A file of weights as people publish it, to be loaded into a network: a PyTorch checkpoint (zip or
 * legacy format) or a safetensors file, whatever its suffix. No code from the file is run.
 *
 * <p>The weights may lie under keys, their names may have a prefix, and there may be tensors beside
 * them that inference does not use ({@link NameMap}). Every weight of the network must be there,
 * and every tensor of the file be accounted for: a network is never loaded in part. Immutable.
 *
 * <pre>{@code
 * PublishedWeights weights = PublishedWeights.open(file, WeightNames.NONE, NameMap.of("erfnet"));
 * PublishedWeights.Loaded loaded = weights.into(network, new Setting("erfnet", Map.of(), 19));
 * }</pre>
 */
public final class PublishedWeights {
  /** Keys under which training code keeps the weights to use, the usual ones first. */
  private static final List<String> USUAL =
      List.of(
          "state_dict",
          "model_state_dict",
          "model_state",
          "model",
          "net",
          "network",
          "module",
          "weights",
          "params");

  private final WeightFile file;
  private final WeightNames given;
  private final NameMap nameMap;
  private final List<WeightSet> sets;

  /**
   * A network with a file's weights.
   *
   * @param network it
   * @param note what was assumed, converted or left aside; one sentence, if anything was
   */
  public record Loaded(Network network, Optional<String> note) {}

  /**
   * What a network was built with, for messages.
   *
   * @param architecture its name
   * @param options of the architecture
   * @param classes number of outputs
   */
  public record Setting(String architecture, Map<String, String> options, int classes) {}

  private PublishedWeights(
      WeightFile file, WeightNames given, NameMap nameMap, List<WeightSet> sets) {
    this.file = file;
    this.given = given;
    this.nameMap = nameMap;
    this.sets = sets;
  }

  /**
   * Opens a file and reads names and shapes.
   *
   * @param given what the user says of its names
   * @param nameMap what is known of the architecture's published names
   * @throws BadInputException if it is missing, damaged, or holds no weights
   */
  public static PublishedWeights open(Path path, WeightNames given, NameMap nameMap) {
    WeightFile file = WeightFile.open(path);
    List<WeightSet> sets =
        given
            .key()
            .map(key -> List.of(WeightSets.at(file, key)))
            .orElseGet(() -> WeightSets.of(file));
    return new PublishedWeights(file, given, nameMap, sets);
  }

  /** Whether a file is a zip archive that holds a TorchScript program. */
  public static boolean isTorchScript(Path path) {
    try (ZipFile zip = new ZipFile(path.toFile())) {
      return ZippedPickle.isTorchScript(zip);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Shapes by the names of a network, as far as its weights are found whatever their shapes; other
   * tensors by their own names.
   */
  public Map<String, Shape> shapes(Network network) {
    return Matcher.shapes(best(matcher(network).matches(sets)));
  }

  /**
   * Loads the weights into a network.
   *
   * @throws BadInputException if weights are missing, have other shapes, are there twice, or the
   *     file has tensors that the network has no place for; the message names the likely cause and
   *     the line that mends it
   */
  public Loaded into(Network network, Setting setting) {
    Matcher matcher = matcher(network);
    List<Match> matches = matcher.matches(sets);
    List<Match> complete = matches.stream().filter(Match::isComplete).toList();
    Match chosen = complete.isEmpty() ? best(matches) : usual(complete);
    matcher.requireUse(chosen.set());
    if (complete.isEmpty()) {
      throw new Misfit(file.source(), network, setting, chosen, matcher.needed()).problem();
    }
    Map<String, StoredTensor> wanted = new LinkedHashMap<>();
    chosen.found().forEach((here, name) -> wanted.put(here, chosen.set().tensors().get(name)));
    Map<String, Tensor> values = new LinkedHashMap<>();
    file.values(wanted)
        .forEach(
            (here, tensor) -> {
              Shape shape = network.weights().get(here).tensor().shape();
              values.put(here, Tensor.sharing(shape, tensor.sharedFloats()));
            });
    LoadNote note = new LoadNote(file.source(), chosen, complete, wanted);
    note.requireNumbers(values);
    return new Loaded(network.withTensors(values), note.text());
  }

  private Matcher matcher(Network network) {
    return new Matcher(file.source(), network, given, nameMap);
  }

  private static Match best(List<Match> matches) {
    Match best = matches.get(0);
    for (Match match : matches) {
      best = match.score() > best.score() ? match : best;
    }
    return best;
  }

  /** The one under the most usual keys. */
  private Match usual(List<Match> complete) {
    List<Match> ordered =
        complete.stream().sorted(Comparator.comparingInt(m -> rank(m.set().path()))).toList();
    int first = rank(ordered.get(0).set().path());
    if (ordered.size() > 1 && rank(ordered.get(1).set().path()) == first) {
      throw new BadInputException(
          file.source()
              + ": holds the network's weights "
              + ordered.size()
              + " times, under "
              + Shown.names(ordered.stream().map(m -> m.set().path()).toList())
              + "; say which is meant, for example  key: "
              + Shown.name(ordered.get(0).set().path()));
    }
    return ordered.get(0);
  }

  private static int rank(String path) {
    if (path.isEmpty()) {
      return -1;
    }
    int rank = 0;
    for (String key : path.split("\\.")) {
      int index = USUAL.indexOf(key);
      rank = Math.max(rank, index < 0 ? USUAL.size() : index);
    }
    return rank;
  }
}
