package io.drivemark.reports.table;

import static io.drivemark.reports.table.Field.Better.HIGHER;
import static io.drivemark.reports.table.Field.Better.LOWER;
import static io.drivemark.reports.table.Field.Better.NEITHER;

import io.drivemark.eval.runner.record.Diagnosis;
import io.drivemark.eval.runner.record.SliceScore;
import io.drivemark.reports.board.Board;
import io.drivemark.reports.board.Contender;
import io.drivemark.reports.board.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The columns that say what errors mean for driving and where a mean misleads. Stateless. */
public final class DiagnosisTables {
  /** How the keys of these columns begin. */
  public static final String PREFIX = "diagnosis_";

  private DiagnosisTables() {}

  /** The columns that at least one contender has a value for; empty if none has a diagnosis. */
  public static List<Field> fields(Board board) {
    if (board.contenders().stream().allMatch(c -> c.entry().diagnosis().isEmpty())) {
      return List.of();
    }
    Map<Field, Boolean> present = new LinkedHashMap<>();
    for (Field field : candidates(board)) {
      present.put(
          field, board.contenders().stream().anyMatch(c -> !field.column(List.of(c)).isMissing(0)));
    }
    List<Field> fields = new ArrayList<>(BoardTables.contenderFields());
    present.forEach(
        (field, any) -> {
          if (any) {
            fields.add(field);
          }
        });
    return List.copyOf(fields);
  }

  private static List<Field> candidates(Board board) {
    List<Field> fields = new ArrayList<>();
    fields.add(
        Field.text(
            PREFIX + "behind",
            "Behind the best",
            "mIoU less that of the most accurate network that is not pruned, in points, with its"
                + " 95 % interval: both were seen by the same draws of frames, so that what both"
                + " find hard cancels out. An interval without 0 is a difference.",
            DiagnosisTables::behind));
    fields.add(
        percent(
            "safe",
            "Safe mIoU",
            "Mean IoU from which grave confusions, such as a person taken for road, are taken away"
                + " once more; can be below 0.",
            HIGHER,
            d -> d.safe().map(Diagnosis.Safe::miou).orElse(OptionalDouble.empty())));
    fields.add(
        percent(
            "recall",
            "People found",
            "Share of the regions of pedestrians and riders of which at least half the pixels are"
                + " predicted as any of them.",
            HIGHER,
            d -> d.people().map(Diagnosis.People::recall).orElse(OptionalDouble.empty())));
    fields.add(
        percent(
            "recall_low",
            "from",
            "Lower end of the 95 % interval of that share, as if regions were independent.",
            NEITHER,
            d -> d.people().map(Diagnosis.People::low).orElse(OptionalDouble.empty())));
    fields.add(
        percent(
            "recall_high",
            "to",
            "Upper end of that interval.",
            NEITHER,
            d -> d.people().map(Diagnosis.People::high).orElse(OptionalDouble.empty())));
    for (String region : regions(board)) {
      fields.add(
          percent(
              "drivable_" + region,
              "Obstacle as road, " + region,
              "Share of the pixels of the " + region + " that are no road but predicted as it.",
              LOWER,
              d -> region(d, region, Diagnosis.Region::falselyDrivable)));
      fields.add(
          percent(
              "blocked_" + region,
              "Road as obstacle, " + region,
              "Share of the road's pixels in the " + region + " that are predicted otherwise.",
              LOWER,
              d -> region(d, region, Diagnosis.Region::falselyBlocked)));
    }
    fields.add(
        percent(
            "boundary",
            "Boundary mIoU",
            "Mean IoU of the classes' boundaries, 2 % of the diagonal wide.",
            HIGHER,
            d -> d.boundary().miou()));
    fields.add(
        percent(
            "iiou",
            "iIoU",
            "Mean instance-level IoU: each object weighs the same, whatever its size.",
            HIGHER,
            d -> d.objects().map(Diagnosis.ObjectScores::miou).orElse(OptionalDouble.empty())));
    fields.add(
        percent(
            "images",
            "Mean over frames",
            "The mean of the frames' own mIoUs; small objects count for more than in mIoU.",
            HIGHER,
            d -> d.images().miou()));
    fields.add(
        percent(
            "worst",
            "Worst 5 % of frames",
            "The mean mIoU of the worst twentieth of the frames.",
            HIGHER,
            d -> d.images().miouOfWorst()));
    fields.add(
        Field.text(
            PREFIX + "slice",
            "Worst slice",
            "The frames with something in common on which mIoU is lowest.",
            DiagnosisTables::worstSlice));
    return fields;
  }

  private static Set<String> regions(Board board) {
    Set<String> names = new TreeSet<>();
    board
        .contenders()
        .forEach(
            c ->
                c.entry()
                    .diagnosis()
                    .ifPresent(d -> d.regions().forEach(region -> names.add(region.name()))));
    return names;
  }

  private static OptionalDouble region(
      Diagnosis diagnosis, String name, Function<Diagnosis.Region, OptionalDouble> value) {
    return diagnosis.regions().stream()
        .filter(region -> region.name().equals(name))
        .findFirst()
        .map(value)
        .orElse(OptionalDouble.empty());
  }

  private static String behind(Contender contender) {
    if (contender.entry().model().parent().isPresent()) {
      return "";
    }
    return contender.entry().differences().stream()
        .findFirst()
        .map(
            d ->
                Numbers.points(d.miou())
                    + (d.low().isPresent() && d.high().isPresent()
                        ? " ("
                            + Numbers.points(d.low().getAsDouble())
                            + " to "
                            + Numbers.points(d.high().getAsDouble())
                            + ")"
                        : ""))
        .orElse("");
  }

  private static String worstSlice(Contender contender) {
    return SliceScore.worst(contender.entry().slices())
        .map(
            slice ->
                slice.attribute()
                    + ": "
                    + slice.value()
                    + " ("
                    + Numbers.percent(slice.miou().getAsDouble())
                    + ")")
        .orElse("");
  }

  private static Field percent(
      String key,
      String title,
      String meaning,
      Field.Better better,
      Function<Diagnosis, OptionalDouble> value) {
    return Field.number(
        PREFIX + key,
        title,
        meaning,
        better,
        c -> c.entry().diagnosis().flatMap(d -> Field.boxed(value.apply(d))),
        share -> String.format(Locale.ROOT, "%.1f", 100 * share));
  }
}
