package io.drivemark.datasets.synth;

import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelCoding;
import io.drivemark.datasets.LabelSpace;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The classes of {@code camvid-11} and the indices that the generator draws. */
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

  private static final LabelSpace SPACE =
      new LabelSpace(
          "camvid-11",
          List.of(
              new LabelClass("Sky", 0x808080, "sky", false, false),
              new LabelClass("Building", 0x800000, "construction", false, false),
              new LabelClass("Pole", 0xC0C080, "object", false, false),
              new LabelClass("Road", 0x804080, "flat", false, false),
              new LabelClass("Pavement", 0x3C28DE, "flat", false, false),
              new LabelClass("Tree", 0x808000, "nature", false, false),
              new LabelClass("SignSymbol", 0xC08080, "object", false, false),
              new LabelClass("Fence", 0x404080, "construction", false, false),
              new LabelClass("Car", 0x400080, "vehicle", true, false),
              new LabelClass("Pedestrian", 0x404000, "human", true, true),
              new LabelClass("Bicyclist", 0x0080C0, "human", true, true)));

  private Labels() {}

  static LabelSpace space() {
    return SPACE;
  }

  /** Class indices as they are, 11 or 255 for void. */
  static LabelCoding coding() {
    Map<Integer, Integer> raw = new TreeMap<>();
    for (int i = 0; i < SPACE.size(); i++) {
      raw.put(i, i);
    }
    return new LabelCoding(
        LabelCoding.Kind.INDEX, SPACE, raw, new TreeSet<>(List.of(RAW_VOID, VOID)), false);
  }
}
