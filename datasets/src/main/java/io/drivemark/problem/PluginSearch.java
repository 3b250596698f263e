package io.drivemark.problem;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where plug-ins may be named: in every folder and jar of the class path but in the libraries of
 * others that a distribution brings along. It lists those beside its jars; to open them all, only
 * to find that none names a plug-in of ours, is a good part of a start. A jar that was put there
 * later is not listed, so it is looked into. Stateless.
 */
final class PluginSearch {
  /** Beside the jars: the names of the libraries without plug-ins, one a line. */
  static final String LISTED = "third-party.txt";

  private static final String SERVICES = "META-INF/services/";

  private PluginSearch() {}

  /**
   * A loader that finds all classes that another one finds, and service files where there may be
   * plug-ins. The other one itself where nothing is listed.
   *
   * @param context who loads the classes
   */
  static ClassLoader within(ClassLoader context) {
    if (context != ClassLoader.getSystemClassLoader()) {
      return context;
    }
    CodeSource source = PluginSearch.class.getProtectionDomain().getCodeSource();
    if (source == null) {
      return context;
    }
    try {
      Path folder = Path.of(source.getLocation().toURI()).getParent();
      return within(context, System.getProperty("java.class.path", ""), folder);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(source + " is no place", e);
    }
  }

  /**
   * As {@link #within(ClassLoader)}.
   *
   * @param classPath the context's
   * @param folder where jars and the list of libraries lie
   */
  static ClassLoader within(ClassLoader context, String classPath, Path folder) {
    Path list = folder.resolve(LISTED);
    if (!Files.isRegularFile(list)) {
      return context;
    }
    try {
      Set<String> listed = new HashSet<>(Files.readAllLines(list));
      List<URL> open = new ArrayList<>();
      for (String entry : classPath.split(File.pathSeparator)) {
        Path path = Path.of(entry).toAbsolutePath();
        Path name = path.getFileName();
        boolean isListed =
            name != null && folder.equals(path.getParent()) && listed.contains(name.toString());
        if (!isListed) {
          open.add(url(path));
        }
      }
      return new Loader(context, open);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static URL url(Path path) throws MalformedURLException {
    return path.toUri().toURL();
  }

  /** Service files of some places, all else as the parent finds it. */
  private static final class Loader extends ClassLoader {
    private final URLClassLoader services;

    Loader(ClassLoader parent, List<URL> places) {
      super(parent);
      this.services = new URLClassLoader(places.toArray(URL[]::new), null);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      return name.startsWith(SERVICES) ? services.findResources(name) : super.getResources(name);
    }
  }
}
