package io.drivemark.architectures.zoo;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * The contract at small sizes and with a narrow network; {@link FullSizeTest} has the networks as
 * they are by default at the sizes people drive with.
 */
abstract class ZooContract extends ArchitectureContract {
  ZooContract(String name, Map<String, String> narrow, int stride) {
    super(name, narrow, stride);
  }

  @Override
  Stream<Arguments> sizes() {
    return Stream.of(arguments(96, 128), arguments(97, 131));
  }

  @Override
  Stream<Arguments> masks() {
    return Stream.of(arguments(1, 0.4, 97, 131));
  }
}
