package io.drivemark.testkit.planted;

import io.drivemark.testkit.planted.below.Below;

/** One half of a cycle between two packages. */
public record Above(Below below) {}
