package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.image.ImageCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whole processes under a plain C locale, with names of files beyond ASCII. */
@EnabledOnOs(OS.LINUX)
class LocaleTest {
  private static final List<String> IDS = List.of("été 1", "日本 2", "ÅØ 3");

  @TempDir Path folder;
  private Path root;
  private Path yaml;

  @BeforeEach
  void writeDataset() throws Exception {
    Assumptions.assumeTrue(
        System.getProperty("sun.jnu.encoding", "").startsWith("UTF"),
        "this Java cannot write such names itself: start the tests under a UTF-8 locale");
    root = Files.createDirectories(folder.resolve("données 車"));
    for (String id : IDS) {
      ImageCodec.writeImage(
          root.resolve("val/" + id + ".png"), RgbImage.of(32, 32, new byte[3 * 32 * 32]));
      ImageCodec.writeGray8(root.resolve("valannot/" + id + ".png"), 32, 32, new byte[32 * 32]);
    }
    yaml =
        Files.writeString(
            root.resolve("ville é.yaml"),
            "name: ville\nroot: .\nlabels: camvid-11\nsplits: [val]\n"
                + "layout: {image: 'val/{id}.png', truth: 'valannot/{id}.png'}\n"
                + "coding: {kind: index}\n");
  }

  private record Said(int exitCode, String text) {}

  /** The start script with the real Java and the tests' own class path. */
  private List<String> launcher() throws Exception {
    Path script = folder.resolve("home/bin/drivemark");
    Path java = folder.resolve("java/bin/java");
    Files.createDirectories(script.getParent());
    Files.createDirectories(java.getParent());
    Files.copy(Path.of("src/main/distribution/bin/drivemark"), script);
    Files.writeString(
        java,
        "#!/bin/sh\nwhile [ \"$1\" != io.drivemark.cli.Main ]; do shift; done\n"
            + "exec \"$REAL_JAVA\" -cp \"$REAL_CLASS_PATH\" \"$@\"\n");
    for (Path file : List.of(script, java)) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return List.of(script.toString());
  }

  private static List<String> plainJava() {
    return List.of(
        javaCommand(), "-cp", System.getProperty("java.class.path"), "io.drivemark.cli.Main");
  }

  private static String javaCommand() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Arguments go by way of a script file: this process may spell them, a C locale may not. */
  private Said run(List<String> start, String... arguments) throws Exception {
    List<String> words = new ArrayList<>(start);
    words.addAll(List.of(arguments));
    StringBuilder line = new StringBuilder("exec");
    words.forEach(word -> line.append(" '").append(word).append('\''));
    Path script = Files.writeString(folder.resolve("run.sh"), line + "\n");
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", script.toString()).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("JAVA_HOME", folder.resolve("java").toString());
    builder.environment().put("REAL_JAVA", javaCommand());
    builder.environment().put("REAL_CLASS_PATH", System.getProperty("java.class.path"));
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), text);
  }

  private void fine(Said said) {
    assertEquals(0, said.exitCode(), said.text());
  }

  @Test
  void predictScoreAndRunWorkByTheLauncher() throws Exception {
    List<String> start = launcher();
    Path seen = folder.resolve("vu é");
    fine(
        run(
            start,
            "predict",
            "--model",
            "enet-camvid",
            "--dataset",
            yaml.toString(),
            "--split",
            "val",
            "--size",
            "32x32",
            "--out",
            seen.toString()));
    for (String id : IDS) {
      assertTrue(Files.exists(seen.resolve(id + ".png")), id);
    }
    Path json = folder.resolve("score é.json");
    fine(
        run(
            start,
            "score",
            "--dataset",
            yaml.toString(),
            "--split",
            "val",
            "--predictions",
            seen.toString(),
            "--json",
            json.toString()));
    assertEquals(IDS.size(), json(json).get("images").intValue());
    Path pictures = folder.resolve("images 図");
    fine(
        run(
            start,
            "predict",
            "--model",
            "enet-camvid",
            "--images",
            root.resolve("val").toString(),
            "--size",
            "32x32",
            "--out",
            pictures.toString()));
    for (String id : IDS) {
      assertEquals(-1, Files.mismatch(seen.resolve(id + ".png"), pictures.resolve(id + ".png")));
    }
    Path study =
        Files.writeString(
            root.resolve("étude.yaml"),
            "schema: drivemark-study/1\n"
                + "datasets: ['ville é.yaml']\n"
                + "models: [enet-camvid]\n"
                + "engines: [{name: onnxruntime, threads: 1}]\n"
                + "size: 32x32\nlatency: off\n");
    Path out = folder.resolve("résultats 結果");
    fine(run(start, "run", study.toString(), "--out", out.toString()));
    JsonNode entry = json(out.resolve("results.json")).path("entries").path(0);
    assertEquals(json(json).get("miou"), entry.at("/accuracy/miou"));
    assertEquals(
        IDS.stream().sorted().toList(),
        entry.get("perImage").findValuesAsText("id").stream().sorted().toList());
  }

  @Test
  void withoutTheLauncherSuchNamesAreRefusedAndNothingIsLeftOut() throws Exception {
    Said argument =
        run(
            plainJava(),
            "predict",
            "--model",
            "enet-camvid",
            "--images",
            root.toString(),
            "--out",
            folder.resolve("out").toString());
    assertEquals(3, argument.exitCode(), argument.text());
    assertTrue(argument.text().startsWith("drivemark: argument beyond ASCII: "), argument.text());
    Path ascii = Files.createSymbolicLink(folder.resolve("ascii"), root.resolve("val"));
    Said name =
        run(
            plainJava(),
            "predict",
            "--model",
            "enet-camvid",
            "--images",
            ascii.toString(),
            "--out",
            folder.resolve("out").toString());
    assertEquals(3, name.exitCode(), name.text());
    assertTrue(
        name.text().startsWith("drivemark predict: " + ascii + " holds a name beyond ASCII: "),
        name.text());
    assertTrue(
        name.text()
            .endsWith(
                "; the locale's encoding is ANSI_X3.4-1968, which has no such letters. Start"
                    + " Drivemark by bin/drivemark, or set LC_ALL=C.UTF-8 before Java starts\n"),
        name.text());
    assertTrue(Files.notExists(folder.resolve("out")));
  }

  private static JsonNode json(Path file) throws Exception {
    return new ObjectMapper().readTree(file.toFile());
  }
}
