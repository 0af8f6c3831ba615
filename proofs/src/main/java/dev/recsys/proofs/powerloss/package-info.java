/** Ships and rollbacks on a disk that loses power. */
@NullMarked
package dev.recsys.proofs.powerloss;

import org.jspecify.annotations.NullMarked;
