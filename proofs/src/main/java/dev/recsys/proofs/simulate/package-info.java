/** Publishers and readers on a virtual clock, over a store that does whatever its contract allows; repeatable by seed. */
@NullMarked
package dev.recsys.proofs.simulate;

import org.jspecify.annotations.NullMarked;
