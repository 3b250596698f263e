package io.drivemark.eval.runner.variant;

import io.drivemark.problem.Progress;

/** Says of every task which variant it is for, and how long all will take. Not thread-safe. */
final class StageProgress implements Progress {
  private final Progress to;
  private final int variants;
  private int planned;
  private int done;
  private long begunMaking;
  private String prefix = "";

  StageProgress(Progress to, int variants) {
    this.to = to;
    this.variants = variants;
  }

  /** The next variant is planned. */
  void planning(String name) {
    planned++;
    prefix = "plan " + planned + "/" + variants + " " + name + ": ";
  }

  /** The next variant is made. */
  void making(String name) {
    if (begunMaking == 0) {
      begunMaking = System.nanoTime();
    }
    prefix = "variant " + (done + 1) + "/" + variants + left() + " " + name + ": ";
  }

  /** The variant is made. */
  void made() {
    done++;
  }

  private String left() {
    if (done == 0) {
      return "";
    }
    double minutes = (System.nanoTime() - begunMaking) / 6e10 / done * (variants - done);
    return " (about " + Math.max(1, Math.round(minutes)) + " min left)";
  }

  @Override
  public void begin(String task, long steps) {
    to.begin(prefix + task, steps);
  }

  @Override
  public void step(long at, String detail) {
    to.step(at, detail);
  }

  @Override
  public void end() {
    to.end();
  }
}
