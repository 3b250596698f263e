package io.drivemark.datasets.truth;

import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;

/** Takes object numbers away where a pixel's class has no single objects. Stateless. */
final class SingleObjects {
  private SingleObjects() {}

  static void keep(int[] objects, LabelMap truth) {
    LabelSpace space = truth.space();
    boolean[] counted = new boolean[LabelSpace.VOID + 1];
    for (int i = 0; i < space.size(); i++) {
      counted[i] = space.classes().get(i).instances();
    }
    byte[] labels = truth.pixels();
    for (int i = 0; i < objects.length; i++) {
      objects[i] = counted[labels[i] & 0xFF] ? objects[i] : 0;
    }
  }
}
