/** The stores of the clouds, each before a test server behind a wire that can fail, and what goes over it. */
@NullMarked
package dev.recsys.proofs.wire;

import org.jspecify.annotations.NullMarked;
