package io.drivemark.architectures.cue;

import java.util.Optional;

/** The contract holds for a cue that a user brings, too. */
class MostOfThreeTest extends CueContract {
  @Override
  protected String entry() {
    return "{frames: 3}";
  }

  @Override
  protected Cue cue() {
    return new MostOfThree(3);
  }

  @Override
  protected Cue other() {
    return new MostOfThree(1);
  }

  @Override
  protected Optional<Cue> neutral() {
    return Optional.of(new MostOfThree(1));
  }
}
