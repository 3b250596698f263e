package io.drivemark.architectures.head;

import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.config.ConfigMap;
import io.drivemark.problem.BadInputException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which parts of a network an image switched on: one number a unit, 1 = live, 0 = not, of all sites
 * one behind the other. Decoded to {@link LiveUnits}; another number is an error.
 *
 * @param sites where units are switched, in the order of the output's numbers
 */
public record GatesHead(List<Site> sites) implements HeadKind {
  /** The word of model files. */
  public static final String TYPE = "gates";

  /**
   * One place with its units: the filters of a layer, blocks of them, or residual units.
   *
   * @param name of the layer, for example
   * @param units how many, at least 1
   */
  public record Site(String name, int units) {
    public Site {
      if (name.isEmpty() || units < 1) {
        throw new IllegalArgumentException("site '" + name + "' of " + units + " units");
      }
    }
  }

  /** Reads them: {@code {sites: [{name: conv1, units: 64}, {name: conv2, units: 64}]}}. */
  public static final class Type implements HeadType {
    @Override
    public String name() {
      return TYPE;
    }

    @Override
    public HeadKind read(ConfigMap keys, Path folder) {
      List<Site> sites = new ArrayList<>();
      Set<String> names = new HashSet<>();
      for (ConfigMap entry : keys.maps("sites", "name")) {
        String name = entry.string("name");
        int units = entry.integer("units");
        if (!name.isEmpty() && !names.add(name)) {
          entry.problem("name", "a second site is called " + name);
        } else if (entry.has("units") && units < 1) {
          entry.problem("units", "found " + units + ", expected at least 1");
        } else if (!name.isEmpty() && units >= 1) {
          sites.add(new Site(name, units));
        }
      }
      if (!keys.has("sites")) {
        keys.problem(
            "sites",
            "is missing: the places that are switched in the output's order, for example"
                + " [{name: conv1, units: 64}]");
      }
      return new GatesHead(sites.isEmpty() ? List.of(new Site("?", 1)) : sites);
    }
  }

  public GatesHead {
    sites = List.copyOf(sites);
    if (sites.isEmpty() || sites.stream().map(Site::name).distinct().count() < sites.size()) {
      throw new IllegalArgumentException("sites of gates: " + sites);
    }
  }

  /** Units of all sites together. */
  public int units() {
    return sites.stream().mapToInt(Site::units).reduce(0, Math::addExact);
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String description() {
    return "gates of " + sites.size() + " sites, " + units() + " units";
  }

  @Override
  public Map<String, Object> keys() {
    List<Map<String, Object>> entries = new ArrayList<>();
    for (Site site : sites) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", site.name());
      entry.put("units", site.units());
      entries.add(entry);
    }
    return Map.of("sites", entries);
  }

  @Override
  public Optional<String> misfit(Shape shape) {
    return !shape.isKnown() || shape.elements() == units()
        ? Optional.empty()
        : Optional.of(
            "is "
                + shape
                + ", "
                + shape.elements()
                + " numbers, expected one for each of the "
                + units()
                + " units of "
                + sites.size()
                + " sites");
  }

  @Override
  public HeadDecoder<LiveUnits> decoder(HeadSite site) {
    return new Decoder(this, site);
  }

  private record Decoder(GatesHead head, HeadSite site) implements HeadDecoder<LiveUnits> {
    @Override
    public Class<LiveUnits> decodesTo() {
      return LiveUnits.class;
    }

    @Override
    public Shape buffer() {
      return site.output();
    }

    @Override
    public LiveUnits decode(FloatBuffer output, int height, int width, int threads) {
      FloatBuffer values = output.duplicate().clear();
      Map<Site, BitSet> live = new LinkedHashMap<>();
      int at = 0;
      for (Site place : head.sites()) {
        BitSet bits = new BitSet(place.units());
        for (int unit = 0; unit < place.units(); unit++) {
          float value = values.get(at++);
          if (value != 0 && value != 1 || Float.isNaN(value)) {
            throw new BadInputException(
                site.subject()
                    + ": unit "
                    + unit
                    + " of site "
                    + place.name()
                    + " is "
                    + value
                    + ", expected 0 or 1; give the output behind the step that switches");
          }
          bits.set(unit, value == 1);
        }
        live.put(place, bits);
      }
      return new LiveUnits(live);
    }
  }
}
