package io.drivemark.architectures.model;

import io.drivemark.problem.BadInputException;
import io.drivemark.testkit.FuzzContract;
import io.drivemark.testkit.FuzzTarget;

/** A damaged model file is read or refused, before any other file is opened. */
class ModelFileFuzzTest extends FuzzContract {
  @Override
  protected FuzzTarget target() {
    return FuzzTarget.ofFile("model-file", "net.yaml", ModelFile::read)
        .seed(
            """
            name: espnet-camvid-published
            file: espnet_p_2_q_8_camvid.pth
            architecture: espnet
            options: {p: 2, q: 8, classes: 12}
            input: {size: 360x480, channels: bgr, mean: [110.3, 108.4, 105.0], std: [18392, 18536, 17825]}
            labels: camvid-11
            output: logits
            provenance: {licence: MIT, year: 2018}
            """)
        .seed("name: x\nfile: sub/x.onnx\nlayout: channels-last\noutput: probabilities\n")
        .seed("name: x\nfile: x.pt\nlabels: cityscapes-19\noutput: labels\n")
        .tokens(
            "{",
            "}",
            "[",
            "]",
            ": ",
            "- ",
            "NaN",
            "0x0",
            "99999x99999",
            "1e300",
            "1e-320",
            "labels",
            "\"\\0\"")
        .mayThrow(BadInputException.class);
  }
}
