package io.drivemark.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("text")
class NumbersTest {
  @ParameterizedTest
  @CsvSource({
    "0,0",
    "-0,0",
    "+7,7",
    "10,10",
    "-12,-12",
    "2147483647,2147483647",
    "-2147483648,-2147483648"
  })
  void wholeNumbersAreDecimalDigits(String text, int value) {
    assertEquals(OptionalInt.of(value), Numbers.integer(text));
    assertEquals(OptionalLong.of(value), Numbers.whole(text));
  }

  @Test
  void largeWholeNumbersNeed64Bits() {
    assertEquals(OptionalInt.empty(), Numbers.integer("2147483648"));
    assertEquals(OptionalLong.of(2147483648L), Numbers.whole("2147483648"));
    assertEquals(OptionalLong.of(Long.MAX_VALUE), Numbers.whole("9223372036854775807"));
    assertEquals(OptionalLong.of(Long.MIN_VALUE), Numbers.whole("-9223372036854775808"));
    assertEquals(OptionalLong.empty(), Numbers.whole("9223372036854775808"));
    assertEquals(OptionalLong.empty(), Numbers.whole("1".repeat(1000)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1 ",
        "010",
        "00",
        "0x10",
        "0o17",
        "0b1",
        "1_000",
        "1'000",
        "1,000",
        "1:30",
        "1.0",
        "1e3",
        "1L",
        "NaN",
        "Infinity",
        "many",
        "--1",
        "+",
        "\u0661\u0662",
        "\uff11"
      })
  void nothingElseIsAWholeNumber(String text) {
    assertEquals(OptionalInt.empty(), Numbers.integer(text));
    assertEquals(OptionalLong.empty(), Numbers.whole(text));
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "-0,-0.0",
    "1,1",
    "0.25,0.25",
    ".5,0.5",
    "5.,5",
    "1e3,1000",
    "1.5E-2,0.015",
    "+2.5,2.5",
    "-18392.06,-18392.06",
    "0e0,0",
    "0.0e-999,0",
    "4.9e-324,4.9e-324"
  })
  void numbersHaveAPointAndAnExponent(String text, double value) {
    assertEquals(OptionalDouble.of(value), Numbers.real(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "e5",
        "1e",
        "NaN",
        "nan",
        ".nan",
        "Infinity",
        "-Infinity",
        ".inf",
        "1d",
        "1f",
        "1.5F",
        "0x1p3",
        "0x10",
        "1_000.5",
        "010",
        "00.5",
        "1,5",
        "1:30.5",
        "1e999",
        "-1e999",
        "1e-999",
        " 1",
        "1 ",
        "\u0661.5"
      })
  void nothingElseIsANumber(String text) {
    assertEquals(OptionalDouble.empty(), Numbers.real(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "010 | (write 10: a leading zero means octal to other readers)",
        "-007 | (write -7: a leading zero means octal to other readers)",
        "00.5 | (write 0.5)",
        "0x1p3 | (write it with decimal digits)",
        "0o17 | (write it with decimal digits)",
        "1_000 | (write 1000)",
        "1'000'000 | (write 1000000)",
        "1,5 | (write 1.5)",
        "NaN | (it has to be finite)",
        "-.inf | (it has to be finite)",
        "1.5d | (write 1.5)"
      })
  void whatIsANumberElsewhereHasAHint(String text, String hint) {
    assertEquals(" " + hint, Numbers.hint(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "many", "1:30", "1e999", "abcd", "12", "e"})
  void otherTextsHaveNone(String text) {
    assertEquals("", Numbers.hint(text));
  }

  @ParameterizedTest
  @CsvSource({"30.0, 30", "12.5, 12.5", "-1, -1", "0, 0", "1e21, 1000000000000000000000"})
  void numbersAreWrittenAsTheyAreRead(double value, String text) {
    assertEquals(text, Numbers.text(value));
    assertEquals(OptionalDouble.of(value), Numbers.real(text));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void whatIsNotFiniteIsWrittenAsJavaDoes(double value) {
    assertEquals(Double.toString(value), Numbers.text(value));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anyFiniteNumberComesBack(long seed) {
    Random random = new Random(seed);
    for (int n = 0; n < 1000; n++) {
      double value = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(40) - 20);
      String text = Numbers.text(value);
      assertEquals(value, Double.parseDouble(text));
      assertFalse(text.contains("E"), text);
    }
  }
}
