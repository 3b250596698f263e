package io.drivemark.reports.board;

import io.drivemark.eval.decide.FamilyVerdicts;
import io.drivemark.eval.decide.PairedDifference;
import io.drivemark.eval.decide.RecordedDifference;
import io.drivemark.eval.decide.VariantCandidate;
import io.drivemark.eval.decide.VariantChanges;
import io.drivemark.eval.runner.record.ModelFacts;
import io.drivemark.eval.runner.record.detail.Lineage;
import io.drivemark.problem.Counted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pruned contender beside the one it was pruned from, on the same engine at the same size.
 * Immutable.
 *
 * @param contender the pruned one
 * @param parent the one it was pruned from; empty if the study does not have it
 */
public record Variant(Contender contender, Optional<Contender> parent) {
  private static final Pattern EPOCHS = Pattern.compile("[0-9]{1,6}");
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

  /** Whether anything was removed; the parent trained further is a control, cues leave it whole. */
  public boolean isPruned() {
    ModelFacts model = contender.entry().model();
    return !model.technique().equals("dense") && !model.hasCues();
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
    Map<String, String> facts = model.provenance();
    Optional.ofNullable(facts.get("mask-penalty")).ifPresent(p -> words.add("penalty " + p));
    if (isBeforeTuning()) {
      words.add("not tuned");
    }
    words.addAll(GateWords.choices(facts));
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

  /**
   * Whether it is what learning masks left, before the network was tuned: a state on the way to
   * another variant, which is shown beside it and competes with none.
   */
  public boolean isBeforeTuning() {
    Map<String, String> facts = contender.entry().model().provenance();
    return facts.containsKey("mask-penalty") && facts.getOrDefault("tune-epochs", "").equals("0");
  }

  /** How it was trained after pruning, in a few words. */
  public String training() {
    int before = epochsBeforeCut();
    return training(
        t -> {
          if (before == 0) {
            return Counted.of(t.epochs(), "epoch");
          }
          return Counted.of(before, "epoch")
              + " before the cut"
              + (isBeforeTuning() ? "" : ", " + t.epochs() + " after it");
        });
  }

  /** Epochs in which masks, or a penalty on weights, decided what is cut; 0 without such. */
  private int epochsBeforeCut() {
    String value = contender.entry().model().provenance().getOrDefault("mask-epochs", "");
    return EPOCHS.matcher(value).matches() ? Integer.parseInt(value) : 0;
  }

  /** The same in all epochs, those before the cut included: by it variants were trained alike. */
  String wholeTraining() {
    int before = isBeforeTuning() ? 0 : epochsBeforeCut();
    return training(t -> Counted.of(t.epochs() + before, "epoch"));
  }

  private String training(Function<Lineage.Training, String> epochs) {
    return lineage()
        .map(
            l ->
                l.training()
                    .map(
                        t ->
                            (t.fromScratch() ? "from random weights, " : "fine-tuned, ")
                                + epochs.apply(t)
                                + (isDistilled() ? ", distilled" : ""))
                    .orElse("none"))
        .orElse("");
  }

  /** What pruning changed; unknown without a parent. */
  public VariantChanges changes() {
    return parent
        .map(
            p ->
                VariantChanges.of(
                    contender.standing().scale(),
                    p.candidate(),
                    p.entry(),
                    contender.candidate(),
                    contender.entry()))
        .orElse(VariantChanges.UNKNOWN);
  }

  /** The measure's value less the parent's with its interval, where the frames allowed one. */
  public Optional<RecordedDifference> parentDifference() {
    return parent.flatMap(this::differenceFrom);
  }

  /** The paired difference from another contender, where the record has it. */
  public Optional<RecordedDifference> differenceFrom(Contender other) {
    return RecordedDifference.of(contender.entry(), other.model());
  }

  /** Its paired difference from a sibling, whichever of the two the record keeps. */
  private Optional<PairedDifference> pairedWith(Variant sibling) {
    return differenceFrom(sibling.contender)
        .map(PairedDifference::of)
        .or(
            () ->
                sibling
                    .differenceFrom(contender)
                    .map(PairedDifference::of)
                    .map(PairedDifference::turned));
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
        .filter(v -> v.isPruned() && !v.isBeforeTuning())
        .forEach(v -> pruned.put(v.contender.number(), v));
    return FamilyVerdicts.of(
        family.variants().get(0).contender.standing(),
        family.parent().map(Contender::candidate),
        pruned.values().stream().map(Variant::candidate).toList(),
        (a, b) ->
            pruned.get(a.candidate().number()).pairedWith(pruned.get(b.candidate().number())));
  }

  /** Whether its speed cannot be told from its parent's. */
  public boolean tiesParent() {
    return parent.isPresent() && contender.ties(parent.get());
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
}
