package io.drivemark.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.drivemark.problem.PluginsTest.Greeting;
import io.drivemark.problem.PluginsTest.Hello;
import java.io.File;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginSearchTest {
  @TempDir private Path folder;
  private final ClassLoader context = PluginSearchTest.class.getClassLoader();

  /** A jar whose service file names this type. */
  private Path jar(Path file, String type) throws Exception {
    Files.createDirectories(file.getParent());
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out)) {
      jar.putNextEntry(new JarEntry("META-INF/services/" + Greeting.class.getName()));
      jar.write(type.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  private List<String> found(Path... classPath) {
    List<String> paths = new ArrayList<>();
    for (Path path : classPath) {
      paths.add(path.toString());
    }
    ClassLoader loader =
        PluginSearch.within(context, String.join(File.pathSeparator, paths), folder);
    return ServiceLoader.load(Greeting.class, loader).stream().map(p -> p.get().text()).toList();
  }

  @Test
  void onlyListedLibrariesOfTheFolderAreNotLookedInto() throws Exception {
    Path listed = jar(folder.resolve("library-1.jar"), "no.such.Class");
    Path added = jar(folder.resolve("added.jar"), Hello.class.getName());
    Path elsewhere = jar(folder.resolve("other/library-1.jar"), Hello.class.getName());
    Files.writeString(folder.resolve(PluginSearch.LISTED), "library-1.jar\n");
    assertEquals(List.of("hello"), found(listed, added));
    assertEquals(List.of("hello"), found(elsewhere, listed));
    assertEquals(List.of(), found(listed));
  }

  @Test
  void withoutAListAllIsLookedThrough() {
    assertSame(context, PluginSearch.within(context, "a.jar", folder));
  }
}
