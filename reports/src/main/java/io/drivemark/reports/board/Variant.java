package io.drivemark.reports.board;

import io.drivemark.eval.decide.FamilyVerdicts;
import io.drivemark.eval.decide.LatencyScale;
import io.drivemark.eval.decide.PairedDifference;
import io.drivemark.eval.decide.Timing;
import io.drivemark.eval.decide.VariantCandidate;
import io.drivemark.eval.runner.record.Cost;
import io.drivemark.eval.runner.record.Lineage;
import io.drivemark.eval.runner.record.MiouDifference;
import io.drivemark.eval.runner.record.ModelFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pruned contender beside the one it was pruned from, on the same engine at the same size.
 * Changes are relative: −0.4 is 40 % less than the parent's. Immutable.
 *
 * @param contender the pruned one
 * @param parent the one it was pruned from; empty if the study does not have it
 */
public record Variant(Contender contender, Optional<Contender> parent) {
  /** Less saved than this share of multiply-accumulates and the clock has nothing to follow. */
  private static final double LEAST_SAVING = 0.02;

  private static final Pattern SHARE = Pattern.compile("[0-9]{1,3}\\.[0-9]{1,9}");
  private static final Pattern SCOPE = Pattern.compile("scope ([a-z]+)");

  public Variant {
    Objects.requireNonNull(contender, "contender");
    Objects.requireNonNull(parent, "parent");
  }

  /** Its label where its parent stands beside it: without the parent's name at the front. */
  public String shortLabel() {
    String prefix = contender.entry().model().parent().orElse("") + "-";
    return parent.isPresent() && contender.label().startsWith(prefix)
        ? contender.label().substring(prefix.length())
        : contender.label();
  }

  /** Whether anything was removed; the parent trained further is a control. */
  public boolean isPruned() {
    return !contender.entry().model().technique().equals("dense");
  }

  /** Its pruning recipe, for sentences: {@code filter, l1}, and what differs from the usual. */
  public String recipe() {
    ModelFacts model = contender.entry().model();
    List<String> words = new ArrayList<>();
    words.add(model.technique());
    model.criterion().ifPresent(words::add);
    Matcher scope = SCOPE.matcher(lineage().map(Lineage::goal).orElse(""));
    if (scope.find() && !scope.group(1).equals("layer")) {
      words.add("scope " + scope.group(1));
    }
    String rounds = model.provenance().getOrDefault("prune-rounds", "1");
    if (!rounds.equals("1")) {
      words.add("in " + rounds + " rounds");
    }
    if (isFromScratch()) {
      words.add("random weights");
    }
    if (isDistilled()) {
      words.add("distilled");
    }
    return String.join(", ", words);
  }

  /** Whether its structure was trained from random weights: a control, not a pruned network. */
  boolean isFromScratch() {
    return lineage().flatMap(Lineage::training).filter(Lineage.Training::fromScratch).isPresent();
  }

  private boolean isDistilled() {
    return contender.entry().model().provenance().containsKey("distilled-from");
  }

  /** How it came to be, where the record says so. */
  public Optional<Lineage> lineage() {
    return contender.entry().model().lineage();
  }

  /**
   * A share of the parent's latency that was written down when it was planned.
   *
   * @param fact its key in the model's provenance
   */
  public OptionalDouble planned(String fact) {
    String value = contender.entry().model().provenance().getOrDefault(fact, "");
    return SHARE.matcher(value).matches()
        ? OptionalDouble.of(Double.parseDouble(value))
        : OptionalDouble.empty();
  }

  /** How it was trained after pruning, in a few words. */
  public String training() {
    return lineage()
        .map(
            l ->
                l.training()
                    .map(
                        t ->
                            (t.fromScratch() ? "from random weights, " : "fine-tuned, ")
                                + (t.epochs() == 1 ? "1 epoch" : t.epochs() + " epochs")
                                + (isDistilled() ? ", distilled" : ""))
                    .orElse("none"))
        .orElse("");
  }

  /** mIoU less the parent's, a fraction. */
  public OptionalDouble miouChange() {
    return parent.isPresent() && parent.get().miou().isPresent() && contender.miou().isPresent()
        ? OptionalDouble.of(contender.miou().getAsDouble() - parent.get().miou().getAsDouble())
        : OptionalDouble.empty();
  }

  /** The same with its interval, where the frames allowed one. */
  public Optional<MiouDifference> miouDifference() {
    return parent.flatMap(this::differenceFrom);
  }

  /** The paired difference from another contender, where the record has it. */
  public Optional<MiouDifference> differenceFrom(Contender other) {
    return contender.entry().differences().stream()
        .filter(d -> d.from().equals(other.model()))
        .findFirst();
  }

  /** Its paired difference from a sibling, whichever of the two the record keeps. */
  private Optional<PairedDifference> pairedWith(Variant sibling) {
    return differenceFrom(sibling.contender)
        .map(Variant::paired)
        .or(
            () ->
                sibling
                    .differenceFrom(contender)
                    .map(Variant::paired)
                    .map(PairedDifference::turned));
  }

  private static PairedDifference paired(MiouDifference d) {
    return new PairedDifference(d.miou(), d.expandedLow(), d.expandedHigh(), d.swapP());
  }

  /** What decisions need of it. */
  VariantCandidate candidate() {
    return new VariantCandidate(
        contender.candidate(), contender.entry().model().technique(), recipe(), isFromScratch());
  }

  /** The verdicts on the pruned variants of a family. */
  static FamilyVerdicts verdicts(Family family) {
    Map<Integer, Variant> pruned = new LinkedHashMap<>();
    family.variants().stream()
        .filter(Variant::isPruned)
        .forEach(v -> pruned.put(v.contender.number(), v));
    return FamilyVerdicts.of(
        family.variants().get(0).contender.standing(),
        family.parent().map(Contender::candidate),
        pruned.values().stream().map(Variant::candidate).toList(),
        (a, b) ->
            pruned.get(a.candidate().number()).pairedWith(pruned.get(b.candidate().number())));
  }

  /** Relative change of the mean end-to-end latency. */
  public OptionalDouble latencyChange() {
    return change(LatencyScale::change);
  }

  /** Relative change of the engine's mean latency alone. */
  public OptionalDouble modelLatencyChange() {
    return change(LatencyScale::engineChange);
  }

  /** Relative change of multiply-accumulates. */
  public OptionalDouble macsChange() {
    return change(c -> cost(c, Cost::macs));
  }

  /** Relative change of learned values. */
  public OptionalDouble paramsChange() {
    return change(c -> cost(c, Cost::params));
  }

  private static OptionalDouble cost(Contender contender, Function<Cost, OptionalLong> figure) {
    OptionalLong found = contender.entry().cost().map(figure).orElse(OptionalLong.empty());
    return found.isPresent() ? OptionalDouble.of(found.getAsLong()) : OptionalDouble.empty();
  }

  /** Whether its speed cannot be told from its parent's. */
  public boolean tiesParent() {
    return parent.isPresent() && contender.ties(parent.get());
  }

  /**
   * What share of the saved multiply-accumulates the engine's clock gave back: latency saved /
   * multiply-accumulates saved. 1 if half the work takes half the time; below 0 if it takes longer
   * than before. Empty where next to nothing was saved.
   *
   * <p>Example: 40 % fewer multiply-accumulates and 20 % less time give 0.5.
   */
  public OptionalDouble clockShare() {
    OptionalDouble macs = macsChange();
    OptionalDouble latency = modelLatencyChange();
    return macs.isPresent() && latency.isPresent() && macs.getAsDouble() <= -LEAST_SAVING
        ? OptionalDouble.of(latency.getAsDouble() / macs.getAsDouble())
        : OptionalDouble.empty();
  }

  /** Whether the study's parent has other weights than the one it was pruned from. */
  public boolean hasOtherParent() {
    return parent.isPresent()
        && lineage()
            .map(Lineage::parentDigest)
            .filter(d -> !d.isEmpty())
            .filter(d -> !d.equals(parent.get().entry().model().digest()))
            .isPresent();
  }

  private OptionalDouble change(Function<Contender, OptionalDouble> measure) {
    OptionalDouble now = measure.apply(contender);
    OptionalDouble then = parent.map(measure).orElse(OptionalDouble.empty());
    return now.isPresent() && then.isPresent() && then.getAsDouble() > 0
        ? OptionalDouble.of(now.getAsDouble() / then.getAsDouble() - 1)
        : OptionalDouble.empty();
  }

  private OptionalDouble change(Change of) {
    Optional<Timing> now = contender.candidate().timing();
    Optional<Timing> before = parent.flatMap(p -> p.candidate().timing());
    return now.isPresent() && before.isPresent()
        ? of.between(contender.standing().scale(), before.get(), now.get())
        : OptionalDouble.empty();
  }

  /** A change of a latency on a scale. */
  @FunctionalInterface
  private interface Change {
    OptionalDouble between(LatencyScale scale, Timing before, Timing after);
  }
}
