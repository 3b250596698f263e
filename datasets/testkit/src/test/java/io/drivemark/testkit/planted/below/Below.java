package io.drivemark.testkit.planted.below;

import io.drivemark.testkit.planted.Above;

/** The other half. */
public record Below(Above above) {}
