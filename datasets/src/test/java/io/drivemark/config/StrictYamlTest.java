package io.drivemark.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is YAML and still no input: each a refusal that names the line and what to do. */
@Tag("text")
class StrictYamlTest {
  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(
            "a: 1\nb: x\u0001y\n",
            "line 2: no valid YAML: the character U+0001 may not stand in it; remove it, or write it"
                + " as an escape in double quotes"),
        Arguments.of(
            "a: " + "[".repeat(60) + "]".repeat(60),
            "line 1: lists and keys lie more than 50 levels deep in each other"),
        Arguments.of(
            "{? ".repeat(60) + "a" + "}".repeat(60),
            "line 1: lists and keys lie more than 50 levels deep in each other"),
        Arguments.of(
            "? ".repeat(60) + "a\n",
            "line 1: lists and keys lie more than 50 levels deep in each other"),
        Arguments.of(
            "[".repeat(100_000),
            "line 1: lists and keys lie more than 50 levels deep in each other"),
        Arguments.of(
            "a: " + "x".repeat(3_000_000),
            "is longer than 3000000 characters; is this the file that was meant?"),
        Arguments.of(
            bomb(9, 12),
            "line 6: with aliases (*name) written out, more than 100000 values are repeated; write"
                + " out what is meant"),
        Arguments.of(
            bomb(1, 60),
            "line 48: with aliases (*name) written out, lists and keys lie more than 50 levels deep"
                + " in each other"),
        Arguments.of(
            "a: 1\nb: &b {c: *b}\n",
            "line 2: an alias (*name) stands inside of what it stands for"),
        Arguments.of(
            "a: 1\nb: \"x\\0\"\n",
            "line 2: a text has the character U+0000, which no name and no path can have; leave it"
                + " out"),
        Arguments.of(
            "\"a\\x00\": 1\n",
            "line 1: a text has the character U+0000, which no name and no path can have; leave it"
                + " out"),
        Arguments.of(
            "a: [\"x\\ud83dy\"]\n",
            "line 1: a text has half of a character, U+D83D, which no name and no path can have;"
                + " leave it out"),
        Arguments.of(
            "a: &a " + "x".repeat(10_000) + "\nb: [" + "*a, ".repeat(200) + "]\n",
            "line 2: with aliases (*name) written out, more than 1000000 characters are repeated;"
                + " write out what is meant"),
        Arguments.of(
            "a: &a\n  ? *a\n  : 1\n",
            "line 1: an alias (*name) stands inside of what it stands for"),
        Arguments.of("a: *b\n", "line 1: no valid YAML: found undefined alias b"),
        Arguments.of(
            "a: 1\n---\nb: 2\n",
            "line 2: a second document begins here, expected one; remove the line '---' or make two"
                + " files"),
        Arguments.of(
            "a: 1\nb: !!java.net.URL [x]\n",
            "line 2: found the tag !!java.net.URL, but tags mean nothing here; leave it out"),
        Arguments.of(
            "a: !!int 7\n",
            "line 1: found the tag !!int, but tags mean nothing here; leave it out"),
        Arguments.of(
            "a: !mine {b: 1}\n",
            "line 1: found the tag !mine, but tags mean nothing here; leave it out"),
        Arguments.of("[a, b]\n", "expected keys and values (a YAML mapping)"),
        Arguments.of(
            "\t- a\n",
            "line 1: no valid YAML: found character '\\t(TAB)' that cannot start any token."
                + " (Do not use \\t(TAB) for indentation)"),
        Arguments.of(
            "{\"a\"\"\\u",
            "no valid YAML: a text in double quotes has a broken escape; write \\x41, \\u0041 or \\\\"
                + " for a backslash"),
        Arguments.of("a: 1\na: 2\n", "line 2: key 'a' occurs twice, first in line 1"),
        Arguments.of("a: 1\n? [b, c]\n: 2\n", "line 2: a key is a list, expected a word"),
        Arguments.of("a: 1\n? {b: c}\n: 2\n", "line 2: a key is keys and values, expected a word"),
        Arguments.of("a: 1\n~: 2\n", "line 2: a key is empty, expected a word"),
        Arguments.of(
            "a: 1\n<<: {b: 1}\n",
            "line 2: found '<<', but nothing is merged here; write the keys out"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void isRefusedWithItsLine(String text, String message) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () ->
            assertEquals(
                "f.yaml: " + message,
                refusal(
                    () -> {
                      ConfigFile file = ConfigFile.parse("f.yaml", text);
                      file.root().strings("a");
                      file.finish();
                    })));
  }

  private static String bomb(int times, int levels) {
    StringBuilder out = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < levels; i++) {
      String alias = "*a" + (i - 1);
      out.append("a" + i + ": &a" + i + " [" + alias + (", " + alias).repeat(times - 1) + "]\n");
    }
    return out.toString();
  }

  @Test
  void aliasesThatRepeatLittleAreWrittenOut() {
    ConfigFile file = ConfigFile.parse("f.yaml", "a: &one {x: 1}\nb: *one\nc: [*one, *one]\n");
    assertEquals(1, file.root().map("a").integer("x"));
    assertEquals(1, file.root().map("b").integer("x"));
    assertEquals(
        List.of(1, 1), file.root().maps("c", "x").stream().map(m -> m.integer("x")).toList());
    file.finish();
  }

  @Test
  void bothHalvesOfACharacterAreOne() {
    ConfigFile file = ConfigFile.parse("f.yaml", "a: \"\\ud83d\\ude97\"\nb: \"\\a\\t\"\n");
    assertEquals("\ud83d\ude97", file.root().string("a"));
    assertEquals("\u0007\t", file.root().string("b"));
    file.finish();
  }

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of(
            "whole: 010",
            "whole: found 010 (write 10: a leading zero means octal to other"
                + " readers), expected a whole number"),
        Arguments.of(
            "whole: 0x10",
            "whole: found 0x10 (write it with decimal digits), expected a whole number"),
        Arguments.of("whole: 1_000", "whole: found 1_000 (write 1000), expected a whole number"),
        Arguments.of("whole: 1:30", "whole: found 1:30, expected a whole number"),
        Arguments.of("whole: 1.5", "whole: found 1.5, expected a whole number"),
        Arguments.of("whole: 2147483648", "whole: found 2147483648, expected a whole number"),
        Arguments.of("whole:", "key 'whole' is missing: expected a whole number"),
        Arguments.of("whole: ~", "key 'whole' is missing: expected a whole number"),
        Arguments.of("whole: [1]", "whole: found a list, expected a whole number"),
        Arguments.of(
            "whole: 1\nreal: .nan", "real: found .nan (it has to be finite), expected a number"),
        Arguments.of(
            "whole: 1\nreal: NaN", "real: found NaN (it has to be finite), expected a number"),
        Arguments.of(
            "whole: 1\nreal: -.inf", "real: found -.inf (it has to be finite), expected a number"),
        Arguments.of("whole: 1\nreal: 1d", "real: found 1d (write 1), expected a number"),
        Arguments.of(
            "whole: 1\nreal: 0x1p3",
            "real: found 0x1p3 (write it with decimal digits), expected a number"),
        Arguments.of("whole: 1\nreal: 1e999", "real: found 1e999, expected a number"),
        Arguments.of("whole: 1\nreal: 0,5", "real: found 0,5 (write 0.5), expected a number"),
        Arguments.of(
            "whole: 1\nlist: [1, NaN]",
            "list: found NaN (it has to be finite), expected a list of numbers"),
        Arguments.of(
            "whole: 1\nwholes: [1, 1.5]", "wholes: found 1.5, expected a list of whole numbers"),
        Arguments.of("whole: 1\nwords:\n- a\n-\n", "words: expected a list of plain values"),
        Arguments.of("whole: 1\nflag: True", "flag: found True, expected true or false"),
        Arguments.of("whole: 1\nflag: 1", "flag: found 1, expected true or false"),
        Arguments.of(
            "whole: 1\nlong: 9223372036854775808",
            "long: found 9223372036854775808, expected a whole number"),
        Arguments.of(
            "whole: " + "9".repeat(1000),
            "whole: found " + "9".repeat(200) + "…, expected a whole number"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void valuesThatReadersDisagreeOnAreProblems(String text, String problem) {
    ConfigFile file = ConfigFile.parse("f.yaml", text);
    ConfigMap root = file.root();
    root.integer("whole");
    root.optionalNumber("real");
    root.numbers("list");
    root.integers("wholes");
    root.strings("words");
    root.flag("flag", true);
    root.longInteger("long", 0);
    String message = refusal(file::finish);
    assertEquals("f.yaml: " + problem, message.replaceFirst("line \\d+: ", ""));
  }

  @Test
  void textsStayAsTheyAreWritten() {
    ConfigFile file =
        ConfigFile.parse(
            "f.yaml", "date: 2024-01-05\nclock: 1:30\nversion: 1.10\noctal: 010\nword: yes\n");
    ConfigMap root = file.root();
    assertEquals(
        List.of("2024-01-05", "1:30", "1.10", "010", "yes"),
        Stream.of("date", "clock", "version", "octal", "word").map(root::string).toList());
    file.finish();
  }

  @Test
  void aHundredProblemsAreShownAndTheOthersCounted() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 250; i++) {
      text.append("k").append(i).append(": 1\n");
    }
    List<String> lines =
        refusal(ConfigFile.parse("f.yaml", text.toString())::finish).lines().toList();
    assertEquals(102, lines.size());
    assertEquals("f.yaml: 250 problems", lines.get(0));
    assertEquals("  and 150 more", lines.get(101));
  }

  @Test
  void otherEncodingsAreNamed(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("f.yaml");
    Files.write(file, "name: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(
        file + ": line 1: the byte 0xe9 is no UTF-8 text; save the file as UTF-8",
        refusal(() -> ConfigFile.read(file)));
    Files.write(file, "name: x\n".getBytes(StandardCharsets.UTF_16));
    assertEquals(
        file + ": is UTF-16 text, expected UTF-8; save it as UTF-8",
        refusal(() -> ConfigFile.read(file)));
    Files.write(file, "\ufeffname: caf\u00e9\n".getBytes(StandardCharsets.UTF_8));
    assertEquals("caf\u00e9", ConfigFile.read(file).root().string("name"));
  }

  @Test
  void aFileWithoutEndIsNotReadToTheEnd() {
    Path endless = Path.of("/dev/zero");
    org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(endless), "no /dev/zero here");
    assertEquals(
        "/dev/zero: is longer than 3000000 characters; is this the file that was meant?",
        refusal(() -> ConfigFile.read(endless)));
  }

  private static String refusal(Runnable action) {
    return assertThrows(BadInputException.class, action::run).getMessage();
  }
}
