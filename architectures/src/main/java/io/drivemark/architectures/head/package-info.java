/**
 * What the outputs of a network mean, and what turns them into values on a frame's grid. A model
 * has {@link io.drivemark.architectures.head.Head}s, each of a {@link
 * io.drivemark.architectures.head.HeadKind}: {@link io.drivemark.architectures.head.LabelsHead},
 * {@link io.drivemark.architectures.head.DepthHead}, {@link
 * io.drivemark.architectures.head.GatesHead}. One more kind of output is one class, a record that
 * is the kind with its {@link io.drivemark.architectures.head.HeadType} and {@link
 * io.drivemark.architectures.head.HeadDecoder} in it, and one line in {@code
 * META-INF/services/io.drivemark.architectures.head.HeadType}. Knows no model file, no network and
 * no engine; depends on graph and labelling.
 */
package io.drivemark.architectures.head;
