package io.drivemark.architectures.zoo;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.ReadmeExample;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's example of an architecture of one's own: it compiles, plugs in, and is tested. */
class ReadmeExampleTest {
  @TempDir private Path folder;

  @Test
  void anArchitectureIsUnderSixtyLinesAndItsContractHolds() throws Exception {
    List<String> blocks = ReadmeExample.blocks("## Adding an architecture");
    String network = blocks.get(0);
    String test = blocks.get(1);
    assertTrue((network + test).lines().count() < 60, "longer than the README says");

    ReadmeExample example = new ReadmeExample(folder);
    String imports =
        """
        package %s;
        import io.drivemark.architectures.graph.*;
        import io.drivemark.architectures.zoo.*;
        import java.util.*;
        """;
    example.write("own/TinyNet.java", imports.formatted("own") + network);
    example.write(
        "own/TinyNetTest.java", imports.formatted("own") + test.replace("class", "public class"));
    example.write("META-INF/services/" + Architecture.class.getName(), "own.TinyNet\n");
    example.compile("own/TinyNet.java", "own/TinyNetTest.java");

    example.pluggedIn(
        loader -> {
          var constructor = loader.loadClass("own.TinyNetTest").getDeclaredConstructor();
          constructor.setAccessible(true);
          ArchitectureContract contract = (ArchitectureContract) constructor.newInstance();
          contract.calibrate();
          contract.logitsHaveTheStatedSize(353, 501);
          contract.smallestSizeWorks();
          contract.everyWeightIsReadOrSaidToBeUnread();
          contract.everyUnitIsFreeOrSaysWhyNot();
          contract.enginesAgree(96, 128);
          contract.maskedEqualsMaterialised(1, 0.3, 96, 128);
        });
  }
}
