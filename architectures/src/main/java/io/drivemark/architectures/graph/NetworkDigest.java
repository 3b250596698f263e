package io.drivemark.architectures.graph;

import io.drivemark.files.Digests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A digest of what a network computes: nodes, outputs and weights, not its name. Plans and training
 * checkpoints carry it, so it never changes: it is made of {@link CanonicalText}. Stateless.
 */
public final class NetworkDigest {
  private NetworkDigest() {}

  /** SHA-256 in hexadecimal. */
  public static String of(Network network) {
    MessageDigest digest = Digests.sha256();
    text(digest, CanonicalText.of(network.inputs().stream().map(CanonicalText::of).toList()));
    network.nodes().forEach(node -> text(digest, CanonicalText.of(node)));
    text(digest, CanonicalText.of(network.outputs()));
    for (Weight weight : network.weights().values()) {
      text(
          digest,
          weight.name()
              + weight.role().name()
              + weight.group()
              + CanonicalText.of(weight.tensor().shape()));
      if (weight.tensor().isFloat()) {
        float[] values = weight.tensor().sharedFloats();
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
        bytes.asFloatBuffer().put(values);
        digest.update(bytes.array());
      } else {
        text(digest, CanonicalText.of(Arrays.stream(weight.tensor().longs()).boxed().toList()));
      }
    }
    return Digests.hex(digest.digest());
  }

  private static void text(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }
}
