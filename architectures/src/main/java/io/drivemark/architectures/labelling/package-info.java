/**
 * From logits to labels: the class of each pixel on the truth's grid, in one pass. Start with
 * {@link io.drivemark.architectures.labelling.Labelling}. Knows no engine and no network.
 */
package io.drivemark.architectures.labelling;
