package io.drivemark.reports;

import io.drivemark.datasets.Frame;
import io.drivemark.eval.gauge.Gauges;
import io.drivemark.eval.runner.derive.DiagnosisView;
import io.drivemark.eval.runner.record.Accuracy;
import io.drivemark.eval.runner.record.Accuracy.ClassScore;
import io.drivemark.eval.runner.record.Confidence;
import io.drivemark.eval.runner.record.Cost;
import io.drivemark.eval.runner.record.DatasetFacts;
import io.drivemark.eval.runner.record.Diagnosis;
import io.drivemark.eval.runner.record.EngineFacts;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Environment;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.eval.runner.record.ImageScore;
import io.drivemark.eval.runner.record.MiouDifference;
import io.drivemark.eval.runner.record.ModelFacts;
import io.drivemark.eval.runner.record.Picture;
import io.drivemark.eval.runner.record.ProtocolFacts;
import io.drivemark.eval.runner.record.Speed;
import io.drivemark.eval.runner.record.Speed.Latency;
import io.drivemark.eval.runner.record.Speed.OperatorTime;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.record.detail.Lineage;
import io.drivemark.eval.runner.record.detail.PassTime;
import io.drivemark.eval.runner.record.detail.SliceScore;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import javax.imageio.ImageIO;

/** A study nobody ran: made-up networks with made-up numbers, to lay a page out with. */
public final class SyntheticStudy {
  private static final List<String> CLASSES =
      List.of(
          "Sky",
          "Building",
          "Pole",
          "Road",
          "Pavement",
          "Tree",
          "SignSymbol",
          "Fence",
          "Car",
          "Pedestrian",
          "Bicyclist");
  private static final int[] COLORS = {
    0x808080, 0x800000, 0xC0C080, 0x804080, 0x3C28DE, 0x808000, 0xC08080, 0x404080, 0x400080,
    0x404000, 0x0080C0
  };
  private static final List<String> FRAMES = List.of("made_up_001", "made_up_002", "made_up_003");

  private SyntheticStudy() {}

  /** Four networks and two pruned variants on two engines; pictures are written as well. */
  public static StudyResult write(Path folder) {
    List<Entry> entries = new ArrayList<>();
    Optional<String> dense = Optional.empty();
    Optional<String> parent = Optional.of("betanet-x2.0-toy");
    for (String engine : List.of("onnxruntime", "pytorch")) {
      double slow = engine.equals("pytorch") ? 2.6 : 1;
      entries.add(entry("alphanet-toy", "alphanet", dense, engine, 0.5521, 9.1 * slow, 0.36e6));
      entries.add(entry("betanet-x2.0-toy", "betanet", dense, engine, 0.6873, 31.4 * slow, 0.79e6));
      entries.add(
          entry(
              "betanet-x2.0-toy-filter-l1-60",
              "betanet",
              parent,
              engine,
              0.6702,
              21.7 * slow,
              0.48e6));
      entries.add(
          entry(
              "betanet-x2.0-toy-filter-l1-40",
              "betanet",
              parent,
              engine,
              0.6108,
              17.9 * slow,
              0.32e6));
      entries.add(entry("gammanet-toy", "gammanet", dense, engine, 0.6150, 21.9 * slow, 0.35e6));
      entries.add(entry("deltanet-toy", "deltanet", dense, engine, 0.6411, 15.2 * slow, 0.75e6));
    }
    draw(folder);
    return result(entries);
  }

  /** A study of these entries. */
  public static StudyResult result(List<Entry> entries) {
    return new StudyResult(
        Instant.parse("2026-01-31T12:00:00Z"),
        Instant.parse("2026-01-31T12:34:56Z"),
        "schema: drivemark-study/1\nmodels: [made, up]\n",
        environment(),
        entries,
        List.of());
  }

  /** The same study with one entry made incomplete by this issue. */
  public static StudyResult with(StudyResult result, String issue) {
    List<Entry> entries = new ArrayList<>(result.entries());
    Entry e = entries.get(0);
    entries.set(
        0,
        new Entry(
            e.folder(),
            e.model(),
            false,
            List.of(issue),
            e.engine(),
            e.dataset(),
            e.input(),
            e.protocol(),
            e.accuracy(),
            e.cost(),
            e.speed(),
            e.perImage(),
            e.pictures(),
            e.pass(),
            e.method()));
    return new StudyResult(
        result.started(),
        result.finished(),
        result.study(),
        result.environment(),
        entries,
        List.of("alphanet-toy: miou is 0.5521, required >=0.6"));
  }

  /** The same network on so many other frames of the split. */
  static Entry others(Entry e, String digest, int images) {
    DatasetFacts d = e.dataset();
    return new Entry(
        e.folder(),
        e.model(),
        e.complete(),
        e.issues(),
        e.engine(),
        new DatasetFacts(d.name(), d.split(), images, d.height(), d.width(), digest),
        e.input(),
        e.protocol(),
        e.accuracy(),
        e.cost(),
        e.speed(),
        e.perImage(),
        e.pictures(),
        e.pass(),
        e.method());
  }

  /** The same network judged on a frame of each of so many drives, each as good as all together. */
  public static Entry onDrives(Entry e, int drives) {
    List<ImageScore> scores = new ArrayList<>();
    for (int i = 0; i < drives; i++) {
      scores.add(
          new ImageScore(
              "made_up_" + i,
              e.accuracy().orElseThrow().miou(),
              Map.of(Frame.SEQUENCE, "drive" + i)));
    }
    return new Entry(
        e.folder(),
        e.model(),
        e.complete(),
        e.issues(),
        e.engine(),
        e.dataset(),
        e.input(),
        e.protocol(),
        e.accuracy(),
        e.cost(),
        e.speed(),
        scores,
        e.pictures(),
        e.pass(),
        e.method(),
        e.confidence(),
        e.slices(),
        e.differences(),
        e.diagnosis(),
        e.notes(),
        e.readings(),
        e.depth(),
        e.prints());
  }

  /** An entry of a network of this architecture, with what follows from a few numbers. */
  public static Entry entry(
      String model,
      String architecture,
      Optional<String> parent,
      String engine,
      double miou,
      double meanMs,
      double params) {
    List<Picture> pictures = new ArrayList<>();
    List<ImageScore> scores = new ArrayList<>();
    for (String frame : FRAMES) {
      pictures.add(
          new Picture(
              frame,
              frame + "-image.png",
              frame + "-truth.png",
              frame + "-prediction.png",
              frame + "-error.png"));
      scores.add(new ImageScore(frame, OptionalDouble.of(miou)));
    }
    return new Entry(
        "cells/toy",
        new ModelFacts(
            model,
            architecture,
            parent.isPresent() ? "filter" : "dense",
            parent,
            parent.map(p -> "l1"),
            "toy-11",
            "0123456789abcdef",
            Map.of("classes", "11"),
            Map.of("note", "made up: no such network was trained"),
            parent.map(p -> lineage(params / 0.79e6))),
        true,
        List.of(),
        new EngineFacts(engine, Optional.of("0.0-synthetic"), 2, "fp32"),
        new DatasetFacts("toydrive", "val", 40, 360, 480, "d1"),
        new FrameSize(360, 480),
        new ProtocolFacts("cityscapes", "feedfacecafe0123", "identity", "logits-bilinear"),
        Optional.of(accuracy(miou)),
        Optional.of(
            new Cost(
                OptionalLong.of((long) params),
                OptionalLong.of((long) (params * 4000)),
                OptionalLong.of((long) (params * 4000)),
                OptionalLong.of(1000))),
        Optional.of(
            engine.equals("onnxruntime") ? speed(meanMs) : speed(meanMs).withOperators(List.of())),
        scores,
        pictures,
        Optional.of(new PassTime(1000, 950)),
        Map.of("mIoU", "Made up.", "latency", "Made up on " + engine + "."),
        Optional.of(confidence(miou)),
        List.of(
            new SliceScore("weather", "clear", 30, OptionalDouble.of(miou + 0.02)),
            new SliceScore("weather", "rain", 10, OptionalDouble.of(miou - 0.07))),
        parent
            .map(
                p ->
                    List.of(
                        new MiouDifference(
                            p,
                            miou - 0.6873,
                            OptionalDouble.of(miou - 0.6873 - 0.008),
                            OptionalDouble.of(miou - 0.6873 + 0.007))))
            .orElse(List.of()),
        Optional.of(diagnosis(miou, pictures)),
        List.of(),
        DiagnosisView.readings(diagnosis(miou, pictures), Gauges.installed()),
        Optional.empty(),
        Optional.empty());
  }

  private static Diagnosis diagnosis(double miou, List<Picture> pictures) {
    return new Diagnosis(
        new Diagnosis.Images(
            OptionalDouble.of(miou - 0.03),
            OptionalDouble.of(miou - 0.05),
            0.05,
            OptionalDouble.of(miou - 0.2)),
        new Diagnosis.Boundary(0.02, OptionalDouble.of(miou - 0.1), List.of()),
        Optional.of(
            new Diagnosis.Safe("toy", OptionalDouble.of(miou - 0.15), OptionalDouble.empty())),
        Optional.of(
            new Diagnosis.People(
                200,
                (long) (200 * miou),
                OptionalDouble.of((long) (200 * miou) / 200.0),
                OptionalDouble.of(miou - 0.07),
                OptionalDouble.of(miou + 0.06))),
        List.of(
            new Diagnosis.Region(
                "near-field", OptionalDouble.of(0.1 - miou / 10), OptionalDouble.of(0.02)),
            new Diagnosis.Region(
                "ego-corridor", OptionalDouble.of(0.2 - miou / 5), OptionalDouble.empty())),
        Optional.empty(),
        pictures.subList(0, Math.min(2, pictures.size())));
  }

  /** Forty layers, of which the fifth goes and the others keep about a share. */
  private static Lineage lineage(double share) {
    List<Lineage.KeptLayer> layers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      int before = 16 << Math.min(4, Math.min(i, 39 - i) / 4);
      int after = i == 4 ? 0 : Math.max(1, (int) (before * Math.min(1, share + 0.01 * (i % 7))));
      layers.add(new Lineage.KeptLayer("layer" + i, i > 27, before, after));
    }
    return new Lineage(
        "0123456789abcdef",
        "macs=0.6 at 360x480, scope layer",
        "1",
        Optional.of(new Lineage.Training(12, false, "made up")),
        layers,
        List.of("layer4"));
  }

  private static Confidence confidence(double miou) {
    OptionalDouble low = OptionalDouble.of(miou - 0.021);
    OptionalDouble high = OptionalDouble.of(miou + 0.018);
    return new Confidence(
        "4 made-up drives",
        1000,
        1,
        0.95,
        new Confidence.Range(low, high, low, high, low, high),
        Map.of());
  }

  private static Accuracy accuracy(double miou) {
    List<ClassScore> classes = new ArrayList<>();
    List<List<Long>> confusion = new ArrayList<>();
    for (int i = 0; i < CLASSES.size(); i++) {
      double iou = Math.max(0.02, Math.min(0.98, miou + 0.3 * Math.cos(2.4 * i)));
      OptionalDouble value = i == 7 ? OptionalDouble.empty() : OptionalDouble.of(iou);
      classes.add(new ClassScore(CLASSES.get(i), COLORS[i], value, value, value, value, 1000));
      List<Long> row = new ArrayList<>();
      for (int j = 0; j <= CLASSES.size(); j++) {
        row.add(j == i ? Math.round(1000 * iou) : 1L);
      }
      confusion.add(row);
    }
    OptionalDouble value = OptionalDouble.of(miou);
    return new Accuracy(
        value, OptionalDouble.of(0.3 + 0.9 * miou), value, value, classes, confusion);
  }

  private static Speed speed(double meanMs) {
    Random random = new Random(Math.round(meanMs * 1000));
    List<Double> endToEnd = new ArrayList<>();
    List<Double> model = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      double ms = meanMs * (0.97 + 0.02 * random.nextGaussian() + (i % 25 == 0 ? 0.35 : 0.02));
      endToEnd.add(ms);
      model.add(0.8 * ms);
    }
    return new Speed(
        latency(endToEnd),
        latency(model),
        OptionalDouble.of(3.2),
        Optional.of(
            new Speed.Control(
                "alphanet-toy", 1.004, 0.985, 1.012, Speed.ControlKind.SECOND_SESSION)),
        Optional.empty(),
        endToEnd,
        model,
        "machine-1",
        OptionalDouble.of(0.1),
        OptionalDouble.of(0.9),
        operators(meanMs),
        Optional.empty());
  }

  /** A fifth of the time does not depend on how long the rest takes. */
  private static List<OperatorTime> operators(double meanMs) {
    Optional<String> none = Optional.empty();
    return List.of(
        new OperatorTime("stem", "3×3 convolution", 0.5 * meanMs, 700, none),
        new OperatorTime("deep", "depthwise convolution", 0.1 * meanMs, 100, none),
        new OperatorTime("move", "change of memory layout", 4, 0, none),
        new OperatorTime(
            "up", "transposed convolution", 0.2 * meanMs, 40, Optional.of("tail=bilinear")));
  }

  private static Latency latency(List<Double> samples) {
    List<Double> sorted = samples.stream().sorted().toList();
    double mean = samples.stream().mapToDouble(d -> d).average().orElseThrow();
    return new Latency(
        samples.size(),
        mean,
        sorted.get(99),
        sorted.get(189),
        OptionalDouble.of(sorted.get(197)),
        sorted.get(0),
        sorted.get(199),
        OptionalDouble.of(0.985 * mean),
        OptionalDouble.of(1.015 * mean));
  }

  private static Environment environment() {
    return new Environment(
        "Imaginary CPU",
        2,
        2,
        8L << 30,
        "Imaginary OS 1",
        "Imaginary JVM 17",
        Map.of("onnxruntime", "0.0-synthetic"),
        OptionalDouble.of(0.1),
        OptionalDouble.of(0.9),
        "machine-1");
  }

  private static void draw(Path folder) {
    Path cell = folder.resolve("cells/toy");
    try {
      Files.createDirectories(cell);
      for (int i = 0; i < FRAMES.size(); i++) {
        String frame = FRAMES.get(i);
        write(cell.resolve(frame + "-image.png"), scene(i, 0, true));
        write(cell.resolve(frame + "-truth.png"), scene(i, 0, false));
        write(cell.resolve(frame + "-prediction.png"), scene(i, 9, false));
        write(cell.resolve(frame + "-error.png"), error(scene(i, 0, false), scene(i, 9, false)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, BufferedImage image) throws IOException {
    ImageIO.write(image, "png", file.toFile());
  }

  private static BufferedImage scene(int seed, int shift, boolean shaded) {
    BufferedImage image = new BufferedImage(480, 360, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    fill(g, 0, 0, 0, 480, 360, shaded);
    fill(g, 1, 0, 60 + shift + 10 * seed, 480, 140, shaded);
    fill(g, 5, 300 - shift, 40, 120, 150, shaded);
    fill(g, 3, 0, 190 + shift, 480, 170, shaded);
    fill(g, 4, 0, 190 + shift, 90 - shift, 170, shaded);
    fill(g, 8, 160 + 40 * seed, 175, 110 + shift, 70, shaded);
    fill(g, 2, 410 - shift, 30, 6, 190, shaded);
    fill(g, 9, 380, 150, 14 + shift, 60, shaded);
    g.dispose();
    return image;
  }

  private static void fill(Graphics2D g, int index, int x, int y, int w, int h, boolean shaded) {
    Color color = new Color(COLORS[index]);
    g.setColor(shaded ? color.brighter() : color);
    g.fillRect(x, y, w, h);
  }

  private static BufferedImage error(BufferedImage truth, BufferedImage prediction) {
    BufferedImage out = new BufferedImage(480, 360, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 360; y++) {
      for (int x = 0; x < 480; x++) {
        boolean right = truth.getRGB(x, y) == prediction.getRGB(x, y);
        out.setRGB(x, y, y > 350 ? 0 : right ? 0x404040 : 0xE02030);
      }
    }
    return out;
  }
}
