package io.drivemark.config;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.problem.BadInputException;
import io.drivemark.testkit.FuzzContract;
import io.drivemark.testkit.FuzzTarget;
import java.util.List;

/** YAML as such: a damaged file is read or refused, by every accessor at every depth. */
class YamlFuzzTest extends FuzzContract {
  /** What makes YAML large, deep or strange. */
  static final String[] TOKENS = {
    "? ",
    "- ",
    ": ",
    "{",
    "}",
    "[",
    "]",
    ", ",
    "&a ",
    "*a",
    "!!int ",
    "!x ",
    "---\n",
    "...\n",
    "<<: *a\n",
    "'",
    "\"",
    "|\n",
    ">-\n",
    "#",
    "%YAML 1.1\n",
    "~",
    "null",
    "\t",
    "\u0000",
    "\u0007",
    "\ufeff",
    "\r\n",
    "\u2028",
    "010",
    "0x1p3",
    ".nan",
    "yes",
    "2024-01-01",
    "\"\\0\"",
    "../",
    "~(a+)+$"
  };

  @Override
  protected FuzzTarget target() {
    return FuzzTarget.ofFile(
            "yaml",
            "f.yaml",
            path -> {
              ConfigFile file = ConfigFile.read(path);
              read(file.root());
              finish(file);
            })
        .seed("a: 1\nb: {c: [1, 2.5, x], d: yes}\ne:\n  - {f: g}\n  - h\ni: |\n  text\n  text\n")
        .seed("a: &a {x: 1}\nb: *a\nc: [*a, *a]\n'd': \"\\u00e9\"\n")
        .seed("{\"schema\": \"x/1\", \"list\": {\"a\": [3, 7, 12]}, \"n\": -1.5e-3}\n")
        .tokens(TOKENS)
        .mostBytes(256 << 10)
        .mayThrow(BadInputException.class);
  }

  /** No value is of every kind: problems are expected, and have a message. */
  private static void finish(ConfigFile file) {
    try {
      file.finish();
    } catch (BadInputException e) {
      assertTrue(
          e.getMessage().length() < 200_000, () -> "a message of " + e.getMessage().length());
    }
  }

  private static void read(ConfigMap map) {
    for (String key : List.copyOf(map.keys())) {
      map.optionalString(key);
      map.integer(key);
      map.optionalNumber(key);
      map.flag(key, true);
      map.choice(key, "x", List.of("x", "y"));
      map.strings(key);
      map.integers(key);
      map.numbers(key);
      map.longInteger(key, 0);
      if (map.isMap(key)) {
        map.map(key).allStrings();
        read(map.map(key));
      } else if (!key.equals("word")) {
        for (ConfigMap item : map.maps(key, "word")) {
          read(item);
        }
      }
    }
  }
}
