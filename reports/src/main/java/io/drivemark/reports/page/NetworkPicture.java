package io.drivemark.reports.page;

import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.sheet.Outline;
import io.drivemark.architectures.sheet.Outline.Block;
import io.drivemark.architectures.sheet.Outline.Kind;
import io.drivemark.architectures.sheet.Outline.Link;
import io.drivemark.reports.board.Numbers;
import java.util.Locale;

/**
 * A network's outline as SVG, in the page's colours: a row for each extent, blocks as high as they
 * have channels and as dark as they have multiply-accumulates, skip connections apart. Stateless.
 */
final class NetworkPicture {
  private static final int LETTERS = 12;

  /** How far a picture may be scaled down before it has to be scrolled. */
  private static final double SMALLEST = 0.78;

  private NetworkPicture() {}

  /** The picture; all its texts are escaped. */
  static String svg(String name, Outline outline) {
    PictureLayout layout = new PictureLayout(outline);
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "<svg class=\"graph\" viewBox=\"0 0 %1$d %2$d\""
                + " style=\"max-width:%1$dpx;min-width:%5$dpx\" role=\"img\" aria-label=\"Graph of %3$s in %4$d blocks\">",
            layout.totalWidth(),
            layout.totalHeight(),
            escape(name),
            outline.blocks().size(),
            Math.round(SMALLEST * layout.totalWidth())));
    rows(out, layout);
    for (Link link : outline.links()) {
      out.append("<path class=\"")
          .append(layout.skips(link) ? "skip" : "step")
          .append("\" d=\"")
          .append(path(layout, link))
          .append("\"/>");
    }
    long most = outline.blocks().stream().mapToLong(Block::macs).max().orElse(0);
    long all = outline.blocks().stream().mapToLong(Block::macs).sum();
    for (int i = 0; i < outline.blocks().size(); i++) {
      block(out, layout, i, outline.blocks().get(i), most, all);
    }
    ends(out, layout, outline);
    return out.append("</svg>").toString();
  }

  private static void rows(StringBuilder out, PictureLayout layout) {
    for (int r = 0; r < layout.rowCount(); r++) {
      int y = layout.rowCentre(r);
      out.append(
          String.format(
              Locale.ROOT,
              "<line class=\"row\" x1=\"60\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>"
                  + "<text class=\"extent\" x=\"0\" y=\"%d\">%s</text>",
              layout.totalWidth(),
              y,
              y,
              y + 4,
              layout.rowName(r)));
    }
  }

  /** From the right side of one block to the left of another, around what stands between. */
  private static String path(PictureLayout at, Link link) {
    int x1 = at.right(link.from());
    int y1 = at.centre(link.from());
    int x2 = at.left(link.to());
    int y2 = at.centre(link.to());
    if (y1 == y2 && at.free(link.from(), link)) {
      return "M" + x1 + " " + y1 + "H" + x2;
    }
    if (y1 == y2) {
      int top1 = y1 - at.half(link.from());
      int top2 = y2 - at.half(link.to());
      int up = Math.min(top1, top2) - Math.min(30, 12 + (x2 - x1) / 14);
      return "M"
          + at.middle(link.from())
          + " "
          + top1
          + "C"
          + at.middle(link.from())
          + " "
          + up
          + " "
          + at.middle(link.to())
          + " "
          + up
          + " "
          + at.middle(link.to())
          + " "
          + top2;
    }
    int bend = Math.min(44, Math.max(14, x2 - x1));
    if (at.free(link.from(), link)) {
      return "M" + x1 + " " + y1 + "H" + (x2 - bend) + curve(x2 - bend, y1, x2, y2);
    }
    if (at.free(link.to(), link)) {
      return "M" + x1 + " " + y1 + curve(x1, y1, x1 + bend, y2) + "H" + x2;
    }
    return "M" + x1 + " " + y1 + curve(x1, y1, x2, y2);
  }

  private static String curve(int x1, int y1, int x2, int y2) {
    int half = (x1 + x2) / 2;
    return "C" + half + " " + y1 + " " + half + " " + y2 + " " + x2 + " " + y2;
  }

  private static void block(
      StringBuilder out, PictureLayout at, int index, Block block, long most, long all) {
    int x = at.left(index);
    int y = at.centre(index);
    int half = at.half(index);
    String kind = block.kind().name().toLowerCase(Locale.ROOT);
    out.append("<g class=\"").append(kind).append("\"><title>");
    out.append(escape(title(block, all))).append("</title>");
    if (block.kind() == Kind.JOIN || block.kind() == Kind.POOL || block.kind() == Kind.RESIZE) {
      out.append(
          String.format(
              Locale.ROOT,
              "<circle cx=\"%d\" cy=\"%d\" r=\"%d\"/><text x=\"%d\" y=\"%d\">%s</text></g>",
              at.middle(index),
              y,
              half,
              at.middle(index),
              y + 4,
              sign(block)));
      return;
    }
    double shade = most == 0 ? 0 : 0.06 + 0.44 * block.macs() / most;
    out.append(
        String.format(
            Locale.ROOT,
            "<rect class=\"under\" x=\"%1$d\" y=\"%2$d\" width=\"%3$d\" height=\"%4$d\" rx=\"4\"/>"
                + "<rect x=\"%1$d\" y=\"%2$d\" width=\"%3$d\" height=\"%4$d\" rx=\"4\""
                + " fill-opacity=\"%5$.2f\"/>",
            x,
            y - half,
            at.width(index),
            2 * half,
            block.kind() == Kind.IMAGE ? 0 : shade));
    out.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%1$d\" y=\"%2$d\">%3$s</text><text class=\"name\" x=\"%1$d\" y=\"%4$d\">%5$s"
                + "</text></g>",
            at.middle(index),
            y + 4,
            inside(block),
            y + half + 12,
            escape(shortened(block.name()))));
  }

  private static String inside(Block block) {
    String channels = channels(block.shape());
    return block.repeats() > 1
        ? channels + "<tspan class=\"times\"> ×" + block.repeats() + "</tspan>"
        : channels;
  }

  private static String channels(Shape shape) {
    return shape.isKnown() && shape.rank() == 4 ? Integer.toString(shape.channels()) : "?";
  }

  private static String sign(Block block) {
    return switch (block.kind()) {
      case POOL -> "↓";
      case RESIZE -> "↑";
      default -> block.operators().contains("Concat") ? "‖" : "+";
    };
  }

  private static String title(Block block, long all) {
    StringBuilder text = new StringBuilder(block.name());
    text.append(": ").append(block.shape());
    if (!block.operators().isEmpty()) {
      text.append("; ").append(block.operators());
    }
    if (block.parameters() > 0) {
      text.append("; ").append(Numbers.count(block.parameters())).append(" parameters");
    }
    if (block.macs() > 0) {
      text.append("; ").append(Numbers.count(block.macs())).append(" MACs");
      text.append(String.format(Locale.ROOT, ", %.0f %% of all", 100.0 * block.macs() / all));
    }
    return text.toString();
  }

  /** The part of a name that tells most: its end, without what all of its branch share. */
  private static String shortened(String name) {
    String text = name;
    while (text.length() > LETTERS && text.indexOf('.') >= 0 && !text.contains(" … ")) {
      text = text.substring(text.indexOf('.') + 1);
    }
    return text.length() <= LETTERS ? text : text.substring(0, LETTERS - 1) + "…";
  }

  /** An arrow out of every block that nothing reads. */
  private static void ends(StringBuilder out, PictureLayout at, Outline outline) {
    for (int i = 0; i < outline.blocks().size(); i++) {
      int block = i;
      if (outline.links().stream().noneMatch(l -> l.from() == block)) {
        int x = at.right(i);
        int y = at.centre(i);
        out.append(
            String.format(
                Locale.ROOT,
                "<path class=\"step\" d=\"M%d %dh18\"/><path class=\"head\" d=\"M%d %dl-7 -4v8z\"/>",
                x,
                y,
                x + 22,
                y));
      }
    }
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
