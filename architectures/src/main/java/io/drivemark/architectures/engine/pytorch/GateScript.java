package io.drivemark.architectures.engine.pytorch;

import io.drivemark.architectures.engine.pytorch.GateError.Mass;
import io.drivemark.architectures.engine.pytorch.GateError.Site;
import io.drivemark.architectures.engine.pytorch.GateError.Uniform;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes the lines of a {@link GateError}. After them {@code gate_logits} are the logits of all
 * sites, [N, U], and {@code gate_targets} what they should say; of a rule that is decided in Java
 * there are {@code gate_responses} instead, float64 [N, U]. All is computed in float64 and summed
 * in the order of Java's rules, so that both say the same. Stateless.
 */
final class GateScript {
  /** The value of the script that has the logits. */
  static final String LOGITS = "gate_logits";

  /** The value of the script that has the targets. */
  static final String TARGETS = "gate_targets";

  /** The value of the script that has the loss. */
  static final String VALUE = "gate_loss";

  /** The value of the script that has the responses of a rule that is decided in Java. */
  static final String RESPONSES = "gate_responses";

  private static final int FLOAT = 6;
  private static final int DOUBLE = 7;
  private static final double DELTA = 1e-5;

  private GateScript() {}

  /** Writes all lines and returns the term's value. */
  static String write(GateError term, LossWriter writer) {
    logits(term, writer);
    List<Site> sites = term.sites();
    String residual = residual(term, writer);
    List<String> targets = new ArrayList<>();
    int place = 0;
    for (int i = 0; i < sites.size(); i++) {
      Site site = sites.get(i);
      if (site.residual()) {
        targets.add("torch.slice(" + residual + ", 1, " + place + ", " + ++place + ")");
      } else {
        String units = "gate_u" + i;
        writer.line(units, units(filters(site, writer), site, writer));
        targets.add(target(term, writer, units, "gate_t" + i, site.units()));
      }
    }
    writer.line(TARGETS, "torch.to(" + joined(targets) + ", " + FLOAT + ")");
    writer.lines(loss(term, writer.images()));
    return VALUE;
  }

  /** The lines from logits and targets to the term's value, {@value #VALUE}. */
  static String loss(GateError term, int images) {
    return "    gate_sum = torch.binary_cross_entropy_with_logits("
        + LOGITS
        + ", "
        + TARGETS
        + ", None, None, 2)\n    "
        + VALUE
        + " = torch.mul(torch.div(gate_sum, "
        + term.divisor(images)
        + ".), torch.select("
        + GateError.FACTOR
        + ", 0, 0))\n";
  }

  /** Writes logits and responses alone. */
  static void writeResponses(GateError term, LossWriter writer) {
    logits(term, writer);
    List<String> all = new ArrayList<>();
    for (Site site : term.sites()) {
      all.add(site.residual() ? change(site, writer) : units(filters(site, writer), site, writer));
    }
    writer.line(RESPONSES, joined(all));
  }

  private static void logits(GateError term, LossWriter writer) {
    List<String> logits = new ArrayList<>();
    for (Site site : term.sites()) {
      if (writer.channels(site.logits()) != site.units()) {
        throw new IllegalArgumentException(
            "gate error: site "
                + site.name()
                + " has "
                + site.units()
                + " units, its logits "
                + writer.channels(site.logits()));
      }
      logits.add(
          "torch.reshape("
              + writer.expression(site.logits())
              + ", ["
              + writer.images()
              + ", "
              + site.units()
              + "])");
    }
    writer.line(LOGITS, joined(logits));
  }

  private static String joined(List<String> parts) {
    return parts.size() == 1 ? parts.get(0) : "torch.cat([" + String.join(", ", parts) + "], 1)";
  }

  /** The target of all residual units together, [N, their number]; empty if there are none. */
  private static String residual(GateError term, LossWriter writer) {
    List<String> changes =
        term.sites().stream().filter(Site::residual).map(s -> change(s, writer)).toList();
    if (changes.isEmpty()) {
      return "";
    }
    writer.line("gate_u", joined(changes));
    return target(term, writer, "gate_u", "gate_t", changes.size());
  }

  /** [N, C] in float64. */
  private static String filters(Site site, LossWriter writer) {
    if (writer.channels(site.tap()) != site.unitOfChannel().size()) {
      throw new IllegalArgumentException(
          "gate error: site "
              + site.name()
              + " has units of "
              + site.unitOfChannel().size()
              + " channels, its tap "
              + writer.channels(site.tap()));
    }
    return "torch.to(torch.amax(torch.abs(torch.detach("
        + writer.expression(site.tap())
        + ")), [2, 3], False), "
        + DOUBLE
        + ")";
  }

  /** [N, 1] in float64. */
  private static String change(Site site, LossWriter writer) {
    String exit = "torch.detach(" + writer.expression(site.tap()) + ")";
    String entry = "torch.detach(" + writer.expression(site.entry().orElseThrow()) + ")";
    return "torch.reshape(torch.div("
        + mean("torch.sub(" + exit + ", " + entry + ")")
        + ", torch.clamp_min("
        + mean(entry)
        + ", "
        + literal(GateError.LEAST_ENTRY)
        + ")), ["
        + writer.images()
        + ", 1])";
  }

  private static String mean(String map) {
    return "torch.mean(torch.to(torch.abs(" + map + "), " + DOUBLE + "), [1, 2, 3], False)";
  }

  /** Sums of the responses of each unit, in the channels' order. */
  private static String units(String filters, Site site, LossWriter writer) {
    int units = site.units();
    List<Integer> single = IntStream.range(0, units).boxed().toList();
    if (site.unitOfChannel().equals(single)) {
      return filters;
    }
    String places =
        site.unitOfChannel().stream().map(String::valueOf).collect(Collectors.joining(", "));
    return "torch.index_add(torch.zeros(["
        + writer.images()
        + ", "
        + units
        + "], dtype="
        + DOUBLE
        + "), 1, torch.tensor(["
        + places
        + "], dtype=4), "
        + filters
        + ")";
  }

  /** Writes the rule for responses [N, U] and returns the target [N, U]. */
  private static String target(
      GateError term, LossWriter writer, String units, String name, int count) {
    if (term.rule() instanceof Mass mass && mass.ratio() < 0) {
      writer.line(name, "torch.ones_like(" + units + ")");
      return name;
    }
    String order = name + "_order";
    String sorted = name + "_sorted";
    String all = name + "_all";
    String kept = name + "_kept";
    writer.line(order, "torch.sort(" + units + ", stable=True, dim=1, descending=True)[1]");
    writer.line(sorted, "torch.gather(" + units + ", 1, " + order + ")");
    writer.line(
        all, "torch.slice(torch.cumsum(" + units + ", 1), 1, " + (count - 1) + ", " + count + ")");
    writer.line(kept, "torch.to(" + rule(term, sorted, all, count) + ", " + DOUBLE + ")");
    String first = "torch.ones([" + writer.images() + ", 1], dtype=" + DOUBLE + ")";
    String ranked =
        count == 1
            ? first
            : "torch.cat([" + first + ", torch.slice(" + kept + ", 1, 1, " + count + ")], 1)";
    writer.line(
        name,
        "torch.where(torch.eq("
            + all
            + ", 0.), torch.ones_like("
            + units
            + "), torch.scatter(torch.zeros_like("
            + units
            + "), 1, "
            + order
            + ", "
            + ranked
            + "))");
    return name;
  }

  /** Whether the units, the strongest first, are kept. */
  private static String rule(GateError term, String sorted, String all, int count) {
    if (term.rule() instanceof Mass mass) {
      String masses = "torch.div(" + sorted + ", " + all + ")";
      return mass.ratio() == 1
          ? "torch.gt(" + masses + ", " + literal(DELTA) + ")"
          : "torch.le(torch.sub(torch.cumsum("
              + masses
              + ", 1), "
              + mass.ratio()
              + "), "
              + literal(DELTA)
              + ")";
    }
    int most = count - (int) (((Uniform) term.rule()).dropRatio() * count);
    String ranks =
        IntStream.range(0, count)
            .mapToObj(rank -> rank < most ? "1." : "0.")
            .collect(Collectors.joining(", "));
    return "torch.mul(torch.to(torch.gt("
        + sorted
        + ", "
        + literal(DELTA)
        + "), "
        + DOUBLE
        + "), torch.tensor([["
        + ranks
        + "]], dtype="
        + DOUBLE
        + "))";
  }

  /** A small number as PyTorch reads it. */
  private static String literal(double number) {
    return String.format(Locale.ROOT, "%.1e", number);
  }
}
