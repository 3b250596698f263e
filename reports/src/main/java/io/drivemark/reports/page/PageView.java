package io.drivemark.reports.page;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything the page's template shows, ready to be written. Immutable.
 *
 * @param measured when, in words
 * @param boards one a dataset and protocol
 * @param notices what is missing or not met, most important first
 * @param environment fact → value
 * @param methods number → how it was made, one way a line
 * @param models what is known of each model
 * @param study the resolved study
 * @param style the page's CSS
 * @param charts the chart library
 * @param script the page's own script
 * @param data what the charts show, as JSON
 */
record PageView(
    String measured,
    List<BoardView> boards,
    List<ReachView> reaches,
    List<Notice> notices,
    Map<String, String> environment,
    Map<String, List<String>> methods,
    List<ModelView> models,
    String study,
    String style,
    String charts,
    String script,
    String data) {

  /** Something to look at: what, and which entries it concerns. */
  record Notice(String text, String where) {}

  /** What is known of a model: fact → value; its sheet, where the record has one. */
  record ModelView(
      String name,
      Map<String, String> facts,
      Map<String, String> reading,
      List<String> notes,
      Optional<SheetView> sheet) {}

  /** One board: advice, tables, gallery. */
  record BoardView(
      String id,
      String name,
      String counts,
      String headline,
      String explanation,
      List<StepView> steps,
      List<String> certain,
      String protocol,
      String tieRule,
      String intervals,
      List<Key> architectures,
      List<Key> engines,
      MeasureView measure,
      RoadView road,
      List<Notice> notes,
      TableView models,
      TableView classes,
      TableView slices,
      List<TableView> figureSlices,
      TableView diagnosis,
      TableView metres,
      List<TableView> bands,
      List<String> people,
      TableView variants,
      List<DecisionView> decisions,
      List<FamilyView> families,
      List<DynamicView> dynamics,
      Optional<RobustView> robust,
      OperatorsView operators,
      List<PublishedView> published,
      List<Key> legend,
      List<FrameView> frames,
      List<FrameView> worstFrames,
      boolean hasRated,
      boolean hasSpeed,
      boolean hasCost) {}

  /**
   * A step of the ladder of time budgets; the bar's length is the budget's share of the largest.
   */
  record StepView(
      String from,
      String label,
      String color,
      String accuracy,
      String fps,
      String ties,
      String bar) {}

  /** What one rule decides: its heading, what it is about, a row a decision. */
  record DecisionView(String title, String about, TableView table) {}

  /** A name with its colour or symbol. */
  record Key(String name, String value) {}

  /** A table that can be sorted. */
  record TableView(String caption, List<Head> heads, List<Row> rows) {}

  /** A column's heading, a note below it or nothing; some columns have no room on paper. */
  record Head(
      String title,
      String note,
      String meaning,
      boolean number,
      boolean descendingFirst,
      boolean screenOnly) {}

  /** A row; the first cell is its heading; a variant's stands below its parent's. */
  record Row(
      boolean front,
      boolean incomplete,
      boolean noted,
      boolean variant,
      String color,
      List<Cell> cells) {
    Row asVariant() {
      return new Row(front, incomplete, noted, true, color, cells);
    }
  }

  /** A cell: text, what it is sorted by, a background colour or nothing, a remark or nothing. */
  record Cell(
      String text, String sort, boolean number, String heat, String remark, boolean screenOnly) {}

  /** The variants of one network: sentences about all, then each. */
  record FamilyView(
      String parent,
      List<String> remarks,
      List<String> verdicts,
      List<VariantView> variants,
      boolean hasLayers) {}

  /**
   * One variant: in a word how it was made, what is left of what, and of which layer; layers left
   * with one filter; the layers as a table.
   */
  record VariantView(
      String label,
      String color,
      String made,
      String accuracy,
      List<Kept> kept,
      List<PartView> parts,
      String layers,
      String removed,
      String single,
      List<LayerRow> table) {}

  /** A layer in words: its part, filters left, filters before, per cent, a style or nothing. */
  record LayerRow(String name, String part, int left, int of, String percent, String style) {}

  /** What is left of a quantity: its name, in words, and the bar's length. */
  record Kept(String name, String text, String bar) {}

  /** Layers of the encoder or the decoder; grows by their number. */
  record PartView(String name, String text, int grow, List<LayerView> layers) {}

  /** A layer: height of its outline, share that is left, whether it is gone. */
  record LayerView(String title, String height, String fill, boolean gone) {}

  /** Where the time goes: kinds of operators with their colours, each model. */
  record OperatorsView(List<Key> kinds, List<ProfileView> profiles) {}

  /** A model's time and multiply-accumulates by kind, and the operators that take most time. */
  record ProfileView(
      String label,
      List<String> sentences,
      List<Segment> time,
      List<Segment> macs,
      List<OperatorView> top,
      int count) {}

  /** A part of a stacked bar. */
  record Segment(String title, String text, String width, String color) {}

  /** An operator with its shares. */
  record OperatorView(String name, String kind, String time, String macs) {}

  /** What random pruning of a network reaches. */
  record ReachView(String model, String conditions, List<String> sentences) {}

  /** One gallery frame. */
  record FrameView(String id, String image, String truth, List<PredictionView> predictions) {}

  /** What one model made of a gallery frame. */
  record PredictionView(String label, String figure, String prediction, String error) {}
}
