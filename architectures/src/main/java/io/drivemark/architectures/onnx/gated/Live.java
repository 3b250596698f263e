package io.drivemark.architectures.onnx.gated;

/**
 * Which channels of a narrow map are there: live pieces of equally many channels.
 *
 * @param index value: numbers of the live pieces, ascending, int64 [1, K], K at least 1
 * @param piece channels of a piece
 * @param channels how many channels the map has at full width, live or not
 */
record Live(String index, int piece, int channels) {
  int pieces() {
    return channels / piece;
  }
}
