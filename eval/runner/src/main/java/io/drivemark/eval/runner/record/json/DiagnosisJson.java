package io.drivemark.eval.runner.record.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.eval.runner.record.Diagnosis;
import io.drivemark.eval.runner.record.Picture;
import java.util.ArrayList;
import java.util.List;

/** A {@link Diagnosis} as JSON, and back. Stateless. */
final class DiagnosisJson {
  private DiagnosisJson() {}

  static ObjectNode write(Diagnosis diagnosis) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    ObjectNode images = out.putObject("images");
    ResultsJson.put(images, "miou", diagnosis.images().miou());
    ResultsJson.put(images, "miouOfClasses", diagnosis.images().miouOfClasses());
    images.put("worstShare", diagnosis.images().worstShare());
    ResultsJson.put(images, "miouOfWorst", diagnosis.images().miouOfWorst());
    ObjectNode boundary = out.putObject("boundary");
    boundary.put("ratio", diagnosis.boundary().ratio());
    ResultsJson.put(boundary, "miou", diagnosis.boundary().miou());
    ObjectNode iou = boundary.putObject("iou");
    diagnosis.boundary().iou().forEach(c -> ResultsJson.put(iou, c.name(), c.value()));
    diagnosis
        .safe()
        .ifPresent(
            safe -> {
              ObjectNode node = out.putObject("safe");
              node.put("severities", safe.severities());
              ResultsJson.put(node, "miou", safe.miou());
              ResultsJson.put(node, "miouOfImportant", safe.miouOfImportant());
            });
    diagnosis
        .people()
        .ifPresent(
            people -> {
              ObjectNode node = out.putObject("vulnerableRoadUsers");
              node.put("regions", people.regions());
              node.put("found", people.found());
              ResultsJson.put(node, "recall", people.recall());
              ResultsJson.put(node, "low", people.low());
              ResultsJson.put(node, "high", people.high());
            });
    ArrayNode regions = out.putArray("regions");
    for (Diagnosis.Region region : diagnosis.regions()) {
      ObjectNode node = regions.addObject();
      node.put("name", region.name());
      ResultsJson.put(node, "falselyDrivable", region.falselyDrivable());
      ResultsJson.put(node, "falselyBlocked", region.falselyBlocked());
    }
    diagnosis
        .objects()
        .ifPresent(
            objects -> {
              ObjectNode node = out.putObject("iiou");
              ResultsJson.put(node, "miou", objects.miou());
              ArrayNode classes = node.putArray("classes");
              for (Diagnosis.ObjectScore score : objects.classes()) {
                ObjectNode one = classes.addObject();
                one.put("name", score.name());
                one.put("meanPixels", score.meanPixels());
                ResultsJson.put(one, "iou", score.iou());
              }
            });
    out.set("worstFrames", RecordMapper.value(diagnosis.worstFrames()));
    return out;
  }

  static Diagnosis read(JsonFields in) {
    JsonFields images = in.object("images");
    JsonFields boundary = in.object("boundary");
    JsonFields iou = boundary.object("iou");
    List<Diagnosis.ClassValue> byClass = new ArrayList<>();
    iou.keys()
        .forEachRemaining(
            name -> byClass.add(new Diagnosis.ClassValue(name, iou.optionalNumber(name))));
    return new Diagnosis(
        new Diagnosis.Images(
            images.optionalNumber("miou"),
            images.optionalNumber("miouOfClasses"),
            images.number("worstShare"),
            images.optionalNumber("miouOfWorst")),
        new Diagnosis.Boundary(boundary.number("ratio"), boundary.optionalNumber("miou"), byClass),
        in.optionalObject("safe")
            .map(
                s ->
                    new Diagnosis.Safe(
                        s.text("severities"),
                        s.optionalNumber("miou"),
                        s.optionalNumber("miouOfImportant"))),
        in.optionalObject("vulnerableRoadUsers")
            .map(
                p ->
                    new Diagnosis.People(
                        p.whole("regions"),
                        p.whole("found"),
                        p.optionalNumber("recall"),
                        p.optionalNumber("low"),
                        p.optionalNumber("high"))),
        in.objects(
            "regions",
            r ->
                new Diagnosis.Region(
                    r.text("name"),
                    r.optionalNumber("falselyDrivable"),
                    r.optionalNumber("falselyBlocked"))),
        in.optionalObject("iiou")
            .map(
                o ->
                    new Diagnosis.ObjectScores(
                        o.optionalNumber("miou"),
                        o.objects(
                            "classes",
                            c ->
                                new Diagnosis.ObjectScore(
                                    c.text("name"),
                                    c.number("meanPixels"),
                                    c.optionalNumber("iou"))))),
        in.records("worstFrames", Picture.class));
  }
}
