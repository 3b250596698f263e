package io.drivemark.architectures.labelling;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.problem.BadInputException;

/** What is written for each channel of a network. Stateless. */
final class ChannelTable {
  private ChannelTable() {}

  /**
   * The table.
   *
   * @param channels how many the network gives
   * @param mapping for each channel what to write; null: channel i is class i
   * @throws BadInputException if the channels do not fit the mapping or the label space
   */
  static byte[] of(int channels, int[] mapping, LabelSpace target) {
    if (mapping != null && mapping.length != channels) {
      throw new BadInputException(
          "the network gives "
              + channels
              + " channels, its mapping onto "
              + target.name()
              + " has "
              + mapping.length
              + "; use the mapping of the network's own label space");
    }
    if (mapping == null && channels < target.size()) {
      throw new BadInputException(
          "the network gives "
              + channels
              + " channels, label space "
              + target.name()
              + " has "
              + target.size()
              + " classes; use a network trained for it, or a mapping");
    }
    byte[] made = new byte[channels];
    for (int i = 0; i < channels; i++) {
      made[i] = (byte) (mapping != null ? mapping[i] : i < target.size() ? i : LabelSpace.VOID);
    }
    return made;
  }
}
