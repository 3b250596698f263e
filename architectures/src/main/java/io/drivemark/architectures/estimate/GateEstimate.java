package io.drivemark.architectures.estimate;

import io.drivemark.eval.metrics.gates.GateVariation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What dynamic pruning of a network would save, as far as that is known before training: if gates
 * did exactly what the target says. Trained gates differ from it. Immutable.
 *
 * @param network its name
 * @param height of the images
 * @param width of them
 * @param frames which ones, for people
 * @param target name of the rule that says which units matter
 * @param unit what one gate switches, as it was asked for
 * @param tiles that each have masks of their own; what "frame" means in the rows' masks
 * @param dense multiply-accumulates of the network without gates
 * @param heads those of the heads
 * @param sites places with gates
 * @param refused why other convolutions have none, by name
 * @param clock what latencies are of; empty if none were predicted
 * @param rows one a ratio, in falling order
 */
public record GateEstimate(
    String network,
    int height,
    int width,
    String frames,
    String target,
    String unit,
    Tiles tiles,
    long dense,
    long heads,
    List<Site> sites,
    Map<String, String> refused,
    Optional<String> clock,
    List<Row> rows) {
  private static final String SCHEMA = "drivemark-gate-estimate/1";

  /**
   * A place with gates.
   *
   * @param units how many
   * @param filters that are switched together; 1 for residual units
   * @param height of the map
   * @param width of the map
   */
  public record Site(String name, int units, int filters, int height, int width) {}

  /**
   * A number of each frame.
   *
   * @param deviation the standard deviation over the frames (n - 1); 0 of one frame
   */
  public record Spread(double mean, double deviation, double least, double most) {
    /** Of one number a frame, at least one. */
    public static Spread of(double[] values) {
      double sum = 0;
      double least = Double.POSITIVE_INFINITY;
      double most = Double.NEGATIVE_INFINITY;
      for (double value : values) {
        sum += value;
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
      double mean = sum / values.length;
      double squares = 0;
      for (double value : values) {
        squares += (value - mean) * (value - mean);
      }
      double deviation = values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1));
      return new Spread(mean, deviation, least, most);
    }

    Map<String, Object> keys() {
      Map<String, Object> keys = new LinkedHashMap<>();
      keys.put("mean", mean);
      keys.put("deviation", deviation);
      keys.put("least", least);
      keys.put("most", most);
      return keys;
    }
  }

  /**
   * What a ratio gives.
   *
   * @param strict what a frame must compute, heads included, as a share of the dense network's
   * @param paper what the authors of arXiv:2110.08232 would count, as such a share
   * @param masks how much they differ between frames
   * @param constant what one mask for all frames would get right
   * @param union what a network would compute that has every unit that is live in some frame, as a
   *     share; strict
   * @param intersection one that has those that are live in every frame
   * @param latency predicted from the times of pieces, heads included and gathering not, as a share
   *     of the dense network's
   * @param bySite what one mask would get right of each site, in order
   */
  public record Row(
      double ratio,
      Spread strict,
      Spread paper,
      GateVariation masks,
      ConstantMask constant,
      double union,
      double intersection,
      OptionalDouble latency,
      List<ConstantMask> bySite) {
    public Row {
      Objects.requireNonNull(latency, "latency");
      bySite = List.copyOf(bySite);
    }

    Map<String, Object> keys() {
      Map<String, Object> keys = new LinkedHashMap<>();
      keys.put("ratio", ratio);
      keys.put("strict", strict.keys());
      keys.put("paper", paper.keys());
      keys.put("live", masks.liveShare());
      keys.put("always", masks.alwaysShare());
      keys.put("never", masks.neverShare());
      keys.put("varying", masks.varyingShare());
      OptionalDouble alike = masks.alike().value();
      keys.put("jaccard", alike.isPresent() ? alike.getAsDouble() : null);
      keys.put("entropy", constant.entropy());
      keys.put("constantRight", constant.right());
      keys.put("union", union);
      keys.put("intersection", intersection);
      keys.put("latency", latency.isPresent() ? latency.getAsDouble() : null);
      List<Map<String, Object>> places = new ArrayList<>();
      for (int i = 0; i < bySite.size(); i++) {
        GateVariation.Site site = masks.sites().get(i);
        Map<String, Object> place = new LinkedHashMap<>();
        place.put("site", site.name());
        place.put("live", (double) site.live() / ((long) masks.frames() * site.units()));
        place.put("varying", (double) site.varying() / site.units());
        place.put("constantRight", bySite.get(i).right());
        places.add(place);
      }
      keys.put("sites", places);
      return keys;
    }
  }

  public GateEstimate {
    sites = List.copyOf(sites);
    refused = Collections.unmodifiableMap(new LinkedHashMap<>(refused));
    rows = List.copyOf(rows);
    Objects.requireNonNull(clock, "clock");
  }

  /** As keys and values of JSON. */
  public Map<String, Object> keys() {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("schema", SCHEMA);
    keys.put("network", network);
    keys.put("size", height + "x" + width);
    keys.put("frames", frames);
    keys.put("target", target);
    keys.put("unit", unit);
    if (!tiles.equals(Tiles.WHOLE)) {
      keys.put("tiles", tiles.toString());
    }
    keys.put("denseMacs", dense);
    keys.put("headMacs", heads);
    List<Map<String, Object>> places = new ArrayList<>();
    for (Site site : sites) {
      Map<String, Object> place = new LinkedHashMap<>();
      place.put("name", site.name());
      place.put("units", site.units());
      place.put("filters", site.filters());
      place.put("map", site.height() + "x" + site.width());
      places.add(place);
    }
    keys.put("sites", places);
    keys.put("refused", refused);
    keys.put("clock", clock.orElse(null));
    keys.put("rows", rows.stream().map(Row::keys).toList());
    return keys;
  }
}
