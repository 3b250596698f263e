package io.drivemark.architectures.head;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.ReadmeExample;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.config.ConfigFile;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's example of a kind of output of one's own: it compiles, plugs in and decodes. */
class ReadmeHeadTest {
  @TempDir private Path folder;

  @Test
  void aKindOfOutputIsOneClassAndOneLine() throws Exception {
    // the tests have a kind of that name already
    String kind =
        ReadmeExample.blocks("## Adding a kind of output")
            .get(0)
            .replace("\"horizon\"", "\"own-horizon\"");
    ReadmeExample example = new ReadmeExample(folder);
    example.write(
        "own/Horizon.java",
        """
        package own;
        import io.drivemark.architectures.graph.op.Shape;
        import io.drivemark.architectures.head.*;
        import io.drivemark.config.ConfigMap;
        import java.nio.FloatBuffer;
        import java.nio.file.Path;
        import java.util.*;
        """
            + kind);
    example.write("META-INF/services/" + HeadType.class.getName(), "own.Horizon$Type\n");
    example.compile("own/Horizon.java");
    example.pluggedIn(
        loader -> {
          ConfigFile file = ConfigFile.parse("test", "{from: bottom}");
          HeadType type = HeadTypes.named("own-horizon").orElseThrow();
          HeadKind read = type.read(file.root(), Path.of(""));
          file.finish();
          HeadDecoder<?> decoder = read.decoder(HeadTypeContract.site(Shape.of(1, 1), 5, 7));
          FloatBuffer output = FloatBuffer.wrap(new float[] {0.25f});
          assertEquals(3, decoder.decode(output, 5, 7, 1));
        });
    assertTrue(HeadTypes.named("own-horizon").isEmpty(), "it is gone with its folder");
  }
}
