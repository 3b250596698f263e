package io.drivemark.architectures.checkpoint;

import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Bytes one after another, of which it is known how many there are: no length is believed that goes
 * beyond them. Not thread-safe.
 */
final class PickleInput {
  private final String subject;
  private final InputStream in;
  private final long size;
  private long position;
  private long start;

  /**
   * @param subject what to call the file in messages
   * @param in buffered
   * @param size how many bytes there are
   */
  PickleInput(String subject, InputStream in, long size) {
    this.subject = subject;
    this.in = in;
    this.size = size;
  }

  String subject() {
    return subject;
  }

  long position() {
    return position;
  }

  long size() {
    return size;
  }

  long remaining() {
    return size - position;
  }

  /** Marks where a pickle begins, for the message if it does not end. */
  void begin() {
    start = position;
  }

  int u8() throws IOException {
    int value = remaining() > 0 ? in.read() : -1;
    if (value < 0) {
      throw truncated();
    }
    position++;
    return value;
  }

  int u16() throws IOException {
    return u8() | u8() << 8;
  }

  int i32() throws IOException {
    return u16() | u16() << 16;
  }

  long i64() throws IOException {
    return ByteBuffer.wrap(take(8)).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  byte[] take(long length) throws IOException {
    if (length < 0 || length > remaining() || length > Integer.MAX_VALUE - 8) {
      throw truncated();
    }
    byte[] taken = in.readNBytes((int) length);
    position += taken.length;
    if (taken.length < length) {
      throw truncated();
    }
    return taken;
  }

  void skip(long length) throws IOException {
    if (length < 0 || length > remaining()) {
      throw truncated();
    }
    in.skipNBytes(length);
    position += length;
  }

  BadInputException truncated() {
    return new BadInputException(
        subject
            + ": truncated: the pickle that starts at byte "
            + start
            + " goes on beyond the file's end at byte "
            + size
            + "; copy the file again");
  }
}
