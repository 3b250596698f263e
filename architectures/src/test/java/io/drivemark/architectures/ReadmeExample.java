package io.drivemark.architectures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Java code of the README, compiled into a folder and plugged in from there. */
public final class ReadmeExample {
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  private final Path folder;

  public ReadmeExample(Path folder) {
    this.folder = folder;
  }

  /** What is done with the classes of the folder. */
  public interface Use {
    void of(ClassLoader loader) throws Exception;
  }

  /** The blocks of Java code from a heading to the next. */
  public static List<String> blocks(String heading) throws IOException {
    Matcher matcher = BLOCK.matcher(section(heading));
    List<String> blocks = new ArrayList<>();
    while (matcher.find()) {
      blocks.add(matcher.group(1));
    }
    return blocks;
  }

  /** Does something while services are found in the folder, too. */
  public void pluggedIn(Use use) throws Exception {
    ClassLoader usual = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
      Thread.currentThread().setContextClassLoader(loader);
      use.of(loader);
    } finally {
      Thread.currentThread().setContextClassLoader(usual);
    }
  }

  /** Writes a file into the folder. */
  public void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Compiles files of the folder; a warning is an error. */
  public void compile(String... files) {
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
