package io.drivemark.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginsTest {
  @TempDir private Path folder;
  private final ClassLoader usual = Thread.currentThread().getContextClassLoader();

  /** What plugs in here. */
  public interface Greeting {
    String text();
  }

  /** One that can be loaded. */
  public static final class Hello implements Greeting {
    @Override
    public String text() {
      return "hello";
    }
  }

  @AfterEach
  void restore() {
    Thread.currentThread().setContextClassLoader(usual);
  }

  /** Writes a service file and sees it. */
  private Path name(String type) throws Exception {
    Path file = folder.resolve("META-INF/services/" + Greeting.class.getName());
    Files.createDirectories(file.getParent());
    Files.writeString(file, type);
    URL[] folders = {folder.toUri().toURL()};
    Thread.currentThread().setContextClassLoader(new URLClassLoader(folders, usual));
    return file;
  }

  @Test
  void whatAServiceFileNamesIsFound() throws Exception {
    name(Hello.class.getName());
    List<Greeting> found = Plugins.load(Greeting.class);
    assertEquals(List.of("hello"), found.stream().map(Greeting::text).toList());
  }

  @Test
  void aNameWithoutAClassIsReportedWithItsFile() throws Exception {
    Path file = name("own.Nope");
    UnavailableException e =
        assertThrows(UnavailableException.class, () -> Plugins.load(Greeting.class));
    assertEquals(
        "a plug-in cannot be loaded: "
            + Greeting.class.getName()
            + ": Provider own.Nope not found; correct or remove it where it is named, in one of ["
            + file.toUri().toURL()
            + "]",
        e.getMessage());
  }
}
