package io.drivemark.eval.runner.shard;

import io.drivemark.eval.runner.accuracy.Gallery;
import io.drivemark.eval.runner.accuracy.KeptFrames;
import io.drivemark.eval.runner.record.Picture;
import io.drivemark.eval.runner.shard.ShardFile.Shard;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Copies the pictures of frames from the shards that have them. Every frame that a cell shows is
 * one that the shard with it may show. Immutable.
 */
final class ShardPictures implements KeptFrames.Drawer<Integer> {
  private final List<Shard> shards;
  private final List<String> ids;

  ShardPictures(List<Shard> shards, List<String> ids) {
    this.shards = shards;
    this.ids = ids;
  }

  @Override
  public List<Picture> write(Path cell, List<Integer> frames) {
    List<Picture> out = new ArrayList<>();
    for (int index : frames) {
      Picture picture = Gallery.picture(index, ids.get(index));
      Shard shard = shard(index, picture.image());
      for (String file :
          List.of(picture.image(), picture.truth(), picture.prediction(), picture.error())) {
        copy(shard.picture(file), cell.resolve(file));
      }
      out.add(picture);
    }
    return out;
  }

  private Shard shard(int index, String file) {
    return shards.stream()
        .filter(s -> s.range().has(index))
        .filter(s -> s.pictures().containsKey(file))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "frame " + ids.get(index) + ": no shard has its picture " + file));
  }

  static void copy(Path from, Path to) {
    try {
      Files.createDirectories(to.getParent());
      Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UnavailableException(
          from + ": cannot be copied to " + to + ": " + e.getMessage(), e);
    }
  }
}
