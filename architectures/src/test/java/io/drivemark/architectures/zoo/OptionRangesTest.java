package io.drivemark.architectures.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.Head;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an architecture says is possible is: every end of every option, with few classes. */
class OptionRangesTest {
  @ParameterizedTest
  @MethodSource("io.drivemark.architectures.zoo.Architectures#names()")
  void everyEndOfEveryOptionBuildsANetwork(String name) {
    Architecture architecture = Architectures.named(name);
    Map<String, String> narrow = new HashMap<>();
    for (Option option : architecture.options()) {
      if (option.name().equals("width")) {
        narrow.put("width", ends(option).get(0));
      }
    }
    assertBuilds(architecture, narrow);
    for (Option option : architecture.options()) {
      for (String end : ends(option)) {
        Map<String, String> chosen = new HashMap<>(narrow);
        chosen.put(option.name(), end);
        boolean huge = option.name().equals("width") && name.contains("vgg16");
        if (!huge) {
          assertBuilds(architecture, chosen);
        }
      }
    }
  }

  /** The ends of an option's domain, the least first; widths no greater than 1, to stay small. */
  private static List<String> ends(Option option) {
    List<String> ends = new ArrayList<>();
    if (option.domain() instanceof Option.Whole whole) {
      ends.addAll(List.of("" + whole.least(), "" + whole.most()));
    } else if (option.domain() instanceof Option.Real real) {
      ends.add("" + real.least());
    } else if (option.domain() instanceof Option.Reals reals) {
      reals.numbers().forEach(n -> ends.add("" + n));
    } else if (option.domain() instanceof Option.Words words) {
      ends.addAll(words.choices());
    }
    return ends;
  }

  private static void assertBuilds(Architecture architecture, Map<String, String> options) {
    int classes = Math.max(2, architecture.fewestClasses());
    Network network = architecture.build(options, classes, 1);
    String what = architecture.name() + " " + options;
    for (Weight weight : network.weights().values()) {
      assertTrue(weight.tensor().shape().elements() > 0, what + ": " + weight.name() + " is empty");
    }
    int size = architecture.smallestSize();
    Shape first = network.shapesAt(size, size).get(network.outputs().get(0));
    List<Head> heads = architecture.heads(options);
    if (heads.isEmpty()) {
      assertEquals(classes, first.channels(), what);
    } else {
      assertEquals(network.outputs().get(0), heads.get(0).output().orElseThrow(), what);
      assertEquals(Optional.empty(), heads.get(0).kind().misfit(first), what);
    }
  }

  @Test
  void tooFewClassesAreRefused() {
    BadInputException e =
        assertThrows(BadInputException.class, () -> Architectures.build("espnet", Map.of(), 4, 1));
    assertEquals(
        "architecture 'espnet': classes: found 4, expected at least 5: its decoder shares them among"
            + " five dilated convolutions; take espnetv2 for fewer",
        e.getMessage());
  }
}
