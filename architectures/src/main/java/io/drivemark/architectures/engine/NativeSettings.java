package io.drivemark.architectures.engine;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settings that native libraries take from the environment alone: made here before such a library
 * loads, so that a program that uses this one as a library is as safe and quiet as the launcher.
 * Not made for the memory allocator, which looks before Java runs and costs speed alone.
 * Thread-safe.
 */
public final class NativeSettings {
  private static final Logger LOG = LoggerFactory.getLogger(NativeSettings.class);

  private NativeSettings() {}

  /**
   * One variable.
   *
   * @param always whether another value that is there is replaced
   */
  private record Variable(String name, String value, boolean always, String otherwise) {
    boolean missing() {
      String found = System.getenv(name);
      return always ? !value.equals(found) : found == null;
    }
  }

  private static final List<Variable> VARIABLES =
      List.of(
          new Variable(
              "ORT_DISABLE_TELEMETRY", "1", true, "ONNX Runtime reports its use to its makers"),
          new Variable(
              "OPT_OUT_TRACKING", "true", true, "Deep Java Library reports its use to its makers"),
          new Variable(
              "OMP_WAIT_POLICY",
              "passive",
              false,
              "threads of PyTorch spin between inferences and disturb the timing of other models"));

  /** The holder idiom: settings are made once, when this class is first touched. */
  private static final class Applied {
    static final List<String> FAILED = set();
  }

  /**
   * Makes the settings that are not made yet; what cannot be made is said once, as a warning. Call
   * it before a native library of an engine loads.
   */
  public static void apply() {
    if (!Applied.FAILED.isEmpty()) {
      LOG.debug("settings that could not be made: {}", Applied.FAILED);
    }
  }

  private static List<String> set() {
    List<String> failed = new ArrayList<>();
    for (Variable variable : VARIABLES) {
      if (variable.missing() && !set(variable)) {
        failed.add(variable.name());
        LOG.warn(
            "environment variable {} is not {} and cannot be set from here, so {}; set it before"
                + " Java starts",
            variable.name(),
            variable.value(),
            variable.otherwise());
      }
    }
    return List.copyOf(failed);
  }

  /** Sets a variable of this process, as native code sees it; Java's own copy stays. */
  private static boolean set(Variable variable) {
    try {
      if (Platform.isWindows()) {
        return NativeLibrary.getInstance("kernel32")
                .getFunction("SetEnvironmentVariableA")
                .invokeInt(new Object[] {variable.name(), variable.value()})
            != 0;
      }
      return NativeLibrary.getInstance(Platform.C_LIBRARY_NAME)
              .getFunction("setenv")
              .invokeInt(new Object[] {variable.name(), variable.value(), 1})
          == 0;
    } catch (LinkageError e) {
      LOG.debug("no access to the process' environment", e);
      return false;
    }
  }
}
