package io.drivemark.datasets.verify;

import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelCoding;
import io.drivemark.datasets.coding.Colors;
import io.drivemark.datasets.image.RawLabels;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * Looks whether the palette of a label file shows values in the colours of other classes than those
 * they are declared as. Only a palette of the classes' own colours says something: those must be at
 * least half of its colours, and at least half of the classes' colours must be there. The palette
 * of Pascal VOC, in which hundreds of colours happen to include CamVid's, says nothing. Stateless.
 */
final class PaletteCheck {
  private static final int ENTRIES = 256;
  private static final int BLACK = 0; // also the colour of classes that declare none
  private static final int GREY = 0x010101;

  private PaletteCheck() {}

  /** The first value that is shown so, and how many more there are; empty if there is none. */
  static Optional<String> contradiction(LabelCoding coding, RawLabels raw) {
    if (coding.kind() != LabelCoding.Kind.INDEX || !raw.isPalette()) {
      return Optional.empty();
    }
    List<LabelClass> classes = coding.space().classes();
    Map<Integer, Set<String>> byColor = new TreeMap<>();
    for (LabelClass c : classes) {
      if (c.color() != BLACK) {
        byColor.computeIfAbsent(c.color(), k -> new HashSet<>()).add(c.name());
      }
    }
    if (!holdsColors(raw, byColor.keySet())) {
      return Optional.empty();
    }
    Map<Integer, Integer> shown = new TreeMap<>();
    coding
        .rawToIndex()
        .forEach(
            (value, index) -> {
              OptionalInt color = raw.paletteColor(value);
              if (color.isPresent()
                  && byColor.containsKey(color.getAsInt())
                  && !byColor.get(color.getAsInt()).contains(classes.get(index).name())) {
                shown.put(value, color.getAsInt());
              }
            });
    return shown.entrySet().stream()
        .findFirst()
        .map(e -> text(coding, e.getKey(), e.getValue(), shown.size() - 1));
  }

  private static boolean holdsColors(RawLabels raw, Set<Integer> ofClasses) {
    Set<Integer> colors = new HashSet<>();
    for (int i = 0; i < ENTRIES; i++) {
      OptionalInt color = raw.paletteColor(i);
      if (color.isPresent() && color.getAsInt() != BLACK && color.getAsInt() != i * GREY) {
        colors.add(color.getAsInt());
      }
    }
    long own = colors.stream().filter(ofClasses::contains).count();
    return own > 0 && 2 * own >= colors.size() && 2 * own >= ofClasses.size();
  }

  private static String text(LabelCoding coding, int value, int color, int more) {
    List<LabelClass> classes = coding.space().classes();
    String other =
        classes.stream().filter(c -> c.color() == color).findFirst().orElseThrow().name();
    return "value "
        + value
        + " is declared as "
        + classes.get(coding.rawToIndex().get(value)).name()
        + ", but has the colour of "
        + other
        + " ("
        + Colors.text(color)
        + ")"
        + (more == 0
            ? ""
            : more == 1 ? "; so has 1 more value" : "; so have " + more + " more values");
  }
}
