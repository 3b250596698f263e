package io.drivemark.reports.page;

import io.drivemark.eval.decide.OperatorShares;
import io.drivemark.eval.decide.OperatorShares.Share;
import io.drivemark.reports.board.Board;
import io.drivemark.reports.board.Contender;
import io.drivemark.reports.board.Family;
import io.drivemark.reports.board.OperatorAdvice;
import io.drivemark.reports.board.Variant;
import io.drivemark.reports.page.PageView.Key;
import io.drivemark.reports.page.PageView.OperatorView;
import io.drivemark.reports.page.PageView.OperatorsView;
import io.drivemark.reports.page.PageView.ProfileView;
import io.drivemark.reports.page.PageView.Segment;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the time goes, as the page shows it. Stateless. */
final class OperatorViews {
  /** Kinds that have a colour of their own; more cannot be told apart. */
  private static final int KINDS = 8;

  /** Operators of a model that are named. */
  private static final int NAMED = 5;

  private static final String OTHER = "all else";

  private OperatorViews() {}

  static OperatorsView of(Board board) {
    List<OperatorShares> all =
        board.contenders().stream().flatMap(c -> OperatorShares.of(c.entry()).stream()).toList();
    Map<String, String> colors = colors(all);
    Map<Contender, String> keepers = new IdentityHashMap<>();
    for (Family family : Family.of(board)) {
      for (Variant v : family.variants()) {
        OperatorAdvice.keepers(v).ifPresent(sentence -> keepers.put(v.contender(), sentence));
      }
    }
    List<ProfileView> profiles = new ArrayList<>();
    for (Contender c : board.contenders()) {
      OperatorShares.of(c.entry())
          .ifPresent(
              shares -> {
                List<String> sentences = new ArrayList<>(OperatorAdvice.avoidable(shares));
                Optional.ofNullable(keepers.get(c)).ifPresent(sentences::add);
                profiles.add(profile(c.label(), shares, sentences, colors));
              });
    }
    return new OperatorsView(
        colors.entrySet().stream().map(e -> new Key(e.getKey(), e.getValue())).toList(), profiles);
  }

  /** The kinds that take most time over all models, the largest first. */
  private static Map<String, String> colors(List<OperatorShares> all) {
    List<String> largest = OperatorShares.largestKinds(all);
    List<String> kinds = largest.subList(0, Math.min(KINDS, largest.size()));
    Map<String, String> colors = new LinkedHashMap<>(Palette.kinds(kinds));
    if (largest.size() > kinds.size()) {
      colors.put(OTHER, Palette.OTHER_KIND);
    }
    return colors;
  }

  private static ProfileView profile(
      String label, OperatorShares shares, List<String> sentences, Map<String, String> colors) {
    List<Share> byColor = new ArrayList<>();
    colors
        .keySet()
        .forEach(
            kind ->
                shares.kinds().stream().filter(s -> s.kind().equals(kind)).forEach(byColor::add));
    return new ProfileView(
        label,
        sentences,
        segments(shares, byColor, colors, true),
        segments(shares, byColor, colors, false),
        shares.operators().stream().limit(NAMED).map(OperatorViews::operator).toList(),
        shares.operators().size());
  }

  private static List<Segment> segments(
      OperatorShares shares, List<Share> byColor, Map<String, String> colors, boolean ofTime) {
    List<Segments.Part> parts =
        byColor.stream()
            .map(
                s ->
                    new Segments.Part(s.kind(), ofTime ? s.time() : s.macs(), colors.get(s.kind())))
            .toList();
    return byColor.size() < shares.kinds().size()
        ? Segments.withRest(parts, OTHER, Palette.OTHER_KIND)
        : Segments.of(parts);
  }

  private static OperatorView operator(Share share) {
    return new OperatorView(
        share.name(), share.kind(), Segments.percent(share.time()), Segments.percent(share.macs()));
  }
}
