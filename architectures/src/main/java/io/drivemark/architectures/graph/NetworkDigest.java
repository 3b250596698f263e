package io.drivemark.architectures.graph;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A digest of what a network computes: nodes, outputs and weights, not its name. Stateless. */
public final class NetworkDigest {
  private NetworkDigest() {}

  /** SHA-256 in hexadecimal. */
  public static String of(Network network) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      text(digest, network.inputs().toString());
      network.nodes().forEach(node -> text(digest, node.toString()));
      text(digest, network.outputs().toString());
      for (Weight weight : network.weights().values()) {
        text(digest, weight.name() + weight.role() + weight.group() + weight.tensor().shape());
        if (weight.tensor().isFloat()) {
          float[] values = weight.tensor().sharedFloats();
          ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
          bytes.asFloatBuffer().put(values);
          digest.update(bytes.array());
        } else {
          text(digest, java.util.Arrays.toString(weight.tensor().longs()));
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void text(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }
}
