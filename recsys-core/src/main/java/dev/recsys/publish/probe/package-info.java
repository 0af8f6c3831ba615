/** Tries out whether a store keeps what publishing depends on, and remembers the verdict in the store. */
@NullMarked
package dev.recsys.publish.probe;

import org.jspecify.annotations.NullMarked;
