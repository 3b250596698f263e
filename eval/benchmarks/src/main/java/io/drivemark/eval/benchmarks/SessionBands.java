package io.drivemark.eval.benchmarks;

import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.latency.StandInImage;
import io.drivemark.architectures.model.Models;
import io.drivemark.eval.latency.AaBand;
import io.drivemark.eval.latency.Candidate;
import io.drivemark.eval.latency.EngineAlone;
import io.drivemark.eval.latency.LatencyProtocol;
import io.drivemark.eval.latency.LatencyResult;
import io.drivemark.eval.latency.LatencySummary;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.eval.latency.Timed;
import io.drivemark.eval.statistics.Bootstrap;
import io.drivemark.problem.Closer;
import io.drivemark.problem.Progress;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Locale;

/**
 * How much two sessions of one network differ: opens a network as two candidates many times, each
 * time with both kinds of A-A control, and counts how often the two are called different. Wants an
 * idle machine.
 *
 * <pre>java -cp ... io.drivemark.eval.benchmarks.SessionBands MODEL [TIMES] [THREADS]</pre>
 */
public final class SessionBands {
  private static final int RUNS = 200;

  private SessionBands() {}

  /** A model's name, how often it is opened (20), threads (1). */
  public static void main(String[] args) {
    String model = args.length > 0 ? args[0] : "enet-camvid";
    int times = args.length > 1 ? Integer.parseInt(args[1]) : 20;
    int threads = args.length > 2 ? Integer.parseInt(args[2]) : 1;
    var loaded = Models.load(model);
    var size = loaded.spec().input().size().orElseThrow();
    int byOne = 0;
    int byTwo = 0;
    System.out.println("ratio\tsame session\tsecond session");
    for (int time = 0; time < times; time++) {
      try (Closer open = new Closer()) {
        Timed first = timed(open, loaded.network(), size.height(), size.width(), threads);
        Timed equal = timed(open, loaded.network(), size.height(), size.width(), threads);
        Timed second = timed(open, loaded.network(), size.height(), size.width(), threads);
        LatencyResult result =
            LatencyProtocol.of(RUNS, time)
                .measure(
                    List.of(
                        new Candidate("first", first),
                        new Candidate("equal", equal),
                        new Candidate("first again", first)),
                    second,
                    NanoClock.SYSTEM,
                    Progress.NONE);
        AaBand one =
            AaBand.of(
                result.candidates().get(0).engine(),
                result.candidates().get(2).engine(),
                Bootstrap.seeded(time));
        AaBand two = result.engineBand();
        double a = LatencySummary.of(result.candidates().get(0).engine()).meanNanos();
        double b = LatencySummary.of(result.candidates().get(1).engine()).meanNanos();
        byOne += one.isTie(a, b) ? 0 : 1;
        byTwo += two.isTie(a, b) ? 0 : 1;
        System.out.printf(
            Locale.ROOT, "%.4f\t±%.4f\t±%.4f%n", b / a, one.halfWidth(), two.halfWidth());
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%s, %d threads, %d times: called different %d times by one session timed twice, %d times by a"
            + " second session%n",
        model,
        threads,
        times,
        byOne,
        byTwo);
  }

  private static Timed timed(Closer open, Network network, int height, int width, int threads) {
    Network first = network.withOutputs(network.outputs().subList(0, 1));
    Session session =
        open.add(
            Engines.named("onnxruntime").open(first, height, width, new EngineOptions(threads)));
    FloatBuffer input = Session.buffer(session.inputShape());
    StandInImage.fill(input);
    List<FloatBuffer> outputs = session.outputShapes().stream().map(Session::buffer).toList();
    return new EngineAlone(() -> session.run(input, outputs), NanoClock.SYSTEM);
  }
}
