package io.drivemark.architectures.checkpoint;

import io.drivemark.config.ConfigFile;
import io.drivemark.config.ConfigMap;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How names in published weights become names of weights here, and what of a file inference has no
 * use for. The rules are data: one table for all architectures and one for each that needs its own,
 * in {@code io/drivemark/architectures/checkpoint/NAME.yaml}. Immutable.
 *
 * @param rules in the order they are applied
 */
public record NameMap(List<Rule> rules) {
  /**
   * A rule.
   *
   * @param pattern a regular expression, searched for
   * @param replacement what takes its place; empty means that a tensor which the network has no
   *     weight for is left aside
   */
  public record Rule(Pattern pattern, Optional<String> replacement) {}

  private static final String FOLDER = "/io/drivemark/architectures/checkpoint/";

  public NameMap {
    rules = List.copyOf(rules);
  }

  /** The rules for an architecture of the zoo: the common ones, then its own. */
  public static NameMap of(String architecture) {
    List<Rule> rules = new ArrayList<>(table("common").orElseThrow());
    table(architecture).ifPresent(rules::addAll);
    return new NameMap(rules);
  }

  /** The name here. */
  String rename(String name) {
    String renamed = name;
    for (Rule rule : rules) {
      if (rule.replacement().isPresent()) {
        renamed = rule.pattern().matcher(renamed).replaceAll(rule.replacement().get());
      }
    }
    return renamed;
  }

  /**
   * Whether a tensor that the network has no weight for is one that only training needs, and how a
   * note calls it: {@code loss.*}, {@code num_batches_tracked}.
   */
  Optional<String> aside(String name) {
    for (Rule rule : rules) {
      Matcher matcher = rule.pattern().matcher(name);
      if (rule.replacement().isEmpty() && matcher.find()) {
        String part = matcher.group().replaceFirst("^\\.", "");
        return Optional.of(part.endsWith(".") ? part + "*" : part);
      }
    }
    return Optional.empty();
  }

  private static Optional<List<Rule>> table(String name) {
    String resource = FOLDER + name + ".yaml";
    try (InputStream in = NameMap.class.getResourceAsStream(resource)) {
      if (in == null) {
        return Optional.empty();
      }
      ConfigFile file =
          ConfigFile.parse(resource, new String(in.readAllBytes(), StandardCharsets.UTF_8));
      List<Rule> rules = new ArrayList<>();
      for (ConfigMap rule : file.root().maps("rules", "drop")) {
        String pattern = rule.has("drop") ? rule.string("drop") : rule.string("find");
        rules.add(
            new Rule(
                Pattern.compile(pattern),
                rule.has("drop") ? Optional.empty() : Optional.of(rule.string("replace", ""))));
      }
      file.finish();
      return Optional.of(rules);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
