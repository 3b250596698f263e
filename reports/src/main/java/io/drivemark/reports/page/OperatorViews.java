package io.drivemark.reports.page;

import io.drivemark.reports.board.Board;
import io.drivemark.reports.board.Contender;
import io.drivemark.reports.board.Family;
import io.drivemark.reports.board.OperatorShares;
import io.drivemark.reports.board.OperatorShares.Share;
import io.drivemark.reports.board.Variant;
import io.drivemark.reports.page.PageView.Key;
import io.drivemark.reports.page.PageView.OperatorView;
import io.drivemark.reports.page.PageView.OperatorsView;
import io.drivemark.reports.page.PageView.ProfileView;
import io.drivemark.reports.page.PageView.Segment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Where the time goes, as the page shows it. Stateless. */
final class OperatorViews {
  /** Kinds that have a colour of their own; more cannot be told apart. */
  private static final int KINDS = 8;

  /** Operators of a model that are named. */
  private static final int NAMED = 5;

  /** A segment that is narrower cannot be seen. */
  private static final double VISIBLE = 0.002;

  private static final String OTHER = "all else";

  private OperatorViews() {}

  static OperatorsView of(Board board) {
    List<OperatorShares> all =
        board.contenders().stream().map(OperatorShares::of).flatMap(Optional::stream).toList();
    Map<String, String> colors = colors(all);
    Map<Contender, String> keepers = new IdentityHashMap<>();
    for (Family family : Family.of(board)) {
      for (Variant v : family.variants()) {
        OperatorShares.keepers(v).ifPresent(sentence -> keepers.put(v.contender(), sentence));
      }
    }
    List<ProfileView> profiles = new ArrayList<>();
    for (Contender c : board.contenders()) {
      OperatorShares.of(c)
          .ifPresent(
              shares -> {
                List<String> sentences = new ArrayList<>(shares.advice());
                Optional.ofNullable(keepers.get(c)).ifPresent(sentences::add);
                profiles.add(profile(c.label(), shares, sentences, colors));
              });
    }
    return new OperatorsView(
        colors.entrySet().stream().map(e -> new Key(e.getKey(), e.getValue())).toList(), profiles);
  }

  /** The kinds that take most time over all models, the largest first. */
  private static Map<String, String> colors(List<OperatorShares> all) {
    Map<String, Double> total = new LinkedHashMap<>();
    all.forEach(s -> s.kinds().forEach(k -> total.merge(k.kind(), k.time(), Double::sum)));
    List<String> kinds =
        total.entrySet().stream()
            .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
            .map(Map.Entry::getKey)
            .limit(KINDS)
            .toList();
    Map<String, String> colors = new LinkedHashMap<>(Palette.kinds(kinds));
    if (total.size() > kinds.size()) {
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
    List<Segment> out = new ArrayList<>();
    double rest = 1;
    for (Share s : byColor) {
      double share = ofTime ? s.time() : s.macs();
      rest -= share;
      if (share >= VISIBLE) {
        out.add(segment(s.kind(), share, colors.get(s.kind())));
      }
    }
    if (byColor.size() < shares.kinds().size() && rest >= VISIBLE) {
      out.add(segment(OTHER, rest, Palette.OTHER_KIND));
    }
    return out;
  }

  private static Segment segment(String kind, double share, String color) {
    return new Segment(
        kind + ": " + percent(share),
        share >= 0.09 ? percent(share) : "",
        String.format(Locale.ROOT, "%.2f%%", 100 * share),
        color);
  }

  private static OperatorView operator(Share share) {
    return new OperatorView(
        share.name(), share.kind(), percent(share.time()), percent(share.macs()));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, share < 0.0995 ? "%.1f %%" : "%.0f %%", 100 * share);
  }
}
