package io.drivemark.architectures.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.problem.BadInputException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that hold no model, under a model's name. */
class NotOnnxTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "version https://git-lfs.github.com/spec/v1~oid sha256:4d~size 12345678~"
            + "|is a Git-LFS pointer, not the file itself, which has 12345678 bytes; fetch it in its"
            + " repository with: git lfs pull",
        "~~<!DOCTYPE html><html lang=en>"
            + "|is a web page, not an ONNX model: the address led to a page about the file; download"
            + " the file itself",
        "<html><body>404"
            + "|is a web page, not an ONNX model: the address led to a page about the file; download"
            + " the file itself",
        "PK\u0003\u0004xyz"
            + "|is a zip archive, not an ONNX model; unpack it and give the .onnx file in it (PyTorch"
            + " files are such archives too: these end in .pt or .pth)",
        "^\u008bxyz|is compressed by gzip; unpack it with gunzip",
        "''|is empty (0 bytes); copy, download or export it again",
        "Entry not found"
            + "|is a text, not an ONNX model: it begins with 'Entry not found'; copy, download or"
            + " export the model again",
      })
  void isNamedAsWhatItIs(String content, String rest) {
    byte[] bytes =
        content.replace('~', '\n').replace('^', '\u001f').getBytes(StandardCharsets.ISO_8859_1);
    BadInputException e =
        assertThrows(BadInputException.class, () -> OnnxReader.read(bytes, "theirs.onnx"));
    assertEquals("theirs.onnx: " + rest, e.getMessage());
  }
}
