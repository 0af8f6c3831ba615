/**
 * What a host configures, as documents and in places: {@link dev.recsys.controls.RankingConfigDocument},
 * {@link dev.recsys.controls.RuleSetDocument} and {@link dev.recsys.controls.ItemAttributesDocument} read, check and write
 * them; {@link dev.recsys.controls.InMemoryControls} and {@link dev.recsys.controls.FileControls} keep them.
 */
@NullMarked
package dev.recsys.controls;

import org.jspecify.annotations.NullMarked;
