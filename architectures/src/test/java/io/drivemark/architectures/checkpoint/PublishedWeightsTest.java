package io.drivemark.architectures.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.architectures.checkpoint.PublishedWeights.Loaded;
import io.drivemark.architectures.checkpoint.PublishedWeights.Setting;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.problem.BadInputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small network's weights, saved in the ways that people publish them. */
class PublishedWeightsTest {
  private static final int CLASSES = 2;

  @TempDir Path folder;

  static Network network() {
    NetworkBuilder b = new NetworkBuilder("tiny", 1);
    String x = b.input("image", 3);
    return b.build(b.batchNorm("bn", b.conv("conv", x, CLASSES, 1).bias().build(), 1e-5));
  }

  /** Its weights. */
  static Map<String, Tensor> weights() {
    Map<String, Tensor> all = new LinkedHashMap<>();
    all.put("conv.weight", Tensor.of(Shape.of(2, 3, 1, 1), new float[] {1, 2, 3, 4, 5, 6}));
    all.put("conv.bias", Tensor.filled(Shape.of(2), 2));
    all.put("bn.weight", Tensor.filled(Shape.of(2), 3));
    all.put("bn.bias", Tensor.filled(Shape.of(2), 4));
    all.put("bn.running_mean", Tensor.filled(Shape.of(2), 5));
    all.put("bn.running_var", Tensor.filled(Shape.of(2), 6));
    return all;
  }

  private static final Tensor COUNTER = Tensor.ofLongs(Shape.of(), new long[] {9});
  private static final Tensor OTHER = Tensor.filled(Shape.of(4), 1);

  private Loaded load(Path file, WeightNames names) {
    return PublishedWeights.open(file, names, NameMap.of("tiny"))
        .into(network(), new Setting("tiny", Map.of("width", "1"), CLASSES));
  }

  private Path saved(Consumer<Saved> writing) {
    Saved saved = new Saved();
    writing.accept(saved);
    return saved.zip(folder.resolve("a.pth"));
  }

  private void assertLoads(String note, Path file) {
    assertLoads(note, file, WeightNames.NONE);
  }

  private void assertLoads(String note, Path file, WeightNames names) {
    Loaded loaded = load(file, names);
    assertEquals(network().withTensors(weights()), loaded.network());
    assertEquals(
        note.isEmpty() ? Optional.empty() : Optional.of(file + ": " + note), loaded.note());
  }

  private String refusal(Path file, WeightNames names) {
    String message = assertThrows(BadInputException.class, () -> load(file, names)).getMessage();
    return message.startsWith(file + "") ? message.substring((file + "").length()) : message;
  }

  private String refusal(Path file) {
    return refusal(file, WeightNames.NONE);
  }

  private static WeightNames key(String key) {
    return new WeightNames(Optional.of(key), List.of(), List.of());
  }

  private static WeightNames rename(String from, String to) {
    return new WeightNames(Optional.empty(), List.of(new WeightNames.Rename(from, to)), List.of());
  }

  private static WeightNames drop(String pattern) {
    return new WeightNames(Optional.empty(), List.of(), List.of(new WeightNames.Drop(pattern)));
  }

  @Test
  void plainStateDictsNeedNoNote() {
    assertLoads("", saved(s -> s.tensors("", weights())));
    assertLoads("", saved(s -> s.tensors("", weights()).tensor("bn.num_batches_tracked", COUNTER)));
    assertLoads("", saved(s -> s.tensors("", weights()).tensor("conv.total_ops", OTHER)));
  }

  @Test
  void aPrefixOfAllNamesIsTakenOff() {
    for (String prefix : List.of("model.", "module.", "_orig_mod.", "net.", "a.b.c.")) {
      assertLoads(
          "all names without their prefix '" + prefix + "'",
          saved(s -> s.tensors(prefix, weights())));
    }
    assertLoads(
        "all names without their prefix 'model.'; left aside: 1 num_batches_tracked",
        saved(s -> s.tensors("model.", weights()).tensor("model.bn.num_batches_tracked", COUNTER)));
  }

  @Test
  void wrappersWithinNamesAreTakenOff() {
    Map<String, Tensor> wrapped = new LinkedHashMap<>();
    weights().forEach((name, tensor) -> wrapped.put(name.replace("bn.", "bn._orig_mod."), tensor));
    assertLoads("names without '_orig_mod.' within", saved(s -> s.tensors("", wrapped)));
  }

  @Test
  void whatOnlyTrainingNeedsIsLeftAside() {
    assertLoads(
        "all names without their prefix 'model.'; left aside: 1 aux_head.*, 1 loss.*, 2 sem_loss.*",
        saved(
            s ->
                s.tensors("model.", weights())
                    .tensor("model.aux_head.weight", OTHER)
                    .tensor("loss.weight", OTHER)
                    .tensor("sem_loss.a", OTHER)
                    .tensor("sem_loss.criterion.b", OTHER)));
  }

  @Test
  void weightsUnderKeysAreFound() {
    for (String key : List.of("state_dict", "model_state", "net", "whatever")) {
      assertLoads("", saved(s -> s.open().key(key).tensors("", weights()).put()));
    }
    assertLoads(
        "",
        saved(
            s ->
                s.open().key("model").open().key("state_dict").tensors("", weights()).put().put()));
    assertLoads(
        "",
        saved(
            s -> {
              s.pickle().op('(');
              s.tensors("", weights()).pickle().op('}', 't');
            }));
  }

  @Test
  void ofSeveralTheUsualOneIsTakenAndTheNoteSaysSo() {
    Path file =
        saved(
            s ->
                s.open()
                    .key("ema")
                    .tensors("", weights())
                    .put()
                    .key("model")
                    .tensors("", weights())
                    .put());
    assertLoads("weights are those of 'model'; others that fit are read with key: ema", file);
    assertLoads("", file, key("ema"));
    assertEquals(
        ": key: found 'emma', under which the file has no tensors by name; it has them under ema,"
            + " model",
        refusal(file, key("emma")));
  }

  @Test
  void ofSeveralUnusualOnesNoneIsTaken() {
    assertEquals(
        ": holds the network's weights 2 times, under student, teacher; say which is meant, for"
            + " example  key: student",
        refusal(
            saved(
                s ->
                    s.open()
                        .key("student")
                        .tensors("", weights())
                        .put()
                        .key("teacher")
                        .tensors("", weights())
                        .put())));
  }

  @Test
  void weightsUnderTwoPrefixesAreRefused() {
    Path file =
        saved(
            s -> {
              s.tensors("net.", weights());
              weights().forEach((name, tensor) -> s.tensor("mean.net." + name, tensor));
            });
    assertEquals(
        ": does not fit network tiny: of its 6 weights 6 are there, without the prefix 'net.'\n"
            + "  6 without a place in the network: mean.net.conv.weight, mean.net.conv.bias,"
            + " mean.net.bn.weight, and 3 more\n"
            + "  All weights are there with the prefix 'net.' and with 'mean.net.'; leave one aside,"
            + " for example  drop: ['mean.net.*']",
        refusal(file));
    assertLoads(
        "all names without their prefix 'net.'; left aside: 6 mean.net.*",
        file,
        drop("mean.net.*"));
  }

  @Test
  void whatIsNoTensorIsBuiltButNeverRun() {
    assertLoads(
        "",
        saved(
            s -> {
              PickleBytes p = s.open().key("args").pickle();
              p.global("argparse", "Namespace").op(')', 0x81, '}').text("lr").op('N', 's', 'b');
              s.put().key("when").pickle();
              p.global("datetime", "datetime").op('(').text("x").op('t', 'R', 's');
              p.text("best").global("numpy.core.multiarray", "scalar").op('(');
              p.global("numpy", "dtype").text("f8").op(0x89, 0x88, 0x87, 'R').text("x");
              p.op('t', 'R', 's').text("kind").global("theirs", "Kind").op('K', 1, 0x85, 'R', 's');
              p.text("path").global("pathlib", "PosixPath").op(')', 'R', 's');
              p.text("state_dict");
              s.tensors("", weights()).put();
            }));
  }

  @Test
  void arraysOfNumpyAreWeights() {
    assertLoads("", saved(s -> s.arrays(weights())));
  }

  @Test
  void aModuleSavedWholeIsItsParametersAndBuffers() {
    assertLoads(
        "",
        saved(
            s -> {
              Map<String, Tensor> all = weights();
              PickleBytes p = module(s, Map.of(), Map.of());
              p.text("_modules").op('}').text("conv");
              module(s, part(all, "conv.", ""), Map.of()).text("_modules").op('}', 's', 'b', 's');
              p.text("bn");
              module(s, part(all, "bn.", "weight|bias"), part(all, "bn.", "running.*"));
              p.text("_modules").op('}', 's', 'b', 's', 's', 'b');
            }));
  }

  private static Map<String, Tensor> part(Map<String, Tensor> all, String prefix, String names) {
    Map<String, Tensor> part = new LinkedHashMap<>();
    all.forEach(
        (name, tensor) -> {
          String bare = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
          if (!bare.isEmpty() && (names.isEmpty() || bare.matches(names))) {
            part.put(bare, tensor);
          }
        });
    return part;
  }

  private static PickleBytes module(
      Saved s, Map<String, Tensor> parameters, Map<String, Tensor> buffers) {
    s.pickle().global("theirs", "Net").op(')', 0x81, '}');
    s.key("_parameters").tensors("", parameters).put();
    return s.key("_buffers").tensors("", buffers).put().pickle();
  }

  @Test
  void shapesMayDifferByExtentsOfOneIfTheirNumberDiffers() {
    Map<String, Tensor> flat = weights();
    flat.put("conv.weight", Tensor.of(Shape.of(2, 3), new float[] {1, 2, 3, 4, 5, 6}));
    assertLoads(
        "1 weight with more or fewer extents of one (conv.weight [2, 3] as [2, 3, 1, 1])",
        saved(s -> s.tensors("", flat)));
    Map<String, Tensor> moved = weights();
    moved.put("conv.weight", Tensor.of(Shape.of(1, 2, 3, 1), new float[] {1, 2, 3, 4, 5, 6}));
    assertEquals(
        ": does not fit network tiny: of its 6 weights 5 are there\n"
            + "  1 of another shape: conv.weight: found [1, 2, 3, 1], expected [2, 3, 1, 1]\n"
            + "  Other options than the network was built with? These were classes: 2, width: 1",
        refusal(saved(s -> s.tensors("", moved))));
  }

  @Test
  void otherFloatingPointTypesAreConvertedAndTheNoteSaysSo() {
    Tensor bias = weights().get("conv.bias");
    byte[] half = {0x00, 0x40, 0x00, 0x40};
    byte[] doubles =
        ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putDouble(2).putDouble(2).array();
    Map<String, Tensor> rest = weights();
    rest.remove("conv.bias");
    assertLoads(
        "1 weight converted from float16 to float32",
        saved(s -> s.tensors("", rest).tensor("conv.bias", "HalfStorage", bias, half)));
    assertLoads(
        "1 weight converted from bfloat16 to float32",
        saved(s -> s.tensors("", rest).tensor("conv.bias", "BFloat16Storage", bias, half)));
    assertLoads(
        "1 weight converted from float64 to float32",
        saved(s -> s.tensors("", rest).tensor("conv.bias", "DoubleStorage", bias, doubles)));
  }

  @Test
  void safetensorsAreRead() {
    Path file = PickleBytes.file(folder.resolve("a.safetensors"), Saved.safetensors(weights()));
    assertLoads("", file);
  }

  @Test
  void whatTheModelFileRenamesIsRenamed() {
    Map<String, Tensor> other = new LinkedHashMap<>();
    weights().forEach((name, tensor) -> other.put(name.replace("bn.", "norm."), tensor));
    Path file = saved(s -> s.tensors("", other));
    assertLoads("", file, rename("norm.", "bn."));
    assertLoads("", file, rename("norm.*", "bn.*"));
    assertEquals(
        ": rename: 'nrm.' fits no name in the file; it has conv.weight, conv.bias, norm.weight, and"
            + " 3 more",
        refusal(file, rename("nrm.", "bn.")));
    assertEquals(
        ": does not fit network tiny: of its 6 weights 2 are there\n"
            + "  4 missing: bn.weight, bn.bias, bn.running_mean, and 1 more\n"
            + "  4 without a place in the network: norm.weight, norm.bias, norm.running_mean, and 1"
            + " more\n"
            + "  Other names for the same? Add  rename: {'norm.': 'bn.'}; else other options"
            + " (classes: 2, width: 1)",
        refusal(file));
  }

  @Test
  void whatTheNetworkHasNoPlaceForIsNamedWithTheLineThatDropsIt() {
    Path file = saved(s -> s.tensors("", weights()).tensor("proj.weight", OTHER));
    assertEquals(
        ": does not fit network tiny: of its 6 weights 6 are there\n"
            + "  1 without a place in the network: proj.weight\n"
            + "  All weights are there: if inference does not need the others, add  drop:"
            + " ['proj.*']; else other options (classes: 2, width: 1)",
        refusal(file));
    assertLoads("left aside: 1 proj.*", file, drop("proj.*"));
    assertEquals(
        ": drop: 'prj.*' fits no name in the file; it has conv.weight, conv.bias, bn.weight, and 4"
            + " more",
        refusal(file, drop("prj.*")));
  }

  @Test
  void anotherNumberOfClassesIsNamed() {
    Map<String, Tensor> more = new LinkedHashMap<>();
    weights()
        .forEach(
            (name, tensor) -> {
              int[] extents = tensor.shape().extents();
              extents[0] = 19;
              more.put(name, Tensor.filled(Shape.of(extents), 1));
            });
    assertEquals(
        ": does not fit network tiny: of its 6 weights 0 are there\n"
            + "  6 of another shape: conv.weight: found [19, 3, 1, 1], expected [2, 3, 1, 1];"
            + " conv.bias: found [19], expected [2]; bn.weight: found [19], expected [2]; and 3"
            + " more\n"
            + "  The file seems to have 19 outputs, expected were 2: add  options: {classes: 19}",
        refusal(saved(s -> s.tensors("", more))));
  }

  @Test
  void namesOfAnotherNetworkAreSaidToBeSo() {
    assertEquals(
        ": does not fit network tiny: of its 6 weights 0 are there\n"
            + "  6 missing: conv.weight, conv.bias, bn.weight, and 3 more\n"
            + "  1 without a place in the network: x\n"
            + "  No name fits: another architecture than tiny, or other names; these are changed"
            + " with  rename: {OLD: NEW}",
        refusal(saved(s -> s.tensors("", Map.of("x", OTHER)))));
  }

  @Test
  void weightsThatAreNoNumbersAreRefused() {
    Map<String, Tensor> broken = weights();
    broken.put("bn.bias", Tensor.of(Shape.of(2), new float[] {1, Float.NaN}));
    assertEquals(
        ": 1 of 6 weights hold NaN or infinite values (bn.bias): the training went astray, or they"
            + " were too large for the type they were saved in; take an earlier checkpoint",
        refusal(saved(s -> s.tensors("", broken))));
  }

  @Test
  void whatIsNoFileOfWeightsIsNamed() {
    assertEquals(
        ": is a pointer of Git LFS, not the weights; fetch them with git lfs pull",
        refusal(text("version https://git-lfs.github.com/spec/v1\noid sha256:0\n")));
    assertEquals(
        ": is a web page, not the weights; download the file itself",
        refusal(text("<!DOCTYPE html><html></html>")));
    assertEquals(
        ": holds a dictionary of epoch, lr, expected tensors by name (a state dict), or a"
            + " dictionary that has them under a key; save the network's state_dict()",
        refusal(
            saved(s -> s.open().pickle().text("epoch").op('K', 1, 's').text("lr").op('N', 's'))));
  }

  private Path text(String text) {
    return PickleBytes.file(folder.resolve("a.pth"), text.getBytes(StandardCharsets.UTF_8));
  }
}
