package io.drivemark.reports;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.Source;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A class and those inside it do not both read networks' numbers and compare numbers. */
final class CompareNoNetworks extends ArchCondition<JavaClass> {
  CompareNoNetworks() {
    super("compare no two networks' numbers");
  }

  @Override
  public void check(JavaClass item, ConditionEvents events) {
    ComparedNumbers numbers = new ComparedNumbers();
    URI source = item.getSource().map(Source::getUri).orElseThrow();
    try {
      for (Path file : files(Path.of(source))) {
        try (InputStream in = Files.newInputStream(file)) {
          numbers.add(in);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    boolean both = !numbers.reads().isEmpty() && !numbers.comparisons().isEmpty();
    events.add(
        new SimpleConditionEvent(
            item,
            !both,
            item.getName()
                + " reads "
                + String.join(", ", numbers.reads())
                + ", and compares numbers: "
                + String.join(", ", numbers.comparisons())));
  }

  /** The file of a class, and those of the classes inside it. */
  private static List<Path> files(Path file) throws IOException {
    String name = file.getFileName().toString();
    String prefix = name.substring(0, name.length() - ".class".length()) + "$";
    try (Stream<Path> all = Files.list(file.getParent())) {
      return all.filter(
              f ->
                  f.getFileName().toString().equals(name)
                      || f.getFileName().toString().startsWith(prefix))
          .sorted()
          .toList();
    }
  }
}
