/** Benchmarks with a peer each; every pair is checked to give equal results before it is timed. */
@NullMarked
package dev.recsys.benchmarks;

import org.jspecify.annotations.NullMarked;
