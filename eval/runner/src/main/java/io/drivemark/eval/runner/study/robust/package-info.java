/** What a study asks for besides clean frames. Values and the reading of their key alone. */
package io.drivemark.eval.runner.study.robust;
