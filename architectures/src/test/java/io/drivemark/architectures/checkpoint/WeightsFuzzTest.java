package io.drivemark.architectures.checkpoint;

import io.drivemark.architectures.checkpoint.PublishedWeights.Setting;
import io.drivemark.problem.BadInputException;
import io.drivemark.testkit.FuzzContract;
import io.drivemark.testkit.FuzzTarget;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Damaged files of weights in every format, and pickles made of instructions in any order, read up
 * to a network's weights.
 */
class WeightsFuzzTest extends FuzzContract {
  @Override
  protected FuzzTarget target() {
    return FuzzTarget.ofFile("weights", "a.pth", WeightsFuzzTest::read)
        .seed(zipped(s -> s.tensors("", PublishedWeightsTest.weights())))
        .seed(
            zipped(
                s ->
                    s.open()
                        .key("model")
                        .tensors("module.", PublishedWeightsTest.weights())
                        .put()
                        .key("ema")
                        .arrays(PublishedWeightsTest.weights())
                        .put()))
        .seed(Saved.safetensors(PublishedWeightsTest.weights()))
        .seed(legacy())
        .tokens("conv.weight", "FloatStorage", "model", "state_dict", "data.pkl", "\"shape\":[")
        .token(new byte[] {'2', (byte) 0x86})
        .token(new byte[] {'h', 1, 'R'})
        .token(new byte[] {(byte) 0x8b, -1, -1, -1, 0x7F})
        .mutator(new PickleProgram()::mutate)
        .mayThrow(BadInputException.class);
  }

  private static void read(Path file) {
    read(file, WeightNames.NONE);
    try {
      read(file, new WeightNames(Optional.of("model"), List.of(), List.of()));
    } catch (BadInputException e) {
      // a file without that key is refused; that is no finding
    }
  }

  private static void read(Path file, WeightNames names) {
    PublishedWeights.open(file, names, NameMap.of("pidnet-s"))
        .into(PublishedWeightsTest.network(), new Setting("tiny", Map.of(), 2));
  }

  private static byte[] zipped(java.util.function.Consumer<Saved> writing) {
    Saved saved = new Saved();
    writing.accept(saved);
    return PickleBytes.stored(saved.pickle().stop().bytes(), saved.storages());
  }

  private static byte[] legacy() {
    Saved saved = new Saved().tensors("", PublishedWeightsTest.weights());
    PickleBytes keys = new PickleBytes().proto().op(']');
    PickleBytes data = new PickleBytes();
    saved
        .storages()
        .forEach(
            (key, bytes) -> {
              keys.text(key).op('a');
              data.raw(PickleBytes.longs(bytes.length / 4)).raw(bytes);
            });
    return new PickleBytes()
        .raw(PickleBytes.legacyHead())
        .raw(saved.pickle().stop().bytes())
        .raw(keys.stop().bytes())
        .raw(data.bytes())
        .bytes();
  }
}
