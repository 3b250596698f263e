/**
 * What tests of several modules share. Start with {@link io.drivemark.testkit.FuzzContract}:
 * damaged input against a reader. Depends on the JDK and JUnit alone, so that every module's tests
 * may use it.
 */
package io.drivemark.testkit;
