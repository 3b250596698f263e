package io.drivemark.reports.board;

import io.drivemark.problem.Counted;
import java.util.List;
import java.util.Locale;

/**
 * How numbers and names are written for people, the same on page, in Markdown and in sentences.
 * Stateless.
 */
public final class Numbers {
  private Numbers() {}

  /** Three figures are enough to choose by: 3.14, 31.4, 314. */
  public static String milliseconds(double ms) {
    return String.format(Locale.ROOT, ms < 9.995 ? "%.2f" : ms < 99.95 ? "%.1f" : "%.0f", ms);
  }

  /** A fraction as percent without its sign, two decimals: {@code 70.10}. */
  public static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.2f", 100 * fraction);
  }

  /** A change as percent with its sign, one decimal: {@code −31.4}. */
  public static String change(double fraction) {
    return signed("%+.1f", 100 * fraction);
  }

  /** A difference of fractions in points with its sign, two decimals: {@code −1.20}. */
  public static String points(double fraction) {
    return signed("%+.2f", 100 * fraction);
  }

  /** A difference of numbers with its sign, three decimals: {@code −0.013}. */
  public static String thousandths(double difference) {
    return signed("%+.3f", difference);
  }

  private static String signed(String format, double value) {
    String text = String.format(Locale.ROOT, format, value);
    return text.matches("[+-]0\\.0+") ? text.substring(1) : text.replace('-', '−');
  }

  /** A p-value with its letter, three decimals: {@code p = 0.031}, {@code p < 0.001}. */
  public static String probability(double p) {
    return p < 0.0005 ? "p < 0.001" : String.format(Locale.ROOT, "p = %.3f", p);
  }

  /** A large count with its unit prefix: 354.5 k, 1.09 G. */
  public static String count(double value) {
    double v = value;
    String[] prefixes = {"", " k", " M", " G", " T"};
    int i = 0;
    while (v >= 999.5 && i < prefixes.length - 1) {
      v /= 1000;
      i++;
    }
    if (i == 0) {
      return String.format(Locale.ROOT, "%.0f", v);
    }
    return String.format(Locale.ROOT, v < 9.995 ? "%.2f" : v < 99.95 ? "%.1f" : "%.0f", v)
        + prefixes[i];
  }

  /** Whole numbers with thin gaps between the thousands: 101 × 172 800. */
  public static String grouped(long value) {
    return String.format(Locale.ROOT, "%,d", value).replace(',', ' ');
  }

  /** The first twelve digits of a digest. */
  public static String shortDigest(String digest) {
    return digest.length() <= 12 ? digest : digest.substring(0, 12);
  }

  /** A number of things: {@code 1 cluster}, {@code 12 clusters}, {@code 2 processes}. */
  public static String counted(int count, String noun) {
    return Counted.of(count, noun);
  }

  /** Names as far as a reader takes them in: {@code a, b, c and 34 more}. */
  public static String names(List<String> names, int most) {
    return names.size() <= most
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, most)) + " and " + (names.size() - most) + " more";
  }
}
