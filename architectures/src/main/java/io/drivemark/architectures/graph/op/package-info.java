/**
 * The operators a {@link io.drivemark.architectures.graph.Network} is made of, each a record of its
 * attributes with shape inference and multiply-accumulate count. Start with {@link
 * io.drivemark.architectures.graph.op.Op}. Feature maps are float32 [N, C, H, W]; weights are
 * further inputs, in the order each operator's Javadoc gives. Knows no engine and no file format.
 */
package io.drivemark.architectures.graph.op;
