package io.drivemark.architectures.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkDigest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Every architecture builds the same graph with the same initial weights as ever: studies that name
 * an architecture, and trainings that start from a seed, find their results again. A network that
 * is mended on purpose has a new line; moving code is no reason for one.
 *
 * <p>The resource has a line for each architecture and one for every other word of its options: the
 * options, and the first 16 digits of the digest of the network with 11 classes and seed 1. Wide
 * networks stand there at an eighth of their width.
 */
class ZooDigestsTest {
  @Test
  void everyArchitectureKeepsItsDigest() throws IOException {
    List<String> found = new ArrayList<>();
    for (String name : Architectures.names()) {
      for (Map<String, String> options : choices(Architectures.named(name))) {
        Network network = Architectures.build(name, options, 11, 1);
        String digest = NetworkDigest.of(network).substring(0, 16);
        found.add(name + " " + options + " " + digest);
      }
    }
    assertEquals(golden(), String.join("\n", found) + "\n");
  }

  private static List<Map<String, String>> choices(Architecture architecture) {
    Map<String, String> usual = new TreeMap<>();
    for (Option option : architecture.options()) {
      if (option.name().equals("width") && option.domain() instanceof Option.Real) {
        usual.put("width", "0.125");
      }
    }
    List<Map<String, String>> all = new ArrayList<>(List.of(usual));
    for (Option option : architecture.options()) {
      if (option.domain() instanceof Option.Words words) {
        for (String word : words.choices().subList(1, words.choices().size())) {
          Map<String, String> other = new TreeMap<>(usual);
          other.put(option.name(), word);
          all.add(other);
        }
      }
    }
    return all;
  }

  private static String golden() throws IOException {
    try (InputStream in = ZooDigestsTest.class.getResourceAsStream("digests.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
