package io.drivemark.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of defaults says what the code does. */
class DefaultsPageTest {
  private static final Path PAGE = Path.of("../eval/defaults.md");

  /** A row: what it is, its value, the constant. */
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| ([^|]+) \\| ([^| ]+) \\| `([^`]+)` \\|.*\\|$");

  @Test
  void everyDefaultHasTheValueOfItsConstant() throws Exception {
    List<String> wrong = new ArrayList<>();
    List<MatchResult> rows = rows(Files.readString(PAGE));
    assertTrue(rows.size() > 30, () -> rows.size() + " rows");
    for (MatchResult row : rows) {
      String found = String.valueOf(value(row.group(3)));
      if (!isSame(row.group(2), found)) {
        wrong.add(row.group(3) + " is " + found + ", the page says " + row.group(2));
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void everyLineOfTheTableIsReadAsOne() throws IOException {
    String page = Files.readString(PAGE);
    long lines =
        page.lines().filter(l -> l.startsWith("| ") && !l.startsWith("| **")).count()
            - 1; // the head
    assertEquals(lines, rows(page).size());
  }

  @Test
  void aWrongValueAndAConstantThatIsGoneAreFound() throws Exception {
    Object runs = value("eval.runner.study.LatencySpec.DEFAULT_RUNS");
    assertTrue(isSame("200", String.valueOf(runs)));
    assertEquals(false, isSame("201", String.valueOf(runs)));
    assertThrows(
        NoSuchFieldException.class, () -> value("eval.runner.study.LatencySpec.NO_SUCH_NAME"));
  }

  private static List<MatchResult> rows(String page) {
    return ROW.matcher(page).results().toList();
  }

  /** Numbers by value, words by letter. */
  private static boolean isSame(String stated, String found) {
    try {
      return Double.parseDouble(stated) == Double.parseDouble(found);
    } catch (NumberFormatException e) {
      return stated.equals(found);
    }
  }

  /** Follows a path from the class on: constants, and what calls without arguments return. */
  private static Object value(String path) throws Exception {
    List<String> parts = Arrays.asList(("io.drivemark." + path).split("\\."));
    int at = 0;
    while (!Character.isUpperCase(parts.get(at).charAt(0))) {
      at++;
    }
    Class<?> type = Class.forName(String.join(".", parts.subList(0, at + 1)));
    Object value = null;
    for (String part : parts.subList(at + 1, parts.size())) {
      Class<?> owner = value == null ? type : value.getClass();
      if (part.endsWith("()")) {
        Method method = owner.getDeclaredMethod(part.substring(0, part.length() - 2));
        method.setAccessible(true);
        value = method.invoke(value);
      } else {
        Field field = owner.getDeclaredField(part);
        field.setAccessible(true);
        value = field.get(value);
      }
    }
    return value;
  }
}
