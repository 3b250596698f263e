package io.drivemark.eval.runner.tasks;

import java.util.List;

/** Several messages of bad input as one. Stateless. */
public final class Problems {
  /** Messages that are shown. */
  private static final int MOST = 20;

  private Problems() {}

  /** One message as it is; several below each other, the first twenty of them, and counted. */
  public static String together(Object subject, List<String> problems) {
    if (problems.size() == 1) {
      return problems.get(0);
    }
    StringBuilder out = new StringBuilder(subject + ": " + problems.size() + " problems");
    problems.stream().limit(MOST).forEach(p -> out.append("\n  ").append(p));
    if (problems.size() > MOST) {
      out.append("\n  and ").append(problems.size() - MOST).append(" more");
    }
    return out.toString();
  }
}
