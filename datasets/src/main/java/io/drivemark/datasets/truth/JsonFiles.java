package io.drivemark.datasets.truth;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Errors of reading JSON files. Stateless. */
final class JsonFiles {
  private JsonFiles() {}

  static BadInputException unreadable(Path file, IOException e) {
    if (e instanceof JsonProcessingException json) {
      return new BadInputException(
          file
              + ": damaged JSON in line "
              + (json.getLocation() == null ? "?" : json.getLocation().getLineNr())
              + ": "
              + json.getOriginalMessage()
              + "; copy or create the file again",
          e);
    }
    return e instanceof NoSuchFileException || e instanceof java.io.FileNotFoundException
        ? new BadInputException(file + ": no such file", e)
        : new BadInputException(file + ": cannot be read: " + e.getMessage(), e);
  }
}
