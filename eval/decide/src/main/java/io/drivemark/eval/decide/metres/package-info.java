/** What follows from figures in metres of road: how fast a car may go. */
package io.drivemark.eval.decide.metres;
