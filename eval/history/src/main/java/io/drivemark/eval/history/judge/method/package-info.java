/**
 * How a night is judged: {@link io.drivemark.eval.history.judge.method.Judge}. Latencies are
 * normalised by what all cells of a rotation have in common ({@code Latencies}), tonight's are held
 * against their nights before ({@code NightTest}) and measured again where they are suspected
 * ({@code LatencyJudge}), all nights are searched for changes of level ({@code LevelTest}) and for
 * creeping ({@code DriftTest}); accuracy is compared exactly ({@code AccuracyTest}). {@code Events}
 * makes events of findings, {@code Attribution} says what they are laid to. Functions of values; no
 * file, no database, no clock.
 *
 * <p>What simulated nights taught, each a decision of these classes:
 *
 * <ul>
 *   <li>Ten nights that are alike are worth four independent ones: prediction limits count nights
 *       by their autocorrelation. Without it 3 % of nights alarmed falsely where neighbours
 *       correlate by 0.4.
 *   <li>A cell that is often the median of its rotation seems to stand still from night to night.
 *       It scatters at least as its processes of one night do.
 *   <li>A confirmation is the best of its processes, not their middle: a change is in each of them,
 *       a slow process in one.
 *   <li>What a cell does all night is in the confirmation too, which so proves nothing. The mean of
 *       both values must be rare among all cells judged, besides.
 *   <li>Where a level changed is told by distances, not by ranks: ranks count the largest values
 *       before a step in.
 *   <li>What the machine does wanders for weeks. Its level has changed only where it is four times
 *       its scatter away.
 *   <li>Many cells that really changed look like a machine in trouble. Nights that scatter are
 *       judged by the search over nights, and what an engine does to all of its cells is no
 *       scatter.
 *   <li>After a change the scatter of a night is still known from the nights before it: the level
 *       alone is new, so no series falls silent for ten nights.
 * </ul>
 */
package io.drivemark.eval.history.judge.method;
