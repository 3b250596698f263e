package io.drivemark.datasets.catalog;

import io.drivemark.problem.BadInputException;
import io.drivemark.testkit.FuzzContract;
import io.drivemark.testkit.FuzzTarget;
import java.util.List;

/** A damaged declaration of a dataset is read or refused. */
class FormatFuzzTest extends FuzzContract {
  @Override
  protected FuzzTarget target() {
    FuzzTarget target =
        FuzzTarget.ofFile("format", "yard.yaml", FormatReader::read)
            .seed(
                """
                name: yard
                root: data
                classes:
                  - {name: ground, color: '128,64,128'}
                  - {name: person, color: '220,20,60', vulnerable: true}
                layout:
                  image: photos/{split}/{id}.jpg
                  truth: labels/{split}/{id}_mask.png
                  instances: objects/{split}/{id}.png
                  depth: depth/{split}/{id}.png
                  members: {day: ['1..9', '~^a.*']}
                  select: {list: 'lists/{split}.txt', every: {day: 2}}
                  spareImages: true
                splits: [day, night]
                splitFolders: {day: days}
                frames: {day: 3}
                sequence: '^(.*)_'
                objects: thousands
                depth: {metresPerUnit: 0.01, unknown: [0, 65535]}
                meanInstancePixels: {person: 1000}
                unscored: [ground]
                attributes: {place: '{split}', light: {dusk: '^0001TP', day: '.'}}
                attributeFiles: [{file: 'labels/{split}.json', frames: images, id: name, attributes: {weather: attributes.weather}, unknown: [undefined]}]
                coding:
                  values: {1: ground, '2..4': person}
                  void: [0]
                  unknown: void
                """)
            .mayThrow(BadInputException.class);
    for (String shipped : List.of("camvid-exact", "cityscapes", "idd", "kitti-360", "bdd100k")) {
      target = target.seed(Resources.text("formats/" + shipped + ".yaml").orElseThrow());
    }
    return target.tokens(FUZZ_TOKENS);
  }

  /** Words and signs of declarations. */
  static final String[] FUZZ_TOKENS = {
    "{",
    "}",
    "[",
    "]",
    "- ",
    ": ",
    "{id}",
    "{split}",
    "**",
    "*",
    "..",
    "~",
    "../",
    "/",
    "'",
    "(",
    ")",
    "+",
    "void",
    "error",
    "color",
    "index",
    "like",
    "1..65535",
    "65536",
    "-1",
    "\"\\0\"",
    "\u00e9",
    "NaN"
  };
}
