/** Which parts of a study meet which of its datasets. Values and the reading of their key alone. */
package io.drivemark.eval.runner.study.use;
