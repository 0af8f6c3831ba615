/**
 * What was shown and what came of it: {@link dev.recsys.eval.OutcomeJoin} for what belongs together,
 * {@link dev.recsys.eval.ShownRates} for clicks and conversions, {@link dev.recsys.eval.OffPolicy} for what another policy would have got, {@link dev.recsys.eval.Experiment} for two arms,
 * {@link dev.recsys.eval.TeamDraft} for two lists in one. Every interval is of 95 %. Sums are taken in the order of the
 * input with compensation, and functions are those of {@link StrictMath}: equal input gives equal figures everywhere.
 */
@NullMarked
package dev.recsys.eval;

import org.jspecify.annotations.NullMarked;
