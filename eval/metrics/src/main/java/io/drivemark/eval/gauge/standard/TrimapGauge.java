package io.drivemark.eval.gauge.standard;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.gauge.Columns;
import io.drivemark.eval.gauge.Counter;
import io.drivemark.eval.gauge.Counts;
import io.drivemark.eval.gauge.Figure;
import io.drivemark.eval.gauge.Gauge;
import io.drivemark.eval.gauge.Pool;
import io.drivemark.eval.gauge.Reading;
import io.drivemark.eval.gauge.Subject;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.eval.metrics.Protocol;
import io.drivemark.eval.metrics.boundary.TrimapCurve;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** mIoU of the pixels within so many pixels of a border of the truth; on request. */
public final class TrimapGauge implements Gauge {
  /** Its name. */
  public static final String NAME = "trimap";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int derivation() {
    return 1;
  }

  @Override
  public OptionalInt neighbours() {
    return OptionalInt.of(0);
  }

  @Override
  public Set<Occasion> occasions() {
    return Set.of();
  }

  @Override
  public List<Figure> figures() {
    List<Figure> out = new ArrayList<>();
    for (int width : TrimapCurve.WIDTHS) {
      out.add(
          Figure.share(
              "trimap" + width,
              "mIoU within " + width + " px",
              "mIoU of the pixels within " + width + " pixels of a border of the truth."));
    }
    return out;
  }

  @Override
  public Columns columns(LabelSpace space) {
    List<String> pairs = new ConfusionGauge().columns(space).counts();
    List<String> names = new ArrayList<>();
    for (int width : TrimapCurve.WIDTHS) {
      pairs.forEach(pair -> names.add("within " + width + " " + pair));
    }
    return Columns.of(names);
  }

  @Override
  public Optional<Counter> counter(Subject subject) {
    if (!subject.has(Subject.Given.LABELS)) {
      return Optional.empty();
    }
    Columns columns = columns(subject.dataset().labels());
    return Optional.of(
        (frame, sink) -> {
          TrimapCurve curve = new TrimapCurve(frame.truth().space());
          curve.add(frame.truth(), frame.prediction());
          long[] numbers = new long[columns.counts().size()];
          int from = 0;
          for (ConfusionMatrix matrix : curve.counts().values()) {
            long[] ofWidth = ConfusionGauge.numbers(matrix);
            System.arraycopy(ofWidth, 0, numbers, from, ofWidth.length);
            from += ofWidth.length;
          }
          sink.add(frame.index(), Counts.of(columns, numbers));
        });
  }

  /** mIoU by width in pixels. */
  public static Map<Integer, MetricValue> miou(
      LabelSpace space, Protocol protocol, List<Counts> frames) {
    int side = space.size() + 1;
    Map<Integer, MetricValue> out = new TreeMap<>();
    for (int w = 0; w < TrimapCurve.WIDTHS.size(); w++) {
      int from = w * side * side;
      List<ConfusionMatrix> ofWidth =
          frames.stream().map(f -> ConfusionGauge.matrix(space, f.numbers(), from)).toList();
      out.put(TrimapCurve.WIDTHS.get(w), protocol.evaluate(ofWidth).miou());
    }
    return out;
  }

  @Override
  public Reading read(Pool pool) {
    Reading reading = Reading.empty();
    for (Map.Entry<Integer, MetricValue> width :
        miou(pool.space(), pool.protocol(), pool.frames()).entrySet()) {
      reading = reading.with("trimap" + width.getKey(), width.getValue());
    }
    return reading;
  }
}
