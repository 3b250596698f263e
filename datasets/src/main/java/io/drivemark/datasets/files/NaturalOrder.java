package io.drivemark.datasets.files;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The order of numbered names: digits in a row are compared as one number, so that {@code f2} comes
 * before {@code f10}; all else, and names that differ in leading zeros alone, as texts. Names of
 * one length are compared as texts throughout: their numbers are padded, or they are no numbers but
 * digits of a hash. Stateless.
 */
public final class NaturalOrder {
  private static final Comparator<String> BY_NUMBERS = NaturalOrder::byNumbers;

  private NaturalOrder() {}

  /** Names in order; as texts where all have one length. */
  public static List<String> sorted(Collection<String> names) {
    return names.stream().sorted(over(names)).toList();
  }

  /** The order of names, of which these are all there are. */
  public static Comparator<String> over(Collection<String> names) {
    return names.stream().mapToInt(String::length).distinct().count() > 1
        ? BY_NUMBERS
        : Comparator.naturalOrder();
  }

  /** Whether a name lies between two others, both included. */
  public static boolean isBetween(String first, String name, String last) {
    Comparator<String> order = over(List.of(first, name, last));
    return order.compare(first, name) <= 0 && order.compare(name, last) <= 0;
  }

  private static int byNumbers(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      if (isDigit(a.charAt(i)) && isDigit(b.charAt(j))) {
        int endA = digits(a, i);
        int endB = digits(b, j);
        int found = numbers(a.substring(i, endA), b.substring(j, endB));
        if (found != 0) {
          return found;
        }
        i = endA;
        j = endB;
      } else if (a.charAt(i) != b.charAt(j)) {
        return Character.compare(a.charAt(i), b.charAt(j));
      } else {
        i++;
        j++;
      }
    }
    int rest = Boolean.compare(i < a.length(), j < b.length());
    return rest != 0 ? rest : a.compareTo(b);
  }

  private static int numbers(String a, String b) {
    String x = withoutZeros(a);
    String y = withoutZeros(b);
    return x.length() != y.length() ? Integer.compare(x.length(), y.length()) : x.compareTo(y);
  }

  private static String withoutZeros(String digits) {
    int first = 0;
    while (first < digits.length() && digits.charAt(first) == '0') {
      first++;
    }
    return digits.substring(first);
  }

  private static int digits(String text, int from) {
    int end = from;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
