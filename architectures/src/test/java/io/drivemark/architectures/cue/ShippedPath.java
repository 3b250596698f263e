package io.drivemark.architectures.cue;

import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.head.HeadSite;
import io.drivemark.architectures.head.HeadSite.Classes;
import io.drivemark.architectures.head.HeadSite.Extents;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.labelling.Grid;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.Models;
import io.drivemark.datasets.LabelMapping;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.image.Preprocess;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/** A shipped network of labels on ONNX Runtime, without padding. */
final class ShippedPath implements FramePath {
  private final String name;
  private final Preprocess preprocess;
  private final Session session;
  private final ScoreSite site;
  private final FloatBuffer input;
  private final FloatBuffer output;

  ShippedPath(String name, int height, int width) {
    this.name = name;
    Model model = Models.load(name).forInference();
    ModelSpec spec = model.spec();
    preprocess =
        new Preprocess(
            spec.input().order(), spec.input().mean(), spec.input().std(), height, width);
    session =
        Engines.named("onnxruntime").open(model.network(), height, width, new EngineOptions(1));
    LabelSpace space = spec.labels();
    Extents size = new Extents(height, width);
    int channels = session.outputShapes().get(0).channels();
    HeadSite head =
        new HeadSite(
            "model " + name + ", head labels",
            session.outputShapes().get(0),
            size,
            size,
            Optional.of(
                new Classes(
                    LabelMapping.identity(space),
                    space,
                    Grid.LOGITS_BILINEAR,
                    spec.channels(space, channels),
                    false)));
    site =
        new ScoreSite(head, spec.output(), new LabelsHead(space, spec.output()).decoder(head), 1);
    input = Session.buffer(session.inputShape());
    output = site.newBuffer();
  }

  @Override
  public String title() {
    return "model " + name;
  }

  @Override
  public Optional<ScoreSite> scores() {
    return Optional.of(site);
  }

  @Override
  public void begin() {
    // a network remembers nothing
  }

  @Override
  public FrameAnswer next(PathFrame frame) {
    preprocess.into(frame.image(), input);
    session.run(input, List.of(output));
    return FrameAnswer.of(new Scores(site, output), frame, 1);
  }

  @Override
  public void close() {
    session.close();
  }
}
