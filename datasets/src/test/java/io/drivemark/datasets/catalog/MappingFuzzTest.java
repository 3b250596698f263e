package io.drivemark.datasets.catalog;

import io.drivemark.problem.BadInputException;
import io.drivemark.testkit.FuzzContract;
import io.drivemark.testkit.FuzzTarget;

/** A damaged mapping, and a damaged label space, is read or refused. */
class MappingFuzzTest extends FuzzContract {
  @Override
  protected FuzzTarget target() {
    return FuzzTarget.ofFile(
            "mapping",
            "f.yaml",
            path -> {
              BadInputException refused = null;
              try {
                Mappings.load(path.toString());
              } catch (BadInputException e) {
                refused = e;
              }
              try {
                LabelSpaces.named(path.toString());
              } catch (BadInputException e) {
                if (refused != null) {
                  throw refused;
                }
              }
            })
        .seed(Resources.text("mappings/cityscapes-19-to-camvid-11.yaml").orElseThrow())
        .seed(Resources.text("labels/camvid-11.yaml").orElseThrow())
        .seed(
            """
            name: yard-2
            classes:
              - {name: ground, color: '128,64,128', category: flat}
              - {name: person, color: '#dc143c', category: human, instances: true, vulnerable: true}
            """)
        .tokens(FormatFuzzTest.FUZZ_TOKENS)
        .tokens("f.yaml", "cityscapes-19", "void")
        .mostBytes(256 << 10)
        .mayThrow(BadInputException.class);
  }
}
