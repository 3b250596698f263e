package io.drivemark.datasets.catalog;

import io.drivemark.datasets.image.ColorChannel;
import java.util.Objects;
import java.util.Optional;

/**
 * What object files hold. Immutable.
 *
 * @param numbers how they tell single objects from regions
 * @param channel the channel of a colour image that holds the numbers; empty for one channel
 */
record ObjectFormat(ObjectNumbers numbers, Optional<ColorChannel> channel) {
  ObjectFormat {
    Objects.requireNonNull(numbers, "numbers");
    Objects.requireNonNull(channel, "channel");
  }
}
