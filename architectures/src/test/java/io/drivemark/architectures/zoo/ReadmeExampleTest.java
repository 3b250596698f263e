package io.drivemark.architectures.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's example of an architecture of one's own: it compiles, plugs in, and is tested. */
class ReadmeExampleTest {
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void anArchitectureIsUnderSixtyLinesAndItsContractHolds() throws Exception {
    String section = section("## Adding an architecture");
    Matcher blocks = BLOCK.matcher(section);
    assertTrue(blocks.find());
    String network = blocks.group(1);
    assertTrue(blocks.find());
    String test = blocks.group(1);
    assertTrue((network + test).lines().count() < 60, "longer than the README says");

    String imports =
        """
        package %s;
        import io.drivemark.architectures.graph.*;
        import io.drivemark.architectures.zoo.*;
        import java.util.*;
        """;
    write("own/TinyNet.java", imports.formatted("own") + network);
    write("own/TinyNetTest.java", imports.formatted("own") + test.replace("class", "public class"));
    write("META-INF/services/" + Architecture.class.getName(), "own.TinyNet\n");
    compile("own/TinyNet.java", "own/TinyNetTest.java");

    ClassLoader usual = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
      Thread.currentThread().setContextClassLoader(loader);
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
    } finally {
      Thread.currentThread().setContextClassLoader(usual);
    }
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void compile(String... files) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    var manager = compiler.getStandardFileManager(null, null, null);
    boolean done =
        compiler
            .getTask(
                said,
                manager,
                null,
                List.of("-classpath", classPath(), "-d", folder.toString()),
                null,
                manager.getJavaFileObjects(
                    List.of(files).stream().map(folder::resolve).toArray(Path[]::new)))
            .call();
    assertEquals("", said.toString());
    assertTrue(done);
  }

  /** What this test itself sees; Surefire passes it on under a name of its own. */
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** The text of the README from a heading to the next. */
  private static String section(String heading) throws IOException {
    Path readme = Path.of("../README.md");
    String text = Files.readString(readme);
    int from = text.indexOf(heading + "\n");
    assertTrue(from >= 0, heading + " is not in " + readme.toAbsolutePath());
    int to = text.indexOf("\n## ", from + 1);
    return text.substring(from, to < 0 ? text.length() : to);
  }
}
