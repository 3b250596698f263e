package io.drivemark.architectures.onnx.gated;

/** A gated network that cannot be brought into a form; the message says which site and why. */
public final class NotNarrow extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Says why.
   *
   * @param message which site, and why
   */
  public NotNarrow(String message) {
    super(message);
  }
}
