package io.drivemark.architectures.engine.pytorch;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import io.drivemark.architectures.engine.NativeSettings;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.problem.UnavailableException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The PyTorch runtime behind DJL, loaded on first use and kept from looking for the network. All
 * static; safe from several threads.
 */
final class Torch {
  private Torch() {}

  /**
   * The runtime's own version.
   *
   * @throws UnavailableException if its native library does not load here
   */
  static String version() {
    return engine().getVersion();
  }

  /**
   * A fresh owner of native memory.
   *
   * @throws UnavailableException if the native library does not load here
   */
  static PtNDManager manager() {
    return (PtNDManager) engine().newBaseManager();
  }

  /** Sets how many threads the operators called from this thread use. */
  static void threads(int count) {
    if (JniUtils.getNumThreads() != count) {
      JniUtils.setNumThreads(count);
    }
    // Without this, PyTorch profiles and rewrites a script during its first runs.
    JniUtils.setGraphExecutorOptimize(false);
  }

  /** Loads a script. */
  static PtSymbolBlock load(PtNDManager manager, String source) {
    return load(manager, ScriptArchive.of(source));
  }

  /** Loads a TorchScript file. */
  static PtSymbolBlock load(PtNDManager manager, byte[] archive) {
    try {
      return JniUtils.loadModule(manager, new ByteArrayInputStream(archive), false, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An array over direct memory: it is shared, not copied. */
  static PtNDArray over(PtNDManager manager, ByteBuffer memory, int[] extents, DataType type) {
    return manager.create(memory, shape(extents), type);
  }

  /** Direct memory holding a tensor's values in native order. */
  static ByteBuffer memory(Tensor tensor) {
    long elements = tensor.shape().elements();
    ByteBuffer memory = bytes(elements * (tensor.isFloat() ? Float.BYTES : Long.BYTES));
    if (tensor.isFloat()) {
      memory.asFloatBuffer().put(tensor.sharedFloats());
    } else {
      memory.asLongBuffer().put(tensor.longs());
    }
    return memory;
  }

  /** Direct memory in native order. */
  static ByteBuffer bytes(long count) {
    return ByteBuffer.allocateDirect(Math.toIntExact(count)).order(ByteOrder.nativeOrder());
  }

  static Shape shape(int... extents) {
    return new Shape(Arrays.stream(extents).asLongStream().toArray());
  }

  private static Engine engine() {
    NativeSettings.apply();
    System.getProperties().putIfAbsent("ai.djl.offline", "true");
    System.getProperties().putIfAbsent("OPT_OUT_TRACKING", "true");
    try {
      return Engine.getEngine("PyTorch");
    } catch (EngineException | LinkageError e) {
      throw new UnavailableException(
          "engine pytorch cannot run here: "
              + rootMessage(e)
              + "; it needs the artifact ai.djl.pytorch:pytorch-native-cpu of this platform and a"
              + " writable cache folder (DJL_CACHE_DIR, by default ~/.djl.ai)",
          e);
    }
  }

  private static String rootMessage(Throwable problem) {
    Throwable root = problem;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
