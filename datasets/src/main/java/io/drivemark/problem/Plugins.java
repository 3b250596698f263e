package io.drivemark.problem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** What plugs in by {@link ServiceLoader}. Stateless. */
public final class Plugins {
  private Plugins() {}

  /**
   * One of each implementation on the class path.
   *
   * @throws UnavailableException if a service file names what cannot be loaded; the message names
   *     it and all files that may be meant
   */
  public static <T> List<T> load(Class<T> service) {
    List<T> found = new ArrayList<>();
    try {
      ServiceLoader.load(service, PluginSearch.within(context())).forEach(found::add);
    } catch (ServiceConfigurationError e) {
      throw new UnavailableException(
          "a plug-in cannot be loaded: "
              + e.getMessage()
              + (e.getCause() == null ? "" : " (" + e.getCause() + ")")
              + "; correct or remove it where it is named, in one of "
              + files(service),
          e);
    }
    return found;
  }

  private static List<URL> files(Class<?> service) {
    try {
      return Collections.list(context().getResources("META-INF/services/" + service.getName()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ClassLoader context() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context == null ? ClassLoader.getSystemClassLoader() : context;
  }
}
