package io.drivemark.cli;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/** A plug-in of a user, installed while something runs. */
final class Plugin {
  private Plugin() {}

  /**
   * Runs with one more implementation of a service on the class path.
   *
   * @param folder where its service file may be written
   */
  static <S, T> T installed(
      Path folder, Class<S> service, Class<? extends S> implementation, Supplier<T> action)
      throws IOException {
    Path root = folder.resolve("plugin-" + implementation.getSimpleName());
    Path services = Files.createDirectories(root.resolve("META-INF/services"));
    Files.writeString(services.resolve(service.getName()), implementation.getName() + "\n");
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    URL url = root.toUri().toURL();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {url}, before)) {
      thread.setContextClassLoader(loader);
      return action.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
