package io.drivemark.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 360x480} as a height and a width in pixels. */
final class SizeConverter implements ITypeConverter<SizeConverter.Pixels> {
  private static final Pattern FORM = Pattern.compile("(\\d{1,5})[xX](\\d{1,5})");

  /** Rows and columns. */
  record Pixels(int height, int width) {
    @Override
    public String toString() {
      return height + "x" + width;
    }
  }

  @Override
  public Pixels convert(String text) {
    Matcher match = FORM.matcher(text);
    if (match.matches()) {
      Pixels size = new Pixels(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)));
      if (size.height() > 0 && size.width() > 0) {
        return size;
      }
    }
    throw new TypeConversionException(
        "'" + text + "' is no size: expected HEIGHTxWIDTH in pixels, for example 360x480");
  }
}
