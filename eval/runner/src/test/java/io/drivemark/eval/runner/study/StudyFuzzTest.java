package io.drivemark.eval.runner.study;

import io.drivemark.problem.BadInputException;
import io.drivemark.testkit.FuzzContract;
import io.drivemark.testkit.FuzzTarget;

/** A damaged study is read or refused; one that is read can be written and read again. */
class StudyFuzzTest extends FuzzContract {
  @Override
  protected FuzzTarget target() {
    return FuzzTarget.ofFile(
            "study",
            "study.yaml",
            path -> {
              Study study = StudyFile.read(path);
              String text = StudyFile.write(study);
              Study again;
              try {
                again = StudyFile.parse("again", text, path.getParent());
              } catch (BadInputException e) {
                throw new AssertionError("what was written is refused:\n" + text, e);
              }
              if (!again.equals(study)) {
                throw new AssertionError("written and read: " + again + " instead of " + study);
              }
            })
        .seed(
            """
            schema: drivemark-study/1
            datasets: [{name: camvid, root: /data/camvid, split: val, limit: 3}, yard.yaml]
            models: [enet-camvid, my.yaml, {architecture: erfnet, options: {width: 0.75}}, {file: a/b.onnx}]
            engines: [{name: onnxruntime, threads: 2}, pytorch]
            size: 360x480
            mapping: auto
            grid: logits-bilinear
            protocol: cityscapes
            latency: {runs: 200, operators: true, group: 12}
            seed: 7
            require: {miou: ">=0.5", latencyMs: "<20"}
            """)
        .seed(
            """
            schema: drivemark-study/1
            datasets: [{name: synthdrive, count: 10, seed: 2, size: 96x128}]
            engines: [onnxruntime]
            latency: off
            prune:
              train: {split: train, limit: 20}
              finetune: {epochs: 10, batch: 4, threads: 1, distill: {weight: 0.5, temperature: 2}}
              scratch: {epochs: 40}
              variants:
                - {parent: enet-camvid, technique: [filter, layer], keep: latency=0.6, criterion: [l1, taylor-weight, random]}
                - {parent: enet-camvid, technique: layer, remove-layers: 3, criterion: imprint, seed: [1, 2]}
                - {parent: enet-camvid, technique: filter, keep: macs=0.6, from-scratch: true, multiple: auto}
                - {parent: enet-camvid, technique: dense}
                - {architecture: dabnet, options: {width: 0.75}}
            """)
        .tokens(
            "{",
            "}",
            "[",
            "]",
            ": ",
            "- ",
            ">=1e999",
            "latency=",
            "@",
            "native",
            "0x0",
            "filter+",
            "\"\\0\"")
        .mostBytes(256 << 10)
        .mayThrow(BadInputException.class);
  }
}
