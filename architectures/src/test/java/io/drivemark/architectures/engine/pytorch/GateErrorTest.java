package io.drivemark.architectures.engine.pytorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.engine.pytorch.GateError.Chosen;
import io.drivemark.architectures.engine.pytorch.GateError.Mass;
import io.drivemark.architectures.engine.pytorch.GateError.Normalisation;
import io.drivemark.architectures.engine.pytorch.GateError.Rule;
import io.drivemark.architectures.engine.pytorch.GateError.Site;
import io.drivemark.architectures.engine.pytorch.GateError.Uniform;
import io.drivemark.architectures.estimate.FrameResponses;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.Elementwise;
import io.drivemark.architectures.graph.op.Gate;
import io.drivemark.architectures.graph.op.GlobalPool;
import io.drivemark.architectures.graph.op.Identity;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.graph.op.Softmax;
import io.drivemark.architectures.graph.op.StopGradient;
import io.drivemark.architectures.pruning.gate.GateSite;
import io.drivemark.architectures.pruning.gate.GateSite.Place;
import io.drivemark.architectures.pruning.gate.GateTarget;
import io.drivemark.architectures.pruning.gate.MassTarget;
import io.drivemark.architectures.pruning.gate.UniformTarget;
import io.drivemark.problem.Progress;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Losses of gates: the target, the sum, the factor, and what they move. */
class GateErrorTest {
  private static final FloatBuffer ONE = FloatBuffer.wrap(new float[] {1});
  private static final int SIDE = 2;

  private static List<Integer> units(int channels, int unit) {
    return IntStream.range(0, channels).map(c -> c / unit).boxed().toList();
  }

  /** The image is the tap; its maxima through one convolution are the logits. */
  private static Network network(int channels, int units) {
    NetworkBuilder b = new NetworkBuilder("taps", 3);
    String x = b.input("x", channels);
    String pooled = b.add("pool", new GlobalPool(GlobalPool.Kind.MAX), x);
    String logits = b.conv("logits", pooled, units, 1).bias().build();
    return b.build(b.add("tap", new Identity(), x), logits);
  }

  private static GateError error(int channels, int unit, Rule rule) {
    return GateError.of(
        List.of(Site.ofFilters("tap", "logits", "tap", units(channels, unit))), rule);
  }

  /** The live filters that the script's target has for images [N, C, 2, 2]. */
  private static List<boolean[]> script(Rule rule, int channels, int unit, float[][] images) {
    GateError error = error(channels, unit, rule);
    Shape batch = Shape.of(images.length, channels, SIDE, SIDE);
    FloatBuffer pixels = FloatBuffer.allocate((int) batch.elements());
    for (float[] image : images) {
      pixels.put(image);
    }
    Network network = network(channels, error.units());
    try (Learner learner = new Learner(network, batch, new Loss(List.of(error)), w -> true, 1)) {
      learner.backward(pixels, LossInputs.none().with(GateError.FACTOR, ONE), 1);
      GateBits bits = learner.gates().orElseThrow();
      List<boolean[]> out = new ArrayList<>();
      for (int i = 0; i < images.length; i++) {
        boolean[] live = new boolean[channels];
        for (int c = 0; c < channels; c++) {
          live[c] = bits.target(i, c / unit);
        }
        out.add(live);
      }
      return out;
    }
  }

  /** An image whose filters respond so: the largest value is at one place, its sign changes. */
  private static float[] image(float... responses) {
    float[] image = new float[responses.length * SIDE * SIDE];
    for (int c = 0; c < responses.length; c++) {
      image[c * SIDE * SIDE + c % 4] = c % 3 == 0 ? -responses[c] : responses[c];
      image[c * SIDE * SIDE + (c + 1) % 4] = responses[c] / 2;
    }
    return image;
  }

  private static double[] responses(float[] image) {
    double[] out = new double[image.length / (SIDE * SIDE)];
    for (int i = 0; i < image.length; i++) {
      out[i / (SIDE * SIDE)] = Math.max(out[i / (SIDE * SIDE)], Math.abs(image[i]));
    }
    return out;
  }

  /** Responses with ties, zeros, equal ones, one giant, tiny ones. */
  private static float[] drawn(Random random, int channels) {
    float[] out = new float[channels];
    int kind = random.nextInt(6);
    for (int c = 0; c < channels; c++) {
      out[c] =
          switch (kind) {
            case 0 -> random.nextInt(4);
            case 1 -> random.nextBoolean() ? 0 : random.nextFloat();
            case 2 -> 0.7f;
            case 3 -> c == channels / 2 ? 100 : random.nextFloat();
            case 4 -> random.nextFloat() * (float) Math.pow(10, -random.nextInt(8));
            default -> random.nextFloat();
          };
    }
    return random.nextInt(20) == 0 ? new float[channels] : out;
  }

  @Test
  void scriptAndJavaSayTheSame() {
    for (long seed = 1; seed <= 40; seed++) {
      Random random = new Random(seed);
      int channels = 1 + random.nextInt(40);
      int unit = List.of(1, 1, 2, 3, 16).get(random.nextInt(5));
      double ratio = List.of(-1.0, 1.0, 0.95, 0.85, 0.5, 0.25, 0.01).get(random.nextInt(7));
      double drop = List.of(0.0, 0.3, 0.5, 0.9).get(random.nextInt(4));
      float[][] images = new float[24][];
      for (int i = 0; i < images.length; i++) {
        images[i] = image(drawn(random, channels));
      }
      GateTarget mass = new MassTarget(ratio, unit);
      GateTarget uniform = new UniformTarget(drop, unit);
      List<boolean[]> byMass = script(new Mass(ratio), channels, unit, images);
      List<boolean[]> byCount = script(new Uniform(drop), channels, unit, images);
      for (int i = 0; i < images.length; i++) {
        String where = "seed " + seed + ", image " + i + ", ";
        assertArrayEquals(mass.live(responses(images[i])), byMass.get(i), where + mass);
        assertArrayEquals(uniform.live(responses(images[i])), byCount.get(i), where + uniform);
      }
    }
  }

  /** The worked example of the paper's poster, recomputed. */
  @Test
  void fourOfSevenFiltersHoldNinetyFivePercent() {
    boolean[] live =
        script(new Mass(0.95), 7, 1, new float[][] {image(5.5f, 7.9f, .3f, 8.6f, 2.2f, 3.1f, .9f)})
            .get(0);
    assertArrayEquals(new boolean[] {true, true, false, true, false, true, false}, live);
  }

  /** Units need not be of consecutive filters. */
  @Test
  void unitsMayLieApart() {
    GateError error =
        GateError.of(
            List.of(Site.ofFilters("tap", "logits", "tap", List.of(0, 1, 0, 1))), new Mass(0.6));
    try (Learner learner =
        new Learner(
            network(4, 2), Shape.of(1, 4, SIDE, SIDE), new Loss(List.of(error)), w -> true, 1)) {
      learner.backward(
          FloatBuffer.wrap(image(1, 3, 2, 1)), LossInputs.none().with(GateError.FACTOR, ONE), 1);
      assertFalse(learner.gates().orElseThrow().target(0, 0), "1 + 2");
      assertTrue(learner.gates().orElseThrow().target(0, 1), "3 + 1");
    }
  }

  /** Logits that are learned directly, so that their gradient is seen. */
  private static Network free(int sites) {
    NetworkBuilder b = new NetworkBuilder("free", 1);
    String x = b.input("x", 2);
    String pooled = b.add("pool", new GlobalPool(GlobalPool.Kind.MAX), x);
    List<String> outputs = new ArrayList<>();
    for (int i = 0; i < sites; i++) {
      Elementwise mul = new Elementwise(Elementwise.Kind.MUL);
      String zero = b.add("zero" + i, mul, pooled, b.constant("const/zero" + i, zeros()));
      String logits = b.learned("w" + i, "gates", zeros());
      outputs.add(b.add("logits" + i, new Elementwise(Elementwise.Kind.ADD), zero, logits));
    }
    outputs.add(b.add("tap", new Identity(), x));
    return b.build(outputs.toArray(String[]::new));
  }

  private static Tensor zeros() {
    return Tensor.filled(Shape.of(1, 2, 1, 1), 0);
  }

  private static double loss(int sites, int images, Normalisation normalisation, float factor) {
    List<Site> all = new ArrayList<>();
    for (int i = 0; i < sites; i++) {
      all.add(Site.ofFilters("tap" + i, "logits" + i, "tap", List.of(0, 1)));
    }
    Loss loss = new Loss(List.of(new GateError(all, new Mass(0.8), normalisation, 1)));
    Shape batch = Shape.of(images, 2, 1, 1);
    FloatBuffer pixels = FloatBuffer.allocate(2 * images);
    for (int i = 0; i < images; i++) {
      pixels.put(2 * i, 3).put(2 * i + 1, 1);
    }
    try (Learner learner = new Learner(free(sites), batch, loss, w -> true, 1)) {
      FloatBuffer given = FloatBuffer.wrap(new float[] {factor});
      double value = learner.backward(pixels, LossInputs.none().with(GateError.FACTOR, given), 1);
      float[] gradient = new float[2];
      learner.gradient("w0", gradient);
      float each = factor / 2 / (normalisation == Normalisation.CODE ? sites : 1);
      assertArrayEquals(new float[] {-each, each}, gradient, 1e-7f);
      return value;
    }
  }

  /** −ln ½ for each of two filters; the target is 1 and 0. */
  @Test
  void sitesAreAveragedAsInTheCodeOrSummedAsInThePaper() {
    double one = 2 * Math.log(2);
    assertEquals(one, loss(1, 1, Normalisation.CODE, 1), 1e-6);
    assertEquals(one, loss(1, 3, Normalisation.CODE, 1), 1e-6, "a mean over images");
    assertEquals(one, loss(3, 2, Normalisation.CODE, 1), 1e-6);
    assertEquals(3 * one, loss(3, 2, Normalisation.PAPER, 1), 1e-6);
    assertEquals(one / 4, loss(1, 2, Normalisation.CODE, 0.25f), 1e-6, "the step's factor");
    assertEquals(0, loss(1, 2, Normalisation.CODE, 0), 0.0);
  }

  /** Two residual units, entered at x: one adds 1 everywhere, the other 3. */
  private static Network residual() {
    NetworkBuilder b = new NetworkBuilder("residual", 1);
    String x = b.input("x", 1);
    String pooled = b.add("pool", new GlobalPool(GlobalPool.Kind.AVERAGE), x);
    String first = b.conv("logits0", pooled, 1, 1).bias().build();
    String second = b.conv("logits1", pooled, 1, 1).bias().build();
    Elementwise add = new Elementwise(Elementwise.Kind.ADD);
    String one = b.constant("const/one", Tensor.filled(Shape.of(1, 1, 1, 1), 1));
    String three = b.constant("const/three", Tensor.filled(Shape.of(1, 1, 1, 1), 3));
    String entry = b.add("entry", new Identity(), x);
    return b.build(
        entry, b.add("exit0", add, entry, one), b.add("exit1", add, entry, three), first, second);
  }

  /** Changes 1 and 3 hold a quarter and three quarters of the network's mass. */
  @Test
  void residualUnitsAreWeighedTogetherByHowMuchTheyChange() {
    List<Site> sites =
        List.of(
            Site.ofResidual("a", "logits0", "entry", "exit0"),
            Site.ofResidual("b", "logits1", "entry", "exit1"));
    Map<Double, List<Boolean>> live =
        Map.of(0.7, List.of(false, true), 0.76, List.of(false, true), 1.0, List.of(true, true));
    live.forEach(
        (ratio, expected) -> {
          Loss loss = new Loss(List.of(GateError.of(sites, new Mass(ratio))));
          try (Learner learner =
              new Learner(residual(), Shape.of(1, 1, 2, 2), loss, w -> true, 1)) {
            learner.backward(
                FloatBuffer.wrap(new float[] {1, -1, 2, -2}),
                LossInputs.none().with(GateError.FACTOR, ONE),
                1);
            GateBits bits = learner.gates().orElseThrow();
            assertEquals(expected, List.of(bits.target(0, 0), bits.target(0, 1)), "ratio " + ratio);
          }
        });
  }

  private static GateTarget seeing(List<double[]> seen) {
    return new GateTarget() {
      @Override
      public int unit() {
        return 1;
      }

      @Override
      public boolean[] live(double[] responses) {
        seen.add(responses.clone());
        boolean[] all = new boolean[responses.length];
        Arrays.fill(all, true);
        return all;
      }
    };
  }

  /** An estimate before training and the loss look at the same responses. */
  @Test
  void lossAndEstimateSeeTheSameResponses() {
    Place exit0 = new Place("exit0", List.of(0));
    Place exit1 = new Place("exit1", List.of(0));
    List<GateSite> filters =
        List.of(new GateSite("a", GateSite.Kind.FILTERS, "entry", 1, 1, List.of(exit0)));
    List<GateSite> layers =
        List.of(new GateSite("b", GateSite.Kind.LAYERS, "entry", 1, 1, List.of(exit1)));
    for (long seed = 1; seed <= 5; seed++) {
      int side = 2 + (int) seed;
      float[] x = seed == 5 ? new float[side * side] : Probe.random(side * side, seed);
      List<double[]> learned = new ArrayList<>();
      List<Site> sites =
          List.of(
              Site.ofFilters("a", "logits0", "exit0", List.of(0)),
              Site.ofResidual("b", "logits1", "entry", "exit1"));
      Rule rule = new Chosen("seen", seeing(learned)::live);
      Loss loss = new Loss(List.of(GateError.of(sites, rule)));
      Shape shape = Shape.of(1, 1, side, side);
      try (Learner learner = new Learner(residual(), shape, loss, w -> true, 1)) {
        learner.backward(FloatBuffer.wrap(x), LossInputs.none().with(GateError.FACTOR, ONE), 1);
      }
      List<double[]> estimated = new ArrayList<>();
      for (List<GateSite> each : List.of(filters, layers)) {
        FrameResponses.of(residual(), each, List.of(x), side, side, 1, Progress.NONE)
            .live(0, seeing(estimated));
      }
      assertEquals(2, learned.size(), "seed " + seed);
      assertEquals(2, estimated.size(), "seed " + seed);
      for (int i = 0; i < 2; i++) {
        double expected = estimated.get(i)[0];
        assertEquals(expected, learned.get(i)[0], 1e-5 * expected, "seed " + seed + ", " + i);
      }
    }
  }

  /** A rule in Java that says what the script's own says moves the same by the same. */
  @Test
  void aRuleInJavaLearnsAsOneOfTheScript() {
    Shape batch = Shape.of(3, 6, SIDE, SIDE);
    FloatBuffer pixels = FloatBuffer.wrap(Probe.random((int) batch.elements(), 5));
    List<float[]> gradients = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    for (Rule rule : List.of(new Mass(0.7), new Chosen("mass", MassTarget.ofFilters(0.7)::live))) {
      GateError error = error(6, 2, rule).withWeight(0.5);
      Loss loss = new Loss(List.of(error));
      try (Learner learner = new Learner(network(6, 3), batch, loss, w -> true, 1)) {
        for (int step = 0; step < 2; step++) {
          losses.add(learner.backward(pixels, LossInputs.none().with(GateError.FACTOR, ONE), 1));
        }
        for (String name : learner.learned()) {
          float[] gradient = new float[learner.size(name)];
          learner.gradient(name, gradient);
          gradients.add(gradient);
        }
      }
    }
    assertEquals(4, gradients.size(), "kernel and bias, twice");
    assertArrayEquals(gradients.get(0), gradients.get(2));
    assertArrayEquals(gradients.get(1), gradients.get(3));
    assertEquals(losses.subList(0, 2), losses.subList(2, 4));
    assertTrue(losses.get(0) > 0);
  }

  @Test
  void aRuleInJavaThatAnswersForOtherUnitsIsRefused() {
    Rule rule = new Chosen("mine", r -> new boolean[] {true, false, true, true});
    Shape batch = Shape.of(1, 4, SIDE, SIDE);
    Loss loss = new Loss(List.of(error(4, 2, rule)));
    try (Learner learner = new Learner(network(4, 2), batch, loss, w -> true, 1)) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  learner.backward(
                      FloatBuffer.allocate(16), LossInputs.none().with(GateError.FACTOR, ONE), 1));
      assertEquals("gate criterion mine: 4 answers for the 2 responses of tap", e.getMessage());
    }
  }

  /** The unit with the largest logit is live, so that no layer goes dark. */
  @Test
  void liveUnitsAreThoseAboveZeroOrTheLargest() {
    Site filters = Site.ofFilters("f", "l", "t", List.of(0, 1, 2));
    Site residual = Site.ofResidual("r", "m", "e", "x");
    GateBits bits =
        new GateBits(
            List.of(filters, residual),
            2,
            new float[] {-3, -1, -2, -1, 1, 0, -1, 1},
            new float[] {1, 0, 0, 1, 0, 0, 0, 1});
    List<Boolean> live = new ArrayList<>();
    for (int image = 0; image < 2; image++) {
      for (int unit = 0; unit < bits.units(); unit++) {
        live.add(bits.live(image, unit));
      }
    }
    assertEquals(List.of(false, true, false, false, true, false, false, true), live);
    assertTrue(bits.target(0, 3) && !bits.target(1, 0));
  }

  /** Two convolutions, the second gated by a head on what it reads, and scores. */
  private static Network gated(boolean joint) {
    NetworkBuilder b = new NetworkBuilder("gated", 7);
    String x = b.input("x", 3);
    String stem =
        b.relu("stem.act", b.batchNorm("stem.bn", b.conv("stem", x, 5, 3).same().build(), 1e-5));
    String read = joint ? stem : b.add("stop", new StopGradient(), stem);
    String pooled = b.add("pool", new GlobalPool(GlobalPool.Kind.MAX), read);
    String logits = b.conv("head", b.add("soft", new Softmax(1), pooled), 4, 1).bias().build();
    String gates = b.add("step", Activation.of(Activation.Kind.STEP), logits);
    String tap = b.relu("conv.act", b.conv("conv", stem, 4, 3).same().bias().build());
    String y = b.add("gate", new Gate(), tap, gates);
    return b.build(b.conv("scores", y, 3, 1).bias().build(), gates, logits, tap);
  }

  private static final Shape IMAGES = Shape.of(2, 3, 6, 8);

  private static Map<String, float[]> gradients(boolean joint, boolean task, boolean gates) {
    GateError error =
        GateError.of(
            List.of(Site.ofFilters("conv", "head", "conv.act", units(4, 1))), new Mass(0.6));
    List<LossTerm> terms = new ArrayList<>();
    if (task) {
      terms.addAll(Loss.plain("scores", 3).terms());
    }
    if (gates) {
      terms.add(error);
    }
    byte[] truth = new byte[2 * 6 * 8];
    new Random(3).nextBytes(truth);
    for (int i = 0; i < truth.length; i++) {
      truth[i] = (byte) (i % 7 == 0 ? 255 : Math.abs(truth[i] % 3));
    }
    LossInputs inputs = task ? LossInputs.labels(ByteBuffer.wrap(truth)) : LossInputs.none();
    inputs = gates ? inputs.with(GateError.FACTOR, ONE) : inputs;
    Map<String, float[]> out = new TreeMap<>();
    try (Learner learner = new Learner(gated(joint), IMAGES, new Loss(terms), w -> true, 1)) {
      for (int step = 0; step < 2; step++) {
        float[] image = Probe.random((int) IMAGES.elements(), 11);
        assertTrue(learner.backward(FloatBuffer.wrap(image), inputs, 1) > 0);
      }
      for (String name : learner.learned()) {
        out.put(name, new float[learner.size(name)]);
        learner.gradient(name, out.get(name));
      }
    }
    return out;
  }

  private static double norm(float[] gradient) {
    return IntStream.range(0, gradient.length).mapToDouble(i -> gradient[i] * gradient[i]).sum();
  }

  @Test
  void decoupledGatesMoveNothingButTheirHeads() {
    Map<String, float[]> found = gradients(false, false, true);
    assertTrue(found.containsKey("stem.weight") && found.containsKey("conv.weight"));
    found.forEach(
        (name, gradient) -> {
          if (name.startsWith("head")) {
            assertTrue(norm(gradient) > 0, name);
          } else {
            assertArrayEquals(new float[gradient.length], gradient, name);
          }
        });
    Map<String, float[]> task = gradients(false, true, false);
    Map<String, float[]> both = gradients(false, true, true);
    task.keySet().stream()
        .filter(n -> !n.startsWith("head"))
        .forEach(n -> assertArrayEquals(task.get(n), both.get(n), n));
  }

  @Test
  void jointGatesMoveWhatTheirHeadsRead() {
    Map<String, float[]> found = gradients(true, false, true);
    assertTrue(norm(found.get("stem.weight")) > 0);
    assertArrayEquals(new float[4 * 5 * 9], found.get("conv.weight"), "the target has no gradient");
    assertFalse(found.containsKey("scores.bias"), "no gate depends on it");
  }

  @Test
  void labelsNeverMoveHeads() {
    for (boolean joint : new boolean[] {false, true}) {
      Map<String, float[]> found = gradients(joint, true, false);
      assertArrayEquals(new float[4 * 5], found.get("head.weight"), "joint " + joint);
      assertArrayEquals(new float[4], found.get("head.bias"), "joint " + joint);
      assertTrue(norm(found.get("conv.weight")) > 0);
    }
  }
}
