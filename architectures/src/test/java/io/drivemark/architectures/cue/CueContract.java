package io.drivemark.architectures.cue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drivemark.architectures.head.LabelsHead.Form;
import io.drivemark.config.ConfigFile;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What every cue keeps to; a new one gets these tests by a subclass. */
public abstract class CueContract {
  private static final int HEIGHT = 64;
  private static final int WIDTH = 72;
  private static final int FRAMES = 7;
  private static final LabelSpace SPACE = PlantedData.scenes("val", 1).labels();

  private final List<PlantedPath> opened = new ArrayList<>();

  /** The settings as a study writes them, in YAML's flow style: {@code {every: 2}}. */
  protected abstract String entry();

  /** What that says. */
  protected abstract Cue cue();

  /** The same cue with other settings. */
  protected abstract Cue other();

  /** Settings that leave the network's labels as they are, bit for bit; empty if none do. */
  protected abstract Optional<Cue> neutral();

  /** What it may learn from. */
  protected CueData data() {
    return new PlantedData();
  }

  private static Cue read(String entry) {
    ConfigFile file = ConfigFile.parse("test", "cues: [" + entry + "]");
    List<Cue> cues = Cues.read(file.root(), "cues");
    file.finish();
    return cues.get(0);
  }

  private PlantedPath network(String name) {
    ScoreSite site = PlantedPath.site(SPACE, Form.LOGITS, 8, 9, HEIGHT, WIDTH);
    return PlantedPath.random("model " + name, site, name.hashCode());
  }

  private FramePath around(Cue cue, FramePath network) {
    return new Cues(List.of(cue))
        .ready(data())
        .around(
            network,
            name -> {
              PlantedPath path = network(name);
              opened.add(path);
              return path;
            });
  }

  /** Frames of which every second one looks as the one before. */
  private static PathFrame frame(int sequence, int number) {
    return new PathFrame(
        number,
        PlantedPath.image(100 * sequence + number / 2, HEIGHT, WIDTH),
        OptionalDouble.of(number / 30.0));
  }

  private record Told(List<Integer> labels, int from, int runs) {
    static Told of(FrameAnswer answer) {
      List<Integer> labels = new ArrayList<>();
      for (byte label : answer.labels().pixels()) {
        labels.add((int) label);
      }
      return new Told(labels, answer.from(), answer.runs());
    }
  }

  private static List<Told> tell(FramePath path, int sequence) {
    path.begin();
    List<Told> out = new ArrayList<>();
    for (int i = 0; i < FRAMES; i++) {
      out.add(Told.of(path.next(frame(sequence, i))));
    }
    return out;
  }

  @Test
  void isFoundByItsNameAndDescribesItself() {
    CueType type = CueTypes.named(cue().type());
    assertEquals(cue().type(), type.name());
    assertTrue(type.name().matches("[a-z][a-z0-9-]*"), type.name());
    assertFalse(type.summary().isBlank());
    assertTrue(cue().derivation() >= 1);
  }

  @Test
  void whatAStudySaysIsReadAndWrittenWithoutLoss() throws JsonProcessingException {
    assertEquals(cue(), read("{" + cue().type() + ": " + entry() + "}"));
    for (Cue each : List.of(cue(), other())) {
      Map<String, Object> keys = new Cues(List.of(each)).keys().get(0);
      assertEquals(each, read(new ObjectMapper().writeValueAsString(keys)));
    }
  }

  @Test
  void anUnknownSettingIsAProblemAndNoException() {
    BadInputException e =
        assertThrows(
            BadInputException.class, () -> read("{" + cue().type() + ": {no-such-key: 1}}"));
    assertTrue(
        e.getMessage().contains("unknown key 'cues[0]." + cue().type() + ".no-such-key'"),
        e.getMessage());
  }

  @Test
  void otherSettingsHaveAnotherNameAndIdentity() {
    assertNotEquals(cue(), other());
    assertNotEquals(cue().shortName(), other().shortName());
    String identity = cue().ready(data()).identity();
    assertEquals(identity, cue().ready(data()).identity());
    assertNotEquals(identity, other().ready(data()).identity());
    assertTrue(identity.startsWith(cue().type() + "["), identity);
    assertTrue(identity.contains("] derivation " + cue().derivation()), identity);
  }

  @Test
  void resetMeansReset() {
    FramePath alone = around(cue(), network("first"));
    List<Told> expected = tell(alone, 2);
    FramePath path = around(cue(), network("first"));
    tell(path, 1);
    assertEquals(expected, tell(path, 2));
    path.begin();
    path.next(frame(3, 0)); // a sequence that breaks off
    assertEquals(expected, tell(path, 2));
    alone.close();
    path.close();
  }

  @Test
  void settingsThatChangeNothingGiveTheNetworksLabelsBitForBit() {
    assumeTrue(neutral().isPresent(), "no settings of this cue leave labels as they are");
    try (FramePath plain = network("first");
        FramePath path = around(neutral().get(), network("first"))) {
      List<Told> expected = tell(plain, 1);
      assertEquals(expected, tell(path, 1));
    }
  }

  @Test
  void aCueThatRemembersNothingAnswersEachFrameByItself() {
    assumeTrue(!cue().remembers(), "this cue remembers");
    try (FramePath path = around(cue(), network("first"));
        FramePath alone = around(cue(), network("first"))) {
      path.begin();
      for (int i = 0; i < FRAMES; i++) {
        alone.begin();
        assertEquals(
            Told.of(alone.next(frame(1, i))), Told.of(path.next(frame(1, i))), "frame " + i);
      }
    }
  }

  @Test
  void furtherNetworksAreCalledOtherwiseWhereverTheyAreNamed() {
    List<String> others = cue().models().stream().map(name -> name + "-other").toList();
    assertEquals(others, cue().withModels(name -> name + "-other").models());
    assertTrue(cue().period() >= 1);
  }

  @Test
  void labelsHoldForGoodAndSayWhatTheyWereMadeFrom() {
    try (FramePath path = around(cue(), network("first"))) {
      path.begin();
      List<FrameAnswer> answers = new ArrayList<>();
      List<byte[]> labels = new ArrayList<>();
      for (int i = 0; i < FRAMES; i++) {
        FrameAnswer answer = path.next(frame(1, i));
        assertTrue(answer.from() <= i && answer.from() >= 0, i + " from " + answer.from());
        assertTrue(answer.runs() > 0 || answer.from() < i, "frame " + i + " came from nowhere");
        assertEquals(HEIGHT, answer.labels().height());
        assertEquals(WIDTH, answer.labels().width());
        answers.add(answer);
        labels.add(answer.labels().pixels().clone());
      }
      assertEquals(0, answers.get(0).from());
      for (int i = 0; i < FRAMES; i++) {
        assertArrayEquals(labels.get(i), answers.get(i).labels().pixels(), "frame " + i);
      }
    }
  }

  @Test
  void runsAreAsManyAsTheNetworksHad() {
    PlantedPath network = network("first");
    try (FramePath path = around(cue(), network)) {
      int told = tell(path, 1).stream().mapToInt(Told::runs).sum();
      int seen = opened.stream().mapToInt(o -> o.seen().size()).sum() + network.seen().size();
      assertEquals(seen, told);
    }
  }

  @Test
  void answersNothingBeforeASequenceIsBegun() {
    try (FramePath path = around(cue(), network("first"))) {
      IllegalStateException e =
          assertThrows(IllegalStateException.class, () -> path.next(frame(1, 0)));
      assertEquals(path.title() + ": no sequence was begun", e.getMessage());
      assertTrue(path.title().endsWith(" around model first"), path.title());
    }
  }

  @Test
  void closesAllThatItRuns() {
    PlantedPath network = network("first");
    FramePath path = around(cue(), network);
    assertEquals(0, network.closed());
    path.close();
    assertEquals(1, network.closed());
    assertEquals(cue().models().size(), opened.size());
    opened.forEach(o -> assertEquals(1, o.closed(), o.title()));
    path.close();
  }
}
