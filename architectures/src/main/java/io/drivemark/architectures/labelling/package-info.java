/**
 * From logits to labels: the class of each pixel on the truth's grid, in one pass. Start with
 * {@link io.drivemark.architectures.labelling.Labelling}; {@link
 * io.drivemark.architectures.labelling.Grid} says whether logits or labels are resized. Knows no
 * engine and no network.
 */
package io.drivemark.architectures.labelling;
