package io.drivemark.reports.page;

import io.drivemark.architectures.sheet.NetworkSheet;
import io.drivemark.architectures.sheet.NetworkSheet.AtSize;
import io.drivemark.architectures.sheet.NetworkSheet.Figures;
import io.drivemark.architectures.sheet.Obstacle;
import io.drivemark.reports.board.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A network's sheet, ready to be written. Immutable.
 *
 * @param params learned values, those of training apart where there are more
 * @param operators how many nodes
 * @param sizes a row for each image size
 * @param obstacles foreign operators and what they stop, a sentence each
 * @param drawnAt the image size of the picture
 * @param picture SVG, or nothing
 */
record SheetView(
    String params,
    String operators,
    List<SizeView> sizes,
    List<String> obstacles,
    String drawnAt,
    String picture) {

  /** One row: what the network takes at a size, or why it cannot take it. */
  record SizeView(
      String size, String macs, String all, String peak, String field, String refusal) {}

  static SheetView of(String name, NetworkSheet sheet) {
    String params = sheet.hidesParameters() ? "not known" : Numbers.grouped(sheet.parameters());
    if (sheet.trainingParameters() > sheet.parameters()) {
      params += ", " + Numbers.grouped(sheet.trainingParameters()) + " in training";
    }
    if (!Set.of("fp32", "unknown").contains(sheet.precision())) {
      params += ", stored as " + sheet.precision();
    }
    List<SizeView> sizes = new ArrayList<>();
    for (AtSize at : sheet.sizes()) {
      sizes.add(
          at.figures()
              .map(f -> size(at, f))
              .orElseGet(() -> new SizeView(at.size().toString(), "", "", "", "", at.refusal())));
    }
    return new SheetView(
        params,
        Numbers.grouped(sheet.operators()),
        sizes,
        sheet.obstacles().stream().map(Obstacle::sentence).toList(),
        sheet.drawnAt().toString(),
        sheet.outline().map(outline -> NetworkPicture.svg(name, outline)).orElse(""));
  }

  private static SizeView size(AtSize at, Figures f) {
    String least = f.exact() ? "" : "≥ ";
    return new SizeView(
        at.size().toString(),
        least + Numbers.count(f.macs()),
        least + mebibytes(f.activationBytes()),
        least + mebibytes(f.peakActivationBytes()),
        f.receptiveField(),
        "");
  }

  private static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
  }
}
