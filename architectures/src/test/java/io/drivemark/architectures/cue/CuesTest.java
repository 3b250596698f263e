package io.drivemark.architectures.cue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.cue.standard.Cascade;
import io.drivemark.architectures.cue.standard.Ensemble;
import io.drivemark.architectures.cue.standard.Keyframes;
import io.drivemark.architectures.cue.standard.SkipIfStill;
import io.drivemark.architectures.cue.standard.Smooth;
import io.drivemark.architectures.head.LabelsHead.Form;
import io.drivemark.config.ConfigFile;
import io.drivemark.problem.BadInputException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class CuesTest {
  private static final ScoreSite SITE =
      PlantedPath.site(PlantedPath.space(3), Form.LOGITS, 2, 3, 4, 6);

  private static List<Cue> read(String yaml) {
    ConfigFile file = ConfigFile.parse("study", yaml);
    List<Cue> cues = Cues.read(file.root(), "cues");
    file.finish();
    return cues;
  }

  private static String problem(String yaml) {
    return assertThrows(BadInputException.class, () -> read(yaml)).getMessage();
  }

  private static PathFrame frame(int number) {
    return new PathFrame(number, PlantedPath.image(number, 4, 6));
  }

  @Test
  void theProjectsSixAndAUsersOwnAreInstalled() {
    assertEquals(
        List.of(
            "cascade",
            "ensemble",
            "keyframes",
            "location-prior",
            "most-of-three",
            "skip-if-still",
            "smooth"),
        CueTypes.names());
  }

  @Test
  void aListIsReadFromTheNetworkOutwards() {
    List<Cue> cues = read("cues: [{smooth: {keep: 0.5}}, {keyframes: {every: 2}}, skip-if-still]");
    assertEquals(List.of(new Smooth(0.5), new Keyframes(2), new SkipIfStill(0.1)), cues);
    Cues all = new Cues(cues);
    assertEquals("smooth0.5+keyframes2+still0.1", all.shortName());
    assertEquals(Map.of("smooth", Map.of("keep", 0.5)), all.keys().get(0));
    assertEquals(
        "smooth[keep=0.5] derivation 1\n"
            + "keyframes[between=repeat, every=2, offset=0] derivation 1\n"
            + "skip-if-still[change=0.1] derivation 1\n",
        all.ready(new PlantedData()).identity());
    FramePath path =
        all.ready(new PlantedData()).around(PlantedPath.random("model m", SITE, 1), name -> null);
    assertEquals("skip-if-still around keyframes around smooth around model m", path.title());
  }

  @Test
  void settingsAreWrittenInOneOrder() {
    assertEquals(
        List.of("between", "every", "offset"),
        List.copyOf(
            ((Map<?, ?>) new Cues(List.of(new Keyframes(2))).keys().get(0).get("keyframes"))
                .keySet()));
  }

  @Test
  void workOfSeveralCuesRepeatsAfterTheLeastCommonMultiple() {
    assertEquals(1, new Cues(List.of(new Smooth(0.5))).period());
    assertEquals(
        12, new Cues(List.of(new Keyframes(4), new Smooth(0.5), new Keyframes(6))).period());
    assertTrue(new Cues(List.of(new Ensemble(List.of("a")), new Smooth(0.5))).remember());
    assertFalse(new Cues(List.of(new Ensemble(List.of("a")), new Cascade(0.5, "b"))).remember());
  }

  @Test
  void furtherNetworksMayBeCalledOtherwise() {
    Cues cues = new Cues(List.of(new Ensemble(List.of("a", "b")), new Cascade(0.5, "c")));
    assertEquals(
        new Cues(List.of(new Ensemble(List.of("x/a", "x/b")), new Cascade(0.5, "x/c"))),
        cues.withModels(name -> "x/" + name));
  }

  @Test
  void furtherNetworksAreNamedOnce() {
    Cues cues =
        new Cues(
            List.of(new Ensemble(List.of("a", "b")), new Cascade(0.5, "c"), new Cascade(0.9, "a")));
    assertEquals(List.of("a", "b", "c"), cues.models());
  }

  @Test
  void anUnknownCueIsToldWithTheNearest() {
    String known =
        "; there are cascade, ensemble, keyframes, location-prior, most-of-three,"
            + " skip-if-still, smooth";
    assertEquals(
        "study: line 1: cues[0].keyframe: no cue is called 'keyframe' (did you mean 'keyframes'?)"
            + known,
        problem("cues: [{keyframe: {every: 2}}]"));
    assertEquals(
        "study: line 1: cues[0].cue: no cue is called 'smoth' (did you mean 'smooth'?)" + known,
        problem("cues: smoth"));
    assertEquals("study: line 1: cues: names no cue" + known, problem("cues: []"));
  }

  @Test
  void eachBeginsWithADash() {
    assertEquals(
        "study: line 1: cues[0].skip-if-still: found smooth, skip-if-still, expected one cue;"
            + " begin each with a dash",
        problem("cues: [{smooth: {keep: 0.5}, skip-if-still: {}}]"));
  }

  @Test
  void settingsThatAreMissingOrOutOfRangeAreToldTogether() {
    assertEquals(
        String.join(
            "\n  ",
            "study: 9 problems",
            "line 1: cues[0].smooth.keep: is missing, expected 0 to below 1",
            "line 2: cues[1].smooth.keep: found 1.0, expected 0 to below 1",
            "line 3: cues[2].keyframes.every: is missing, expected a whole number; 2 runs on every"
                + " second frame",
            "line 4: cues[3].keyframes.offset: found 2, expected 0 to every - 1",
            "line 5: cues[4].skip-if-still.change: found 1.0, expected 0 to below 1",
            "line 6: cues[5].location-prior.strength: is missing, expected a number; -1 favours"
                + " rare classes",
            "line 7: cues[6].location-prior.split: found val, expected a split that is trained on,"
                + " whose name begins with train: a prior that was learnt from other frames has"
                + " seen what it is judged on",
            "line 8: cues[7].ensemble.with: found [a, a], expected at least one network, none twice",
            "line 9: key 'cues[8].cascade.then' is missing: expected a text"),
        problem(
            "cues: [{smooth: {}},\n"
                + "{smooth: {keep: 1}},\n"
                + "keyframes,\n"
                + "{keyframes: {every: 2, offset: 2}},\n"
                + "{skip-if-still: {change: 1}},\n"
                + "location-prior,\n"
                + "{location-prior: {split: val, strength: 1}},\n"
                + "{ensemble: {with: [a, a]}},\n"
                + "{cascade: {below: 0.5}}]"));
  }

  @Test
  void aCueThatGoesByScoresIsRefusedOutsideOfOneThatKeepsLabels() {
    PlantedPath network = PlantedPath.random("model m", SITE, 1);
    Cues.Ready ready =
        new Cues(List.of(new Keyframes(2), new Smooth(0.5))).ready(new PlantedData());
    BadInputException e =
        assertThrows(BadInputException.class, () -> ready.around(network, name -> null));
    assertEquals(
        "cue smooth: keyframes around model m gives labels without scores, expected scores of"
            + " classes; name smooth before cues that keep labels, and take a network that gives"
            + " scores",
        e.getMessage());
    assertEquals(1, network.closed(), "what was opened is closed");
  }

  @Test
  void keyFramesOfStillPicturesAreAsOldAsTheyAre() {
    FramePath path =
        new Cues(List.of(new SkipIfStill(0.1), new Keyframes(3)))
            .ready(new PlantedData())
            .around(PlantedPath.random("model m", SITE, 1), name -> null);
    path.begin();
    PathFrame first = frame(0);
    for (int i = 0; i < 5; i++) {
      FrameAnswer answer = path.next(new PathFrame(i, first.image()));
      assertEquals(0, answer.from(), "frame " + i);
      assertEquals(i == 0 ? 1 : 0, answer.runs(), "frame " + i);
    }
  }

  @Test
  void framesOutOfOrderOrOfAnotherSizeAreRefused() {
    FramePath path =
        new Cues(List.of(new Keyframes(2)))
            .ready(new PlantedData())
            .around(PlantedPath.random("model m", SITE, 1), name -> null);
    path.begin();
    path.next(frame(1));
    assertEquals(
        "keyframes around model m: frame 1 after 1: frames of a sequence come in their order",
        assertThrows(IllegalArgumentException.class, () -> path.next(frame(1))).getMessage());
    assertEquals(
        "keyframes around model m: RgbImage[6x4] after RgbImage[4x6]: frames of a sequence are of"
            + " one size",
        assertThrows(
                IllegalArgumentException.class,
                () -> path.next(new PathFrame(2, PlantedPath.image(2, 6, 4))))
            .getMessage());
    path.begin();
    path.next(new PathFrame(0, frame(0).image(), OptionalDouble.of(2)));
    assertThrows(
        IllegalArgumentException.class,
        () -> path.next(new PathFrame(1, frame(1).image(), OptionalDouble.of(1))));
  }

  @Test
  void afterAFailureNothingIsAnsweredUntilTheNextSequence() {
    PlantedPath network =
        new PlantedPath(
            "model m",
            SITE,
            frame -> {
              float[] planes = SITE.newPlanes();
              planes[0] = frame.number() == 1 ? Float.NaN : 0;
              return planes;
            });
    FramePath path =
        new Cues(List.of(new Keyframes(1))).ready(new PlantedData()).around(network, name -> null);
    path.begin();
    path.next(frame(0));
    assertThrows(BadInputException.class, () -> path.next(frame(1)));
    assertThrows(IllegalStateException.class, () -> path.next(frame(2)));
    path.begin();
    assertEquals(0, path.next(frame(0)).from());
  }
}
