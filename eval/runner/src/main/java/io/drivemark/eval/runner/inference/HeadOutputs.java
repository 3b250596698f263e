package io.drivemark.eval.runner.inference;

import io.drivemark.architectures.cue.ScoreSite;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.Head;
import io.drivemark.architectures.head.HeadDecoder;
import io.drivemark.architectures.head.HeadSite;
import io.drivemark.architectures.head.HeadSite.Classes;
import io.drivemark.architectures.head.HeadSite.Extents;
import io.drivemark.architectures.head.LabelConfidence;
import io.drivemark.architectures.head.LabelsDecoder;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.model.Axes;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.datasets.CameraPair;
import io.drivemark.datasets.LabelMap;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.problem.BadInputException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The outputs of an opened network, each with the decoder of its head: labels first, then the other
 * heads in the model's order. Safe to call from several threads.
 */
final class HeadOutputs {
  private final Optional<Head> labels;
  private final Map<String, HeadDecoder<?>> decoders = new LinkedHashMap<>();
  private final Optional<LabelConfidence> confidence;
  private final Optional<HeadSite> labelsSite;

  /**
   * @param input the size that frames are scaled to
   * @param padded the size that the network is given
   * @param answer what was found of the labels; empty where the model has none
   * @param target what labels are decoded to
   * @param sure whether counted labels come with how sure they are
   */
  HeadOutputs(
      ModelSpec spec,
      Session session,
      FrameSize input,
      FrameSize padded,
      Optional<Answer> answer,
      Optional<LabelTarget> target,
      boolean sure) {
    this.labels = spec.labelsHead();
    Optional<LabelConfidence> ofLabelsHead = Optional.empty();
    Optional<HeadSite> ofScores = Optional.empty();
    List<Head> heads = new ArrayList<>();
    labels.ifPresent(heads::add);
    heads.addAll(spec.otherHeads());
    for (int i = 0; i < heads.size(); i++) {
      Head head = heads.get(i);
      Shape shape = session.outputShapes().get(i);
      String subject = "model " + spec.name() + ", head " + head.name();
      boolean ofLabels = head.kind() instanceof LabelsHead;
      if (!ofLabels) {
        requireFit(subject, head, shape);
      }
      Optional<Classes> classes =
          ofLabels
              ? Optional.of(classes(answer.orElseThrow(), target.orElseThrow()))
              : Optional.empty();
      HeadSite site = new HeadSite(subject, shape, extents(input), extents(padded), classes);
      decoders.put(head.name(), head.kind().decoder(site));
      if (sure && head.kind() instanceof LabelsHead kind) {
        ofLabelsHead = Optional.of(new LabelConfidence(site, kind.form()));
      }
      ofScores = ofLabels ? Optional.of(site) : ofScores;
    }
    this.confidence = ofLabelsHead;
    this.labelsSite = ofScores;
  }

  private static void requireFit(String subject, Head head, Shape shape) {
    Optional<String> misfit = head.kind().misfit(shape);
    if (misfit.isPresent()) {
      throw new BadInputException(
          subject + ": output " + head.output().orElseThrow() + " " + misfit.get());
    }
  }

  private static Classes classes(Answer answer, LabelTarget target) {
    return new Classes(
        target.mapping(),
        target.truth(),
        target.grid(),
        answer.channels(),
        answer.axes() == Axes.CHANNELS_LAST);
  }

  private static Extents extents(FrameSize size) {
    return new Extents(size.height(), size.width());
  }

  /** New buffers for one run of the session. */
  List<FloatBuffer> newBuffers() {
    List<FloatBuffer> buffers = new ArrayList<>();
    for (HeadDecoder<?> decoder : decoders.values()) {
      FloatBuffer buffer = Session.buffer(decoder.buffer());
      decoder.prepare(buffer);
      buffers.add(buffer);
    }
    return List.copyOf(buffers);
  }

  /** How the scores of labels lie; empty where there are labels without scores, or none. */
  Optional<ScoreSite> scores(int threads) {
    if (labelsSite.flatMap(HeadSite::classes).flatMap(Classes::channels).isEmpty()) {
      return Optional.empty();
    }
    Head head = labels.orElseThrow();
    return head.kind() instanceof LabelsHead kind
            && decoders.get(head.name()) instanceof LabelsDecoder decoder
        ? Optional.of(new ScoreSite(labelsSite.orElseThrow(), kind.form(), decoder, threads))
        : Optional.empty();
  }

  /** Whether a decoder needs the cameras of a frame. */
  boolean needsCameras() {
    return decoders.values().stream().anyMatch(HeadDecoder::needsCameras);
  }

  /** Decodes all heads of one frame. */
  HeadValues decode(
      List<FloatBuffer> outputs, int height, int width, Optional<CameraPair> cameras, int threads) {
    Map<String, Object> values = new LinkedHashMap<>();
    int i = 0;
    for (Map.Entry<String, HeadDecoder<?>> e : decoders.entrySet()) {
      values.put(
          e.getKey(), e.getValue().decode(outputs.get(i++), height, width, cameras, threads));
    }
    return new HeadValues(values, labels, OutputUse.NONE, OptionalLong.empty());
  }

  /** The same on one thread, with what the outputs of labels were used for. */
  HeadValues decodeCounting(
      List<FloatBuffer> outputs, int height, int width, Optional<CameraPair> cameras) {
    Map<String, Object> values = new LinkedHashMap<>();
    OutputUse use = OutputUse.NONE;
    OptionalLong fragile = OptionalLong.empty();
    Optional<char[]> confidences = Optional.empty();
    int i = 0;
    for (Map.Entry<String, HeadDecoder<?>> e : decoders.entrySet()) {
      FloatBuffer output = outputs.get(i++);
      if (e.getValue() instanceof LabelsDecoder decoder) {
        LabelsDecoder.Counted counted = decoder.decodeCounting(output, height, width);
        LabelMap map = counted.labels();
        values.put(e.getKey(), map);
        fragile = counted.fragile();
        confidences = confidence.map(c -> c.of(output, map));
        use = new OutputUse(counted.pixels(), counted.beyond(), counted.unmapped());
      } else {
        values.put(e.getKey(), e.getValue().decode(output, height, width, cameras, 1));
      }
    }
    return new HeadValues(values, labels, use, fragile, confidences);
  }
}
