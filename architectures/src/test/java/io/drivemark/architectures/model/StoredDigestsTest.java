package io.drivemark.architectures.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.NetworkDigest;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Plans, checkpoints and results on disk carry these digests: they never change. A model that is
 * trained anew has new lines; no other reason is a good one.
 */
class StoredDigestsTest {
  /** Name, digest of the model, digest of its network; the first 16 digits of each. */
  private static final String GOLDEN =
      """
      dabnet-camvid c70985c69a67a7b4 836daae89cda9318
      dabnet-camvid-filter-taylor-weight-19 3ef2613eefeee49a 7046d6bf0ee3c6ae
      dabnet-camvid-layer-l1-73 913e63525b259ffe 7e51f63d5d1d99ba
      dabnet-synthdrive c0d0fe4ebeb78d45 460dbfa919939400
      dabnet-synthdrive-dynamic-mass-60 06fc4bb920645394 6996256619ef3b1e
      dabnet-synthdrive-filter-taylor-weight-42 41ccf43eeaf43894 c8cc3f38b1e1d24b
      dabnet-synthdrive-layer-taylor-weight-60 595d99add0b37c63 d773708ad92d0f3a
      ddrnet-23-slim-16-camvid 17803a17263d3b8e 4f26a9673a9bdb2b
      enet-camvid b45bd9ba45b9c768 b605b40a9cb2dec5
      enet-synthdrive 612d41af6e87e5b6 6887bc9940ef9556
      espnet-synthdrive c9f4890f998bea77 42a7fb9552813255
      espnet-synthdrive-filter-taylor-weight-52 ce01be429ce7ac5d c53be5ce28a0a372
      espnet-synthdrive-layer-taylor-weight-47 3f0259f245edb087 72de0d3e0dcf3caa
      espnetv2-1.0-synthdrive e5454e9f84114e48 7fdefa26dd2147cf
      fast-scnn-camvid 41ea666555a569af a025e847d013a07e
      monodepth-0.2-synthdrive b762faad8ccff7d7 36c76e7ca45d9f31
      monodepth-0.2-synthdrive-joint-params-90 9e37e281d1389a0f 346b5bc8807d3588
      segnet-basic-16-synthdrive efd7c58229c63cf5 71c39100d5d385fa
      skipnet-mobilenet-0.5-synthdrive 8b6d37e9f17ed67c 6f068bd7a460986e
      """;

  @Test
  void shippedModelsKeepTheirDigests() {
    List<String> found =
        Models.names().stream()
            .map(
                name -> {
                  Model model = Models.load(name);
                  return name
                      + " "
                      + Models.digest(model).substring(0, 16)
                      + " "
                      + NetworkDigest.of(model.network()).substring(0, 16);
                })
            .toList();
    assertEquals(GOLDEN, String.join("\n", found) + "\n");
  }

  @Test
  void shippedVariantsCarryTheDigestOfAShippedParent() {
    int carried = 0;
    for (String name : Models.names()) {
      Model variant = Models.load(name);
      String digest = variant.spec().provenance().get("parent-digest");
      if (digest != null) {
        carried++;
        String parent = variant.spec().variant().parent().orElseThrow();
        assertEquals(digest, Models.digest(Models.load(parent)), name);
      }
    }
    assertTrue(carried > 0, "no shipped variant carries a digest");
  }
}
