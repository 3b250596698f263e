package io.drivemark.datasets.synth;

import io.drivemark.datasets.LabelCoding;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.catalog.LabelSpaces;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The class indices of {@code camvid-11}, which are what the generator draws. */
final class Labels {
  static final int SKY = 0;
  static final int BUILDING = 1;
  static final int POLE = 2;
  static final int ROAD = 3;
  static final int PAVEMENT = 4;
  static final int TREE = 5;
  static final int SIGN = 6;
  static final int FENCE = 7;
  static final int CAR = 8;
  static final int PEDESTRIAN = 9;
  static final int BICYCLIST = 10;
  static final int VOID = LabelSpace.VOID;

  /** What label files hold for void, as CamVid's do. */
  private static final int RAW_VOID = 11;

  private Labels() {}

  static LabelSpace space() {
    return LabelSpaces.named("camvid-11");
  }

  static List<String> drivable() {
    return LabelSpaces.drivable("camvid-11", Path.of(""));
  }

  /** Class indices as they are, 11 or 255 for void. */
  static LabelCoding coding(LabelSpace space) {
    Map<Integer, Integer> raw = new TreeMap<>();
    for (int i = 0; i < space.size(); i++) {
      raw.put(i, i);
    }
    return new LabelCoding(
        LabelCoding.Kind.INDEX, space, raw, new TreeSet<>(List.of(RAW_VOID, VOID)), false);
  }
}
