/** Every fault at every kind of request, over the real clients of the clouds. */
@NullMarked
package dev.recsys.proofs.matrix;

import org.jspecify.annotations.NullMarked;
