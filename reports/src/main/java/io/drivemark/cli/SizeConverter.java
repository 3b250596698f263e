package io.drivemark.cli;

import io.drivemark.architectures.model.ModelSpec.Size;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 360x480} as a height and a width in pixels. */
final class SizeConverter implements ITypeConverter<Size> {
  private static final Pattern FORM = Pattern.compile("(\\d{1,5})[xX](\\d{1,5})");

  @Override
  public Size convert(String text) {
    Matcher match = FORM.matcher(text);
    if (match.matches()) {
      int height = Integer.parseInt(match.group(1));
      int width = Integer.parseInt(match.group(2));
      if (height > 0 && width > 0) {
        return new Size(height, width);
      }
    }
    throw new TypeConversionException(
        "'" + text + "' is no size: expected HEIGHTxWIDTH in pixels, for example 360x480");
  }
}
