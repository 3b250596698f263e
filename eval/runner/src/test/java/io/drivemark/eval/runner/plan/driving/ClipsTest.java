package io.drivemark.eval.runner.plan.driving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.Task;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.datasets.synth.SynthDrive;
import io.drivemark.datasets.synth.SynthOptions;
import io.drivemark.datasets.view.DatasetView;
import io.drivemark.eval.runner.evidence.driving.Clip;
import io.drivemark.eval.runner.study.driving.DrivingSpec;
import io.drivemark.problem.BadInputException;
import io.drivemark.testkit.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a dataset can be driven through, and what it must declare besides. */
class ClipsTest {
  private static final String WHERE = "driving: late answers cannot be judged on yard/val: ";

  @TempDir Path folder;

  /** Frames of one pixel. */
  private Dataset yard(String more, String... ids) throws IOException {
    for (String id : ids) {
      ImageCodec.writeImage(folder.resolve("val/" + id + ".png"), RgbImage.of(1, 1, new byte[3]));
      ImageCodec.writeGray8(folder.resolve("valannot/" + id + ".png"), 1, 1, new byte[1]);
    }
    Path yaml = folder.resolve("yard.yaml");
    Files.writeString(
        yaml,
        """
        name: yard
        classes: [{name: ground}, {name: person}]
        splits: [val]
        layout: [{image: 'val/{id}.png', truth: 'valannot/{id}.png'}]
        coding: {kind: index, void: [3]}
        """
            + more);
    return Datasets.open(yaml.toString(), folder, "val", OptionalInt.empty());
  }

  private static Clips clips(Dataset dataset) {
    return Clips.of(dataset, DrivingSpec.DEFAULT);
  }

  private static String refusal(Dataset dataset) {
    return assertThrows(BadInputException.class, () -> clips(dataset)).getMessage();
  }

  @Test
  void withoutSequenceOrRateItIsSaidWhatToDeclare() throws IOException {
    String[] ids = {"a_0001", "a_0002"};
    assertEquals(
        WHERE
            + "it does not say which drive its frame a_0001 is of; declare sequence: with the part of"
            + " an id that names the drive",
        refusal(yard("", ids)));
    assertEquals(
        WHERE
            + "sequence a has no rate; declare rate: with the pictures a second that its camera took",
        refusal(yard("sequence: '^([a-z]+)_'\n", ids)));
  }

  /** As those of CamVid's train split are. */
  @Test
  void labelsASecondApartAreRefusedWithTheRemedy() throws IOException {
    assertEquals(
        WHERE
            + "frames with labels of sequence a are 1 s apart, at most 0.2 s can be judged; declare"
            + " layout.stream with the pictures that the camera took before each of them, for example"
            + " stream: 'video/{id}.png' (synthdrive: options: {sequence: 60, rate: 30})",
        refusal(yard("sequence: '^([a-z]+)_'\nrate: 30\n", "a_0030", "a_0060", "a_0090")));
  }

  @Test
  void labelsOfCamVidAreASecondApartInTrainAndNotInVal() {
    Path root = SharedData.require("data/camvid");
    String said = refusal(Datasets.open("camvid", root, "train", OptionalInt.empty()));
    assertTrue(
        said.startsWith(
            "driving: late answers cannot be judged on camvid/train: frames with labels of sequence"
                + " 0001TP are 1 s apart, at most 0.2 s can be judged; declare layout.stream with the"
                + " pictures that the camera took before each of them, for example stream:"
                + " 'video/{id}.png'"),
        said);
    assertTrue(said.contains(" of sequence 0016E5 are 0.967 s apart, "), said);
    Clips val = clips(Datasets.open("camvid", root, "val", OptionalInt.empty()));
    assertEquals(15, val.sheet().rate(), "every second picture of 30 a second has labels");
    assertEquals(101, val.sheet().clips().stream().map(Clip::samples).mapToInt(List::size).sum());
  }

  @Test
  void whatIsMissingForTheRestIsSaidOnce() throws IOException {
    String[] ids = new String[40];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = String.format(Locale.ROOT, "a_%04d", i);
    }
    assertEquals(
        List.of(
            "when objects are first answered is not judged: yard/val tells no objects apart; declare"
                + " layout.instances with numbers that last along a drive, and instances: true at"
                + " classes of single objects",
            "people are not looked for in late answers: none of the classes of yard/val are people;"
                + " declare vulnerable: true at the classes of pedestrians and riders",
            "what late answers take for road is not counted: yard/val does not say which classes can"
                + " be driven on; declare drivable: [ground] with the names of its classes that can"),
        clips(yard("sequence: '^([a-z]+)_'\nrate: 30\n", ids)).notes());
    Dataset whole = new SynthDrive(SynthOptions.of(40, 1, 16, 24, "test").withSequences(40, 30));
    assertEquals(List.of(), clips(whole).notes(), "it knows all of it");
    Dataset flat =
        new DatasetView(whole, "flat", Map.of()) {
          @Override
          public Set<Task> tasks() {
            return Set.of(Task.SEGMENTATION);
          }
        };
    assertEquals(
        List.of(
            "how far off objects are when they are first answered is not said: "
                + flat.name()
                + "/test has no distances; declare layout.depth with depth: {metresPerUnit: 0.01}"),
        clips(flat).notes());
  }

  @Test
  void betweenPicturesTheTruthMustBeKnown() throws IOException {
    String[] ids = {"a_0001", "a_0002", "a_0003"};
    Dataset yard = yard("sequence: '^([a-z]+)_'\nrate: 30\n", ids);
    DrivingSpec usual = DrivingSpec.DEFAULT;
    DrivingSpec quarters =
        new DrivingSpec(
            usual.cameras(),
            usual.captureMs(),
            usual.policies(),
            usual.served(),
            0.05,
            usual.speeds(),
            usual.brake(),
            usual.actuation(),
            usual.hardware(),
            usual.deadlineMs(),
            OptionalInt.of(4),
            usual.delays());
    assertEquals(
        "driving: between is 4, but yard does not know the truth between its pictures; remove it, or"
            + " say between: 1",
        assertThrows(BadInputException.class, () -> Clips.of(yard, quarters)).getMessage());
  }
}
