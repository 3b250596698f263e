package io.drivemark.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class OneLineTest {
  @Test
  void whatEndsALineOrMovesTheCursorIsABlank() {
    assertEquals("a b", OneLine.of("a\r\nb"));
    assertEquals("a b", OneLine.of("a\u2028\u2029b"));
    assertEquals("a [2Jb", OneLine.of("a\u001b[2Jb"));
    assertEquals("a 2Jb", OneLine.of("a\u009b2Jb"), "C1: one sign that begins a sequence");
    assertEquals("a b", OneLine.of("a\u0085b"), "next line");
    assertEquals("a b", OneLine.of("a\u0000\u007f\tb"));
  }

  @Test
  void whatTurnsTheDirectionOrIsHalfACharacterIsABlank() {
    assertEquals("a b", OneLine.of("a\u202e\u2066b"));
    assertEquals("a b", OneLine.of("a\ud83db"));
    assertEquals("a b", OneLine.of("a\ufeff\uffffb"));
    assertEquals("a \ud83d\ude97 ü 車", OneLine.of("a \ud83d\ude97 ü 車"), "whole ones stay");
  }

  @Test
  void lengthCountsCharactersAndCutsNoneInHalf() {
    assertEquals("abc", OneLine.of("\nabc\n", 3));
    assertEquals("ab…", OneLine.of("abcd", 3));
    assertEquals("\ud83d\ude97…", OneLine.of("\ud83d\ude97\ud83d\ude97\ud83d\ude97", 2));
  }

  @Test
  void linesOfATextStayLines() {
    assertEquals("a:\n  b c", OneLine.each("a:\n  b\u001bc\n"));
    assertEquals("", OneLine.each(""));
  }
}
