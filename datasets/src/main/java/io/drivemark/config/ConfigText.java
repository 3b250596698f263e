package io.drivemark.config;

import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Represent;
import org.yaml.snakeyaml.representer.Representer;

/**
 * Writes texts that {@link ConfigFile} reads back. What may not stand in YAML as it is, control
 * characters say, is written as an escape in double quotes. Stateless.
 */
public final class ConfigText {
  private ConfigText() {}

  /** Keys and values, each on a line of its own. */
  public static String block(Map<String, ?> keys) {
    DumperOptions options = options();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setSplitLines(false);
    return text(keys, options);
  }

  /** The same with lists of plain values in one line each, as far as they fit. */
  public static String compact(Map<String, ?> keys) {
    return text(keys, options());
  }

  private static String text(Map<String, ?> keys, DumperOptions options) {
    return new Yaml(new Texts(options), options).dump(keys);
  }

  /** By default control characters become a tag with Base64, which readers here refuse. */
  private static DumperOptions options() {
    DumperOptions options = new DumperOptions();
    options.setNonPrintableStyle(DumperOptions.NonPrintableStyle.ESCAPE);
    return options;
  }

  /** Line ends other than a line feed would come back as one, unless they are escapes. */
  private static final class Texts extends Representer {
    private static final Pattern LINE_ENDS = Pattern.compile("[\\x85\\u2028\\u2029]");

    Texts(DumperOptions options) {
      super(options);
      Represent usual = representers.get(String.class);
      representers.put(
          String.class,
          text ->
              LINE_ENDS.matcher((String) text).find()
                  ? representScalar(Tag.STR, (String) text, DumperOptions.ScalarStyle.DOUBLE_QUOTED)
                  : usual.representData(text));
    }
  }
}
