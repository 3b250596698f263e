package io.drivemark.datasets.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetContract;
import io.drivemark.datasets.DatasetProvider;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.export.CamVidWriter;
import io.drivemark.datasets.verify.DatasetVerifier;
import io.drivemark.datasets.verify.VerifyReport;
import io.drivemark.problem.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A provider's dataset, here SynthDrive, behaves like a declared one everywhere. */
class ProvidersTest {
  private static final DatasetRequest REQUEST =
      DatasetRequest.of("synthdrive", "val").withOption("size", "48x64").withLimit(5);

  @Nested
  class Contract extends DatasetContract {
    @Override
    protected Dataset open() {
      return Datasets.open(REQUEST);
    }
  }

  @Test
  void itHasCamVidsClassesSoThatOneNetworkFitsBoth() {
    assertEquals(LabelSpaces.named("camvid-11"), Datasets.open(REQUEST).labels());
  }

  @Test
  void itIsListedAmongTheOthers() {
    assertTrue(
        Datasets.infos().stream()
            .anyMatch(info -> info.name().equals("synthdrive") && !info.needsRoot()));
  }

  @Test
  void itIsVerified() {
    VerifyReport report = DatasetVerifier.verify(REQUEST, Progress.NONE);
    assertFalse(report.hasErrors());
    assertEquals(5, report.goodFrames());
    assertEquals(5L * 48 * 64, report.pixels());
  }

  @Test
  void itIsTheSameWhenWrittenAsFilesAndReadAgain(@TempDir Path folder) {
    Dataset drawn = Datasets.open(REQUEST);
    new CamVidWriter(folder).writeTrainAndVal(drawn, Progress.NONE);
    Dataset read = Datasets.open("camvid", folder, "train", OptionalInt.empty());
    assertEquals(drawn.ids().subList(0, 4), read.ids());
    for (int i = 0; i < 4; i++) {
      assertEquals(drawn.frame(i).sample().image(), read.frame(i).sample().image());
      assertEquals(drawn.frame(i).sample().truth(), read.frame(i).sample().truth());
    }
  }

  @Test
  void aLimitHoldsForAProviderThatDoesNotHeedIt() {
    DatasetProvider heedless =
        new DatasetProvider() {
          @Override
          public String name() {
            return "heedless";
          }

          @Override
          public String description() {
            return "";
          }

          @Override
          public List<String> splits() {
            return List.of("val");
          }

          @Override
          public LabelSpace labels() {
            return LabelSpaces.named("camvid-11");
          }

          @Override
          public boolean needsRoot() {
            return false;
          }

          @Override
          public Dataset open(DatasetRequest request) {
            return Datasets.open(REQUEST);
          }
        };
    DatasetRequest request = DatasetRequest.of("heedless", "val");
    Dataset whole = Datasets.open(heedless, request);
    Dataset two = Datasets.open(heedless, request.withLimit(2));
    assertEquals(5, whole.ids().size());
    assertEquals(whole.ids().subList(0, 2), two.ids());
    assertNotEquals(whole.digest(), two.digest());
  }
}
