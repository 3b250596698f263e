package io.drivemark.datasets.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Draws the folders of a layout as a tree. For one thread. */
final class LayoutTree {
  private static final int COMMENT_COLUMN = 64;

  private final Map<String, LayoutTree> children = new LinkedHashMap<>();
  private String comment = "";

  /** The lines of one layout, root first. */
  static List<String> draw(Layout layout) {
    LayoutTree root = new LayoutTree();
    layout.images().forEach(p -> root.add(p.text(), "photograph"));
    layout.truths().forEach(p -> root.add(p.text(), "labels"));
    layout.instances().forEach(p -> root.add(p.text(), "object numbers"));
    layout.depths().forEach(p -> root.add(p.text(), "distances"));
    layout.rights().forEach(p -> root.add(p.text(), "photograph of the right camera"));
    layout.streams().forEach(p -> root.add(p.text(), "pictures before, without labels"));
    layout.confidences().forEach(p -> root.add(p.text(), "confidences of the labels"));
    layout.cameras().forEach(p -> root.add(p.text(), "the photograph's camera"));
    layout.list().ifPresent(file -> root.add(file, "list of frames, compared where it is there"));
    layout.selection().ifPresent(s -> root.add(s.file(), "list that says which frames count"));
    List<String> out = new ArrayList<>();
    out.add("ROOT/");
    root.draw("", out);
    return out;
  }

  private void add(String path, String what) {
    LayoutTree at = this;
    String[] parts = path.split("/");
    for (int i = 0; i < parts.length; i++) {
      String name = parts[i] + (i < parts.length - 1 ? "/" : "");
      at = at.children.computeIfAbsent(name, k -> new LayoutTree());
    }
    at.comment = at.comment.isEmpty() ? what : at.comment + ", " + what;
  }

  private void draw(String indent, List<String> out) {
    int left = children.size();
    for (Map.Entry<String, LayoutTree> child : children.entrySet()) {
      boolean last = --left == 0;
      String line = indent + (last ? "└─ " : "├─ ") + child.getKey();
      String what = child.getValue().comment;
      out.add(
          what.isEmpty()
              ? line
              : line + " ".repeat(Math.max(2, COMMENT_COLUMN - line.length())) + what);
      child.getValue().draw(indent + (last ? "   " : "│  "), out);
    }
  }
}
