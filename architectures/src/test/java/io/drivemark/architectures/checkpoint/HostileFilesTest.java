package io.drivemark.architectures.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files made to hang a reader, to exhaust its memory or to overflow its stack. */
class HostileFilesTest {
  private static final Duration SOON = Duration.ofSeconds(5);

  @TempDir Path folder;

  private String refusal(Path file) {
    String message =
        assertTimeoutPreemptively(
            SOON,
            () ->
                assertThrows(
                        BadInputException.class,
                        () -> {
                          WeightFile weights = WeightFile.open(file);
                          weights.values(WeightSets.of(weights).get(0).tensors());
                        })
                    .getMessage());
    return message.substring((file + "").length());
  }

  private Path pickle(Consumer<PickleBytes> writing) {
    PickleBytes p = new PickleBytes().proto();
    writing.accept(p);
    return PickleBytes.zip(folder.resolve("a.pth"), p.stop().bytes(), Map.of());
  }

  private static final String NOTHING =
      ": holds an empty dictionary, expected tensors by name (a state dict), or a dictionary that"
          + " has them under a key; save the network's state_dict()";

  /** A tuple of two equal tuples, and so on: a tree of 2^levels leaves in 3 bytes a level. */
  private static PickleBytes doubled(PickleBytes p, int levels) {
    p.op('K', 1);
    for (int i = 0; i < levels; i++) {
      p.op('2', 0x86);
    }
    return p;
  }

  @Test
  void tuplesOfSharedTuplesAsKeysCostNothing() {
    assertEquals(NOTHING, refusal(pickle(p -> doubled(p.op('}'), 60).op('N', 's'))));
    assertEquals(NOTHING, refusal(pickle(p -> doubled(p.op('}', '('), 60).op('N', 'u'))));
    assertEquals(NOTHING, refusal(pickle(p -> doubled(p.op('('), 60).op('N', 'd'))));
  }

  @Test
  void aListThatHoldsItselfAsKeyCostsNothing() {
    assertEquals(NOTHING, refusal(pickle(p -> p.op('}', ']', 'q', 0, 'h', 0, 'a', 'N', 's'))));
  }

  @Test
  void namesAreTexts() {
    assertEquals(
        ": no PyTorch state dict, or damaged: a name that is no text at byte 124",
        refusal(pickle(p -> doubled(p.text("m"), 57).op(0x93))));
    assertEquals(
        ": no PyTorch state dict, or damaged: a reference to something that is no storage at byte"
            + " 148",
        refusal(
            pickle(
                p -> {
                  p.op('(').text("storage").global("torch", "FloatStorage");
                  doubled(p, 50).text("cpu").op('K', 1, 't', 'Q');
                })));
  }

  @Test
  void aListThatIsCopiedOverAndOverIsRefused() {
    assertEquals(
        ": no PyTorch state dict, or damaged: it copies its values over and over at byte 50270",
        refusal(
            pickle(
                p -> {
                  p.op('(').op(']', '(');
                  for (int i = 0; i < 10_000; i++) {
                    p.op('K', 1, 'K', 2, 0x86);
                  }
                  p.op('e', 0x85, 'q', 0).global("collections", "OrderedDict").op('q', 1);
                  for (int i = 0; i < 30_000; i++) {
                    p.op('h', 1, 'h', 0, 'R');
                  }
                })));
  }

  @Test
  void endlessInstructionsAreRefused() {
    assertEquals(
        ": its pickle has more than 3000000 instructions, too many for a network; save the"
            + " network's state_dict() alone",
        refusal(pickle(p -> p.raw("}".repeat(3_100_000)))));
  }

  @Test
  void deepNestingOverflowsNoStack() {
    assertEquals(
        ": holds a list, expected tensors by name (a state dict), or a dictionary that has them"
            + " under a key; save the network's state_dict()",
        refusal(pickle(p -> p.op(')').op(nested(200_000)))));
  }

  private static int[] nested(int levels) {
    int[] ops = new int[levels];
    java.util.Arrays.fill(ops, 0x85);
    return ops;
  }

  @Test
  void anExpandedTensorTakesNoMemory() {
    Path file =
        PickleBytes.zip(
            folder.resolve("a.pth"),
            new PickleBytes()
                .proto()
                .op('}')
                .text("w")
                .tensor("FloatStorage", "0", 1, 0, new int[] {1, 1}, new int[] {0, 0})
                .op('s')
                .text("x")
                .tensor("FloatStorage", "1", 9, 0, new int[] {9, 9}, new int[] {1, 0})
                .op('s')
                .stop()
                .bytes(),
            Map.of("0", PickleBytes.floats(1)));
    assertEquals(
        ": tensor x repeats its values (it was expanded): 81 elements on a storage of 9; save a"
            + " copy of it, or damaged",
        refusal(file));
  }

  @Test
  void aStorageThatIsClaimedAndNotThereTakesNoMemory() {
    Consumer<PickleBytes> claim =
        p ->
            p.op('}')
                .text("w")
                .tensor("FloatStorage", "0", 100_000_000, 0, new int[] {100_000_000}, new int[] {1})
                .op('s');
    PickleBytes p = new PickleBytes().proto();
    claim.accept(p);
    Path file =
        PickleBytes.zip(
            folder.resolve("a.pth"), p.stop().bytes(), Map.of("0", PickleBytes.floats(1)));
    assertEquals(": storage 0 has 4 bytes, expected 400000000; copy the file again", refusal(file));
  }

  @Test
  void aZipThatUnpacksToFarMoreThanItselfIsRefused() {
    PickleBytes p = new PickleBytes().proto().op('}').text("w");
    p.tensor("ByteStorage", "0", 50_000_000, 0, new int[] {50_000_000}, new int[] {1}).op('s');
    Path file =
        PickleBytes.zip(
            folder.resolve("a.pth"), p.stop().bytes(), Map.of("0", new byte[50_000_000]));
    assertEquals(
        ": what it unpacks to (archive/data/0) is more than 8 times the file; not read, as no"
            + " checkpoint is packed like that",
        refusal(file));
  }

  @Test
  void manyViewsOnOneStorageTakeNoMemory() {
    PickleBytes p = new PickleBytes().proto().op('}');
    for (int i = 0; i < 5; i++) {
      p.text("w" + i);
      p.tensor("FloatStorage", "0", 4, 0, new int[] {4}, new int[] {1}).op('s');
    }
    Path file =
        PickleBytes.zip(
            folder.resolve("a.pth"), p.stop().bytes(), Map.of("0", PickleBytes.floats(1, 2, 3, 4)));
    assertEquals(": damaged: its tensors claim 20 elements, their storages hold 4", refusal(file));
  }

  @Test
  void headersOfSafetensorsAreCheckedAgainstTheFile() {
    byte[] four = PickleBytes.floats(1);
    assertEquals(
        damaged("tensor w of shape [2] has 4 bytes"),
        refusal(
            safetensors("{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}", four)));
    assertEquals(
        damaged("tensor w lies outside of the file's 4 bytes"),
        refusal(
            safetensors("{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", four)));
    assertEquals(
        damaged("two tensors share bytes from 0 on"),
        refusal(
            safetensors(
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                    + "\"v\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
                four)));
    assertEquals(
        damaged("bytes from 2 on belong to no tensor"),
        refusal(
            safetensors("{\"w\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[0,2]}}", four)));
    assertEquals(
        damaged("tensor w has the unknown type 'F8_E4M3'"),
        refusal(
            safetensors(
                "{\"w\":{\"dtype\":\"F8_E4M3\",\"shape\":[4],\"data_offsets\":[0,4]}}", four)));
    byte[] whole = Saved.safetensors("{}", four);
    whole[4] = 1;
    assertEquals(
        damaged("its header claims 4294967298 bytes of the file's 14"),
        refusal(PickleBytes.file(folder.resolve("a.safetensors"), whole)));
  }

  private Path safetensors(String header, byte[] data) {
    return PickleBytes.file(folder.resolve("a.safetensors"), Saved.safetensors(header, data));
  }

  private static String damaged(String what) {
    return ": damaged, or no safetensors file: " + what + "; copy the file again";
  }
}
