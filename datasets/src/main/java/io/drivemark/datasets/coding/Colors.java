package io.drivemark.datasets.coding;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Colours as texts and numbers. Stateless. */
public final class Colors {
  private static final Pattern HEX = Pattern.compile("#([0-9a-fA-F]{6})");
  private static final Pattern DECIMAL =
      Pattern.compile("\\[?\\s*(\\d{1,3})\\s*,\\s*(\\d{1,3})\\s*,\\s*(\\d{1,3})\\s*]?");

  private Colors() {}

  /** Reads {@code 64,128,64} or {@code #408040} as 0xRRGGBB; empty if it is neither. */
  public static OptionalInt parse(String text) {
    Matcher hex = HEX.matcher(text.strip());
    if (hex.matches()) {
      return OptionalInt.of(Integer.parseInt(hex.group(1), 16));
    }
    Matcher decimal = DECIMAL.matcher(text.strip());
    if (!decimal.matches()) {
      return OptionalInt.empty();
    }
    int color = 0;
    for (int i = 1; i <= 3; i++) {
      int part = Integer.parseInt(decimal.group(i));
      if (part > 255) {
        return OptionalInt.empty();
      }
      color = color << 8 | part;
    }
    return OptionalInt.of(color);
  }

  /** Writes 0x408040 as {@code 64,128,64}. */
  public static String text(int color) {
    return (color >> 16 & 0xFF) + "," + (color >> 8 & 0xFF) + "," + (color & 0xFF);
  }
}
