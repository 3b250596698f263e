package io.drivemark.eval.runner;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * TorchScript files that PyTorch itself wrote. DJL 0.35.1 cannot trace a block into one: its engine
 * has native calls to load, run and write a module and none to record one, its {@code Model.save}
 * writes a block's parameters in DJL's own format, and its guide traces in Python. So a program of
 * ours is compiled by PyTorch and written back: the archive, the code as PyTorch prints it, its
 * debug files, pickles, byte order and format version are all its own, as {@code torch.jit.save}
 * leaves them.
 */
final class SavedTorchScript {
  private SavedTorchScript() {}

  /** What PyTorch writes after it loaded this archive. */
  static byte[] of(byte[] archive) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        PtSymbolBlock module =
            JniUtils.loadModule(
                (PtNDManager) manager, new ByteArrayInputStream(archive), false, false)) {
      JniUtils.writeModule(module, out, false);
    }
    return out.toByteArray();
  }
}
