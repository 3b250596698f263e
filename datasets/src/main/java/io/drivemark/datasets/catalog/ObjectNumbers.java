package io.drivemark.datasets.catalog;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** How a dataset's 16-bit object files tell single objects from regions. */
enum ObjectNumbers {
  /** Class · 1000 + number from 0 for an object, the class alone for a region (Cityscapes, IDD). */
  THOUSANDS("thousands", "class * 1000 + number; a value below 1000 is a region of several"),
  /** Class · 1000 + number from 1 for an object, class · 1000 for a region (KITTI-360). */
  THOUSANDS_FROM_ONE(
      "thousands-from-one", "class * 1000 + number from 1; number 0 is no single object"),
  /** Class · 256 + number from 1 for an object, class · 256 for a region (KITTI 2015). */
  BYTES_FROM_ONE("bytes-from-one", "class * 256 + number from 1; number 0 is no single object"),
  /** The object's number, 0 for none (Virtual KITTI 2). */
  PLAIN("plain", "the object's number; 0 is none"),
  /** Class · 256 + number; objects are where the class has instances (Mapillary Vistas). */
  BYTES("bytes", "class * 256 + number, where the class has objects");

  private static final int THOUSAND = 1000;
  private static final int BYTE = 256;

  private final String word;
  private final String rule;

  ObjectNumbers(String word, String rule) {
    this.word = word;
    this.rule = rule;
  }

  /** What a stored value means, for people. */
  String rule() {
    return rule;
  }

  /** How many object numbers each stored class has; empty where the number does not tell it. */
  OptionalInt divisor() {
    return switch (this) {
      case THOUSANDS, THOUSANDS_FROM_ONE -> OptionalInt.of(THOUSAND);
      case BYTES_FROM_ONE -> OptionalInt.of(BYTE);
      case PLAIN, BYTES -> OptionalInt.empty(); // BYTES: no objects where the truth is void
    };
  }

  /** Whether the class of a pixel has a say in whether it belongs to an object. */
  boolean dependOnClass() {
    return this == BYTES;
  }

  /** All names that a declaration may use. */
  static List<String> words() {
    return Arrays.stream(values()).map(n -> n.word).toList();
  }

  static ObjectNumbers named(String word) {
    return Arrays.stream(values()).filter(n -> n.word.equals(word)).findFirst().orElseThrow();
  }

  /**
   * The object that a stored value stands for; 0 if it is none.
   *
   * @param instances whether the pixel's class has instances
   */
  int object(int value, boolean instances) {
    boolean object =
        switch (this) {
          case THOUSANDS -> value >= THOUSAND;
          case THOUSANDS_FROM_ONE -> value >= THOUSAND && value % THOUSAND != 0;
          case BYTES_FROM_ONE -> value % BYTE != 0;
          case PLAIN -> value > 0;
          case BYTES -> instances;
        };
    // The lowest class's first object is stored as 0 where numbers start from 0.
    return object ? this == BYTES ? value + 1 : value : 0;
  }
}
