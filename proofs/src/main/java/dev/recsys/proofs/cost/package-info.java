/** What an operation costs in requests, counted on the wire, and what that comes to for a fleet. */
@NullMarked
package dev.recsys.proofs.cost;

import org.jspecify.annotations.NullMarked;
