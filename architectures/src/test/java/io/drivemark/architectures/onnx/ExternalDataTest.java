package io.drivemark.architectures.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.drivemark.architectures.graph.NetworkDigest;
import io.drivemark.problem.BadInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models whose data lies in a file beside them, as PyTorch writes them since 2.9. */
class ExternalDataTest {
  private static final String REST =
      "; only files in that folder are read: copy it there, or save the model again with all data in"
          + " one file";

  @TempDir private Path folder;
  private Path file;
  private Path data;
  private byte[] whole;

  @BeforeEach
  void write() throws IOException {
    file = Files.createDirectory(folder.resolve("in")).resolve("two.onnx");
    data = file.resolveSibling("two.onnx.data");
    ModelProto model = Toy.model(13, "l", 1, Toy.node("Conv", "x W b", "l"));
    whole = model.toByteArray();
    Files.write(file, split(model, "two.onnx.data").toByteArray());
  }

  /** The tensors one after the other, each at a multiple of 64 bytes. */
  private ModelProto split(ModelProto model, String location) throws IOException {
    ModelProto.Builder parts = model.toBuilder();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (TensorProto.Builder tensor : parts.getGraphBuilder().getInitializerBuilderList()) {
      out.writeBytes(new byte[(64 - out.size() % 64) % 64]);
      set(tensor, "location", location);
      set(tensor, "offset", "" + out.size());
      set(tensor, "length", "" + tensor.getRawData().size());
      tensor.getRawData().writeTo(out);
      tensor.clearRawData().setDataLocation(TensorProto.DataLocation.EXTERNAL);
    }
    Files.write(data, out.toByteArray());
    return parts.build();
  }

  private static void set(TensorProto.Builder tensor, String key, String value) {
    for (var entry : tensor.getExternalDataBuilderList()) {
      if (entry.getKey().equals(key)) {
        entry.setValue(value);
        return;
      }
    }
    tensor.addExternalDataBuilder().setKey(key).setValue(value);
  }

  /** Writes the model with a key of the first tensor changed. */
  private void change(String key, String value) throws IOException {
    ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
    set(model.getGraphBuilder().getInitializerBuilder(0), key, value);
    Files.write(file, model.build().toByteArray());
  }

  @Test
  void isTheSameNetworkAsInOneFile() {
    assertEquals(OnnxReader.read(whole), OnnxReader.read(file));
  }

  @Test
  void theDigestCoversBothFiles() throws IOException {
    String before = NetworkDigest.of(OnnxReader.read(file));
    byte[] bytes = Files.readAllBytes(data);
    bytes[bytes.length - 1] ^= 1;
    Files.write(data, bytes);
    assertNotEquals(before, NetworkDigest.of(OnnxReader.read(file)));
  }

  @Test
  void valuesWithoutALengthReachAsFarAsTheirExtentsSay() throws IOException {
    ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
    model.getGraphBuilder().getInitializerBuilder(0).removeExternalData(2);
    Files.write(file, model.build().toByteArray());
    assertArrayEquals(
        OnnxReader.read(whole).weights().get("W").tensor().floats(),
        OnnxReader.read(file).weights().get("W").tensor().floats());
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    Files.delete(data);
    refused(
        "lies in two.onnx.data, which is not in the model's folder "
            + file.getParent()
            + ": this model is two files, copy both");
  }

  @Test
  void bytesAloneHaveNoFilesBeside() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    BadInputException e =
        assertThrows(BadInputException.class, () -> OnnxReader.read(bytes, "theirs"));
    assertEquals(
        "theirs: tensor W lies in another file (two.onnx.data), which only a model read from a file"
            + " can have; save the model again with all data in one file",
        e.getMessage());
  }

  @Test
  void aFileThatIsTooShortSaysItsSize() throws IOException {
    Files.write(data, new byte[10]);
    refused(
        "lies in bytes 0 to 60 of two.onnx.data, which has 10 bytes; copy, download or export it"
            + " again");
  }

  @Test
  void anOffsetBehindTheEndIsRefused() throws IOException {
    change("offset", "999999999999999999");
    refused(
        "lies in bytes 999999999999999999 to 1000000000000000059 of two.onnx.data, which has 84"
            + " bytes; copy, download or export it again");
  }

  @Test
  void aPointerInItsPlaceIsNamed() throws IOException {
    Files.writeString(data, "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 84\n");
    change("offset", "100");
    refused(
        "lies in bytes 100 to 160 of two.onnx.data, which is a Git-LFS pointer, not the file"
            + " itself, which has 84 bytes; fetch it in its repository with: git lfs pull");
  }

  @Test
  void aLengthThatDoesNotFitIsRefused() throws IOException {
    change("length", "64");
    refused(
        "[5, 3, 1, 1] takes 60 bytes, its 'length' in two.onnx.data is 64; the file is damaged: copy"
            + " or export it again");
    change("length", "-1");
    refused(": its 'length' is '-1', expected a number of bytes");
  }

  @Test
  void pathsThatLeadOutAreRefused() throws IOException {
    Path outside = Files.write(folder.resolve("outside.data"), Files.readAllBytes(data));
    for (String location : new String[] {"../outside.data", outside.toString(), "", "."}) {
      change("location", location);
      if (location.equals(".")) {
        assertThrows(BadInputException.class, () -> OnnxReader.read(file));
      } else {
        refused(
            "lies in '"
                + location
                + "', which is outside of the model's folder "
                + file.getParent()
                + REST);
      }
    }
    Files.createSymbolicLink(file.resolveSibling("link.data"), outside);
    change("location", "link.data");
    refused(
        "lies in 'link.data', which is outside of the model's folder " + file.getParent() + REST);
  }

  /** Extents of terabytes take no memory: the file is too short for them. */
  @Test
  void sizesAreCheckedBeforeMemoryIsTaken() throws IOException {
    ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
    model
        .getGraphBuilder()
        .getInitializerBuilder(0)
        .clearDims()
        .addDims(1 << 20)
        .addDims(1 << 20)
        .removeExternalData(2);
    Files.write(file, model.build().toByteArray());
    refused(
        "lies in bytes 0 to 4398046511104 of two.onnx.data, which has 84 bytes; copy, download or"
            + " export it again");
  }

  private void refused(String rest) {
    BadInputException e = assertThrows(BadInputException.class, () -> OnnxReader.read(file));
    String gap = rest.startsWith(":") ? "" : " ";
    assertEquals(file + ": tensor W" + gap + rest, e.getMessage());
  }
}
