package io.drivemark.config;

import io.drivemark.problem.BadInputException;
import java.io.StringReader;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Turns text into one tree of YAML nodes. What a description of data never needs and what makes
 * small files large or slow is refused with its line: tags, several documents, more than 50 levels,
 * aliases that hold themselves or repeat too much, as is what no name and no path can have.
 * Stateless.
 */
final class YamlText {
  /** The most characters of a file. */
  static final int MOST_CHARACTERS = 3_000_000;

  private static final int MOST_LEVELS = 50;
  private static final int MOST_REPEATED = 100_000;
  private static final long MOST_REPEATED_CHARACTERS = 1_000_000;

  private YamlText() {}

  /** The text's only document; null where there is none. */
  static Node compose(String source, String text) {
    if (text.length() > MOST_CHARACTERS) {
      throw tooLong(source);
    }
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    options.setNestingDepthLimit(Integer.MAX_VALUE);
    options.setMaxAliasesForCollections(Integer.MAX_VALUE);
    try {
      Parser parser =
          new Limited(source, new ParserImpl(new StreamReader(new StringReader(text)), options));
      Node node = new Composer(parser, new Resolver(), options).getSingleNode();
      if (node != null) {
        new Expansion(source, text.length()).measure(node, 1);
      }
      return node;
    } catch (ReaderException e) {
      throw new BadInputException(
          source
              + ": line "
              + line(text, e.getPosition())
              + ": no valid YAML: the character "
              + String.format(Locale.ROOT, "U+%04X", e.getCodePoint())
              + " may not stand in it; remove it, or write it as an escape in double quotes",
          e);
    } catch (MarkedYAMLException e) {
      throw new BadInputException(
          source + ":" + where(e.getProblemMark()) + " no valid YAML: " + e.getProblem(), e);
    } catch (IllegalArgumentException e) {
      throw new BadInputException(
          source
              + ": no valid YAML: a text in double quotes has a broken escape; write \\x41, \\u0041"
              + " or \\\\ for a backslash",
          e);
    } catch (YAMLException e) {
      throw new BadInputException(source + ": no valid YAML: " + e.getMessage(), e);
    }
  }

  static BadInputException tooLong(String source) {
    return new BadInputException(
        source
            + ": is longer than "
            + MOST_CHARACTERS
            + " characters; is this the file that was meant?");
  }

  private static int line(String text, int position) {
    int codePoints = 0;
    int line = 1;
    for (int i = 0; i < text.length() && codePoints < position; codePoints++) {
      int c = text.codePointAt(i);
      line += c == '\n' ? 1 : 0;
      i += Character.charCount(c);
    }
    return line;
  }

  private static String where(Mark mark) {
    return mark == null ? "" : " line " + (mark.getLine() + 1) + ":";
  }

  private static BadInputException refused(String source, Mark mark, String what) {
    return new BadInputException(source + ":" + where(mark) + " " + what);
  }

  /** Passes a parser's events on and refuses what goes beyond the limits. */
  private static final class Limited implements Parser {
    private final String source;
    private final Parser parser;
    private int level;
    private int documents;

    Limited(String source, Parser parser) {
      this.source = source;
      this.parser = parser;
    }

    @Override
    public boolean checkEvent(Event.ID choice) {
      return parser.checkEvent(choice);
    }

    @Override
    public Event peekEvent() {
      return parser.peekEvent();
    }

    @Override
    public Event getEvent() {
      Event event = parser.getEvent();
      if (event.is(Event.ID.DocumentStart) && ++documents > 1) {
        throw refused(
            source,
            event.getStartMark(),
            "a second document begins here, expected one; remove the line '---' or make two files");
      }
      if (event instanceof CollectionStartEvent start) {
        refuseTag(start.getTag(), event);
        if (++level > MOST_LEVELS) {
          throw refused(
              source,
              event.getStartMark(),
              "lists and keys lie more than " + MOST_LEVELS + " levels deep in each other");
        }
      } else if (event.is(Event.ID.MappingEnd) || event.is(Event.ID.SequenceEnd)) {
        level--;
      } else if (event instanceof ScalarEvent scalar) {
        refuseTag(scalar.getTag(), event);
        refuseCharacters(scalar.getValue(), event);
      }
      return event;
    }

    /** What can be written as an escape, and cannot be part of a file's or a folder's name. */
    private void refuseCharacters(String text, Event event) {
      for (int i = 0; i < text.length(); ) {
        int c = text.codePointAt(i);
        if (c == 0 || Character.getType(c) == Character.SURROGATE) {
          throw refused(
              source,
              event.getStartMark(),
              "a text has "
                  + (c == 0 ? "the character " : "half of a character, ")
                  + String.format(Locale.ROOT, "U+%04X", c)
                  + ", which no name and no path can have; leave it out");
        }
        i += Character.charCount(c);
      }
    }

    private void refuseTag(String tag, Event event) {
      if (tag != null) {
        String shown = tag.startsWith("tag:yaml.org,2002:") ? "!!" + tag.substring(18) : tag;
        throw refused(
            source,
            event.getStartMark(),
            "found the tag "
                + (shown.length() > 60 ? shown.substring(0, 60) + "…" : shown)
                + ", but tags mean nothing here; leave it out");
      }
    }
  }

  /** How large a tree is once aliases are written out; each node is visited once. */
  private static final class Expansion {
    private record Extent(long nodes, long characters, int levels) {}

    private static final Extent UNFINISHED = new Extent(0, 0, 0);

    private final String source;
    private final int written;
    private final Map<Node, Extent> measured = new IdentityHashMap<>();
    private long own;

    /**
     * @param written characters of the text: no value is longer than it is written
     */
    Expansion(String source, int written) {
      this.source = source;
      this.written = written;
    }

    Extent measure(Node node, int level) {
      if (!(node instanceof CollectionNode<?>)) {
        own++;
        return new Extent(1, node instanceof ScalarNode scalar ? scalar.getValue().length() : 0, 1);
      }
      Extent earlier = measured.get(node);
      if (earlier == UNFINISHED) {
        throw refused(
            source, node.getStartMark(), "an alias (*name) stands inside of what it stands for");
      }
      if (level + (earlier == null ? 0 : earlier.levels() - 1) > MOST_LEVELS) {
        throw refused(
            source,
            node.getStartMark(),
            "with aliases (*name) written out, lists and keys lie more than "
                + MOST_LEVELS
                + " levels deep in each other");
      }
      if (earlier != null) {
        return earlier;
      }
      measured.put(node, UNFINISHED);
      own++;
      long nodes = 1;
      long characters = 0;
      int levels = 1;
      Iterable<? extends Node> parts =
          node instanceof SequenceNode list ? list.getValue() : parts((MappingNode) node);
      for (Node part : parts) {
        Extent extent = measure(part, level + 1);
        nodes += extent.nodes();
        characters += extent.characters();
        levels = Math.max(levels, 1 + extent.levels());
        if (nodes > own + MOST_REPEATED) {
          throw refused(
              source,
              node.getStartMark(),
              "with aliases (*name) written out, more than "
                  + MOST_REPEATED
                  + " values are repeated; write out what is meant");
        }
        if (characters > written + MOST_REPEATED_CHARACTERS) {
          throw refused(
              source,
              node.getStartMark(),
              "with aliases (*name) written out, more than "
                  + MOST_REPEATED_CHARACTERS
                  + " characters are repeated; write out what is meant");
        }
      }
      Extent extent = new Extent(nodes, characters, levels);
      measured.put(node, extent);
      return extent;
    }

    private static Iterable<Node> parts(MappingNode mapping) {
      return mapping.getValue().stream()
              .flatMap((NodeTuple tuple) -> Stream.of(tuple.getKeyNode(), tuple.getValueNode()))
          ::iterator;
    }
  }
}
